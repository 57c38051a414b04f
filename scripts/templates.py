"""Formats our templates with djangofmt: `python scripts/templates.py --write | --check [files]`.

djangofmt only writes, so a check formats a copy and compares.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
DJANGOFMT = Path(sys.executable).with_name("djangofmt")


def templates() -> list[Path]:
    return sorted((ROOT / "insteg").rglob("templates/**/*.html"))


def format_files(files: list[Path]) -> None:
    """Run in the project's folder, where the settings are. Raises CalledProcessError for a template it cannot read."""
    if files:
        subprocess.run([DJANGOFMT, "--quiet", *files], cwd=ROOT, check=True)


def unformatted(files: list[Path]) -> list[Path]:
    with tempfile.TemporaryDirectory(prefix="insteg-templates-") as folder:
        copies = {file: Path(folder) / file.relative_to(ROOT) for file in files}
        for file, copy in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        shutil.copyfile(ROOT / ".editorconfig", Path(folder) / ".editorconfig")
        format_files(list(copies.values()))
        return [file for file, copy in copies.items() if copy.read_bytes() != file.read_bytes()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    parser.add_argument("files", nargs="*", type=Path, help="alla mallar, om inga nämns")
    asked = parser.parse_args()
    files = [file.resolve() for file in asked.files] or templates()
    if asked.write:
        format_files(files)
        return 0
    wrong = unformatted(files)
    for file in wrong:
        print(f"{file.relative_to(ROOT)}: inte formaterad, kör make format", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
