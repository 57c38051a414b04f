from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel


class Damaged(Exception):
    """What lies beside the database is not what the database says: restore it from the backup."""


def place_of(file: "StoredFile", name: str) -> str:
    """By id and never by the name that somebody sent."""
    return f"{file.pk.hex[:2]}/{file.pk.hex}"


class StoredFile(BaseModel):
    """A file as it came or as it was made. It has no address of its own: the room that owns it hands it out."""

    name = models.CharField(_("filnamn"), max_length=200)
    content = models.FileField(_("innehåll"), upload_to=place_of, max_length=100)
    size = models.PositiveIntegerField(_("storlek, byte"))
    sha256 = models.CharField(_("avtryck"), max_length=64)

    class Privacy:
        plain = {"content", "size", "sha256"}
        personal = {"name"}  # people name files after people
        keep_months = 24

    class Meta:
        verbose_name = _("lagrad fil")
        verbose_name_plural = _("lagrade filer")

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """The bytes as they were stored. Raises Damaged when they are gone or are no longer the same."""
        try:
            with self.content.open("rb") as opened:
                data = bytes(opened.read())
        except FileNotFoundError as error:
            raise Damaged(f"the bytes of file {self.pk} are gone") from error
        if sha256(data).hexdigest() != self.sha256:
            raise Damaged(f"the bytes of file {self.pk} are not those that were stored")
        return data
