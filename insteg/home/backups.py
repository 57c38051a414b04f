"""What a backup of this product needs beside the rows and files: the log's anchors, and that no letter leaves after."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps.registry import Apps

from insteg.audit import anchors
from insteg.audit.models import Entry
from insteg.audit.sealing import newest
from insteg.audit.verifying import faults_of_anchors, faults_of_log
from insteg.core import clock
from insteg.core.backups import files, restoring
from insteg.core.backups.archive import Manifest
from insteg.mail.holding import hold
from insteg.organisations.models import User

TOUCHED = (User._meta.db_table, Entry._meta.db_table)  # hold rows as soon as somebody has been there


def beside() -> dict[str, Path]:
    """Files that no row names."""
    return {"anchors": anchors.file()}


def restore(file: Path, identities: Sequence[Any], *, without_keys: bool = False) -> tuple[Manifest, list[str]]:
    """The backup into the empty database at hand, with all letters held. What is to be said of the log comes with it.

    Raises core.backups.Fault; the database is then as empty as it was.
    """
    manifest = restoring.restore(
        file, identities, touched=TOUCHED, then=hold_letters, beside=beside(), without_keys=without_keys
    )
    return manifest, [*lay_anchors(), *faults_of_log()]


def hold_letters(tables: Apps, manifest: Manifest) -> None:
    hold(tables, backup_from=dt.datetime.fromisoformat(manifest.header["made_at"]), now=clock.now())


def lay_anchors() -> list[str]:
    """Puts the backup's anchors where the log's are, and says how those that lay there differ. They are kept beside."""
    here, brought = anchors.file(), files.restored_beside(anchors.file())
    said = []
    if here.exists():
        said = [f"Förankringen som låg här: {fault}" for fault in faults_of_anchors(here)]
        moved = here.with_name(f"{here.name}.{clock.now():%Y%m%dT%H%M%S}")
        here.rename(moved)
        said.append(f"Förankringen som låg här finns kvar som {moved}. Spara den.")
    if brought.exists():
        last = newest()
        files.keep(here, lines_up_to(last.number if last else 0, brought))
        brought.unlink()
    return said


def lines_up_to(number: int, file: Path) -> list[bytes]:
    """Without the seals that were made while the backup was: their entries are not in it."""
    with file.open("rb") as book:
        return [line for line in book if not (found := anchors.line_of(line).anchor) or found.number <= number]
