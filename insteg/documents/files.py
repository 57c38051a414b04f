"""Keeps files. The row is written in the transaction at hand; the bytes lie beside the database.

A transaction that is rolled back leaves its bytes behind. The job `documents.clean` takes them away.
"""

from hashlib import sha256

from django.core.files.base import ContentFile

from insteg.documents.models import StoredFile


def keep(data: bytes, name: str) -> StoredFile:
    """Stores the bytes under an id of their own, with the name they came with (its last 200 signs)."""
    file = StoredFile(name=name[-200:], size=len(data), sha256=sha256(data).hexdigest())
    file.content.save("content", ContentFile(data), save=False)
    file.full_clean()
    file.save(force_insert=True)
    return file
