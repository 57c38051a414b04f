"""The command `insteg`. `insteg plan read` needs no settings and no database; everything else is Django's own."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0 done, 2 when a file cannot be read or the words are wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["plan"]:
        return _plan(words[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insteg.config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["insteg", *words])
    return 0


_USAGE = "Så här: insteg plan read FIL [--json]"


def _plan(words: Sequence[str]) -> int:
    files = [word for word in words[1:] if not word.startswith("--")]
    if words[:1] != ["read"] or len(files) != 1 or set(words[1:]) - {*files, "--json"}:
        print(_USAGE, file=sys.stderr)
        return 2
    from insteg.inventory.plan_reader import Unreadable, read

    path = Path(files[0])
    try:
        reading = read(path.read_bytes(), path.name)
    except Unreadable as fault:
        print(fault, file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"Filen {path} går inte att öppna: {fault.strerror}.", file=sys.stderr)
        return 2
    from insteg.inventory.plan_reader.report import as_objects, as_text

    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if "--json" in words:
        print(json.dumps(as_objects(reading), ensure_ascii=False, indent=1))
    else:
        print(as_text(reading))
    return 0


if __name__ == "__main__":
    sys.exit(main())
