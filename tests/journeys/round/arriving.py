"""How somebody comes to a page: by signing in, or by the link in a letter."""

from tests.town import PASSWORD, address


def signs_in(someone, name):
    someone.page.goto(f"{someone.base}/logga-in/")  # looked at where a plan is read in
    gives_the_password(someone, name)


def gives_the_password(someone, name):
    someone.writes(login=address(name), password=PASSWORD)
    someone.presses("^Logga in$")


def comes_by_letter(someone, letter):
    """The link leads to the sign-in page, and from there to what the letter is about."""
    someone.page.goto(someone.base + letter.path)
    assert "/logga-in/" in someone.page.url
    gives_the_password(someone, letter.to)
    assert someone.page.url.endswith(letter.path)
