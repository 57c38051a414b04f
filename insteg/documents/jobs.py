import datetime as dt
import re
from collections.abc import Iterator

from django.core.files.storage import Storage

from insteg.core import clock
from insteg.core.jobs import DAILY, every
from insteg.documents.models import StoredFile

OURS = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{30}")  # a place that somebody shares with us keeps what is theirs
A_DAY = dt.timedelta(days=1)  # far longer than any transaction that has yet to write its row
BATCH = 500


@every("documents.clean", minutes=DAILY)
def clean() -> None:
    """Takes away bytes that no row knows: of transactions that were rolled back, and of rows that are deleted."""
    storage = StoredFile._meta.get_field("content").storage
    old = [name for name in names_in(storage) if storage.get_modified_time(name) < clock.now() - A_DAY]
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        known = set(StoredFile.objects.filter(content__in=batch).values_list("content", flat=True))
        for name in set(batch) - known:
            storage.delete(name)


def names_in(storage: Storage) -> Iterator[str]:
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return  # nothing has been stored yet
    for folder in folders:
        for file in storage.listdir(folder)[1]:
            if OURS.fullmatch(name := f"{folder}/{file}"):
                yield name
