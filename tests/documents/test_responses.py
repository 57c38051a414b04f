import pytest

from insteg.documents.responses import attachment


def test_a_file_is_saved_and_never_shown():
    answer = attachment(b"<script>", "plan.html", "text/html")
    assert answer.headers == {
        "Content-Type": "text/html",
        "Content-Disposition": 'attachment; filename="plan.html"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Planerade åren 27–28.xlsx", "filename*=utf-8''Planerade%20%C3%A5ren%2027%E2%80%9328.xlsx"),
        ('a"b;c.csv', 'filename="a_b;c.csv"'),
        ("../../etc/passwd\r\nX: y", 'filename="_.._etc_passwd_X_ y"'),
        ("...", 'filename="fil"'),
    ],
)
def test_any_name_is_a_name_and_nothing_more(name, sent):
    assert attachment(b"", name, "text/csv")["Content-Disposition"] == f"attachment; {sent}"
