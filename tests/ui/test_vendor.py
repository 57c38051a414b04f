import importlib.util
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("vendor_assets", ROOT / "scripts/vendor_assets.py")
vendor_assets = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(vendor_assets)


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(vendor_assets.VENDOR, tmp_path / "vendor"))


@pytest.mark.parametrize("folder", vendor_assets.COPIES, ids=lambda folder: folder.name)
def test_what_lies_there_is_what_was_vendored(folder):
    assert vendor_assets.check(folder) == []


def test_a_changed_a_missing_and_a_foreign_file_are_found(copy):
    (copy / "designsystemet/theme.css").write_text("body { display: none }")
    (copy / "inter/LICENSE").unlink()
    (copy / "extra.js").write_text("alert(1)")
    assert vendor_assets.check(copy) == [
        "inter/LICENSE is listed but missing",
        "extra.js is not listed",
        "designsystemet/theme.css is changed since it was vendored",
    ]


def test_no_reference_leads_to_a_file_that_is_not_there():
    for path in [*vendor_assets.VENDOR.rglob("*.css"), *vendor_assets.VENDOR.rglob("*.js")]:
        assert "sourceMappingURL" not in path.read_text()
    style = ROOT / "insteg/ui/static/ui/app.css"
    for reference in re.findall(r'url\("([^")]+)"\)', style.read_text()):
        assert (style.parent / reference).resolve().is_file()


def test_our_style_knows_only_tokens_that_the_theme_has():
    ours = (ROOT / "insteg/ui/static/ui/app.css").read_text()
    theirs = "".join(path.read_text() for path in vendor_assets.VENDOR.rglob("*.css"))
    used = set(re.findall(r"var\((--[\w-]+)", ours))
    assert used <= set(re.findall(r"(--[\w-]+)\s*:", ours + theirs))
