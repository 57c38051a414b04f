"""Copies the design system, its theme and the typeface into the folders of COPIES, or checks what lies there.

    python scripts/vendor_assets.py           fetches the pins of package.json with npm and writes everything anew
    python scripts/vendor_assets.py --check   compares every file with SHA256SUMS; needs neither npm nor network

The product serves these files itself, so a running installation never needs Node.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "insteg" / "ui" / "static" / "vendor"  # what browsers fetch
FONTS = ROOT / "insteg" / "documents" / "fonts"  # what PDF files are set in
SUMS = "SHA256SUMS"
THEME = ROOT / "scripts" / "vendor_theme.json"

# Where each file comes from below node_modules, or, for the theme, below the folder that the CLI writes.
INTER = "node_modules/@fontsource-variable/inter"
SET_IN = "node_modules/@expo-google-fonts/inter"  # cuts of their own, which is what PDF files are set with
COPIES = {
    VENDOR: {
        "designsystemet/designsystemet.css": "node_modules/@digdir/designsystemet-css/dist/src/index.css",
        "designsystemet/designsystemet-web.js": "node_modules/@digdir/designsystemet-web/dist/umd/index.js",
        "designsystemet/theme.css": "theme/insteg.css",
        "designsystemet/LICENSE": "node_modules/@digdir/designsystemet-css/LICENSE",
        "inter/inter-latin.woff2": f"{INTER}/files/inter-latin-wght-normal.woff2",
        "inter/inter-latin-ext.woff2": f"{INTER}/files/inter-latin-ext-wght-normal.woff2",
        "inter/inter-cyrillic.woff2": f"{INTER}/files/inter-cyrillic-wght-normal.woff2",
        "inter/LICENSE": f"{INTER}/LICENSE",
    },
    FONTS: {
        "Inter-Regular.ttf": f"{SET_IN}/400Regular/Inter_400Regular.ttf",
        "Inter-SemiBold.ttf": f"{SET_IN}/600SemiBold/Inter_600SemiBold.ttf",
        "LICENSE": f"{SET_IN}/LICENSE_FONT",
    },
}

# A map that is named but not there stops collectstatic, which follows every reference.
SOURCE_MAP = re.compile(rb"\s*(//[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=.*?\*/)\s*")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with SHA256SUMS, change nothing")
    if not parser.parse_args().check:
        fetch()
    faults = [fault for folder in COPIES for fault in check(folder)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        for folder, files in COPIES.items():
            print(f"{len(files)} files in {folder.relative_to(ROOT)} are as listed")
    return 1 if faults else 0


def fetch() -> None:
    """Installs the pins in a folder of their own, builds the theme and replaces what lies in each folder."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / file, work)
        # Nothing that a package wants to run at installation is needed to copy its files.
        run(work, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        tokens = ("npx", "--no-install", "designsystemet", "tokens")
        run(work, *tokens, "create", "--config", str(THEME))
        run(work, *tokens, "build", "--tokens", "tokens", "--out-dir", "theme")
        for folder, files in COPIES.items():
            fill(folder, {target: work / source for target, source in files.items()})


def fill(folder: Path, files: dict[str, Path]) -> None:
    """Puts the files there and nothing else, with the list of their imprints."""
    shutil.rmtree(folder, ignore_errors=True)
    for target, source in files.items():
        put(source, folder / target)
    (folder / SUMS).write_text("".join(f"{digest(folder / target)}  {target}\n" for target in sorted(files)))


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if target.suffix in {".css", ".js"}:
        content = SOURCE_MAP.sub(b"", content).rstrip() + b"\n"
    target.write_bytes(content)


def check(folder: Path) -> list[str]:
    """One sentence for each file that is changed, missing or not listed; empty when all is well."""
    try:
        listed = dict(reversed(line.split("  ", 1)) for line in (folder / SUMS).read_text().splitlines())
    except OSError:
        return [f"{SUMS} is missing in {folder}: run scripts/vendor_assets.py"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    faults = [f"{name} is listed but missing" for name in sorted(listed.keys() - there)]
    faults += [f"{name} is not listed" for name in sorted(there - listed.keys())]
    faults += [
        f"{name} is changed since it was vendored"
        for name in sorted(listed.keys() & there)
        if digest(folder / name) != listed[name]
    ]
    return faults


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
