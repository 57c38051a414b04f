"""The files that the unit puts beside a point of the agenda (R31)."""

from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.documents.files import keep
from insteg.steering import access
from insteg.steering.actions.agenda import the_agenda_first
from insteg.steering.models import Agenda, AgendaFile, AgendaItem

MOST_FILES = 20  # beside one point


@action("steering.add_file", access.KEEP_ITEM, first=the_agenda_first)
def add_file(item: AgendaItem, *, actor: Actor, content: bytes, filename: str) -> AgendaFile:
    """Everyone who reads the pack can fetch it. Blocked when there are as many as a point can have."""
    if item.files.count() >= MOST_FILES:
        raise Blocked(_("Punkten har redan %(count)s filer. Ta bort någon först.") % {"count": MOST_FILES})
    return insert(AgendaFile(item=item, file=keep(content, filename)))


def its_agenda_first(file: AgendaFile, **data: Any) -> None:
    lock(Agenda, items__files=file.pk)


@action("steering.remove_file", access.KEEP_FILE, first=its_agenda_first)
def remove_file(file: AgendaFile, *, actor: Actor) -> None:
    """Taken away with its bytes. Blocked under a point that the group has decided on: it was part of what it saw."""
    if file.item.decisions.exists():
        raise Blocked(_("Gruppen har beslutat under punkten, och filen hör till det som den såg. Då står den kvar."))
    stored = file.file
    AgendaFile.objects.filter(pk=file.pk).delete()
    stored.delete()
