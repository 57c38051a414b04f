from collections.abc import Iterable

from django.db.models import QuerySet

from insteg.access.actor import Actor
from insteg.audit.models import Entry, EntrySubject
from insteg.core.models import BaseModel


def record(actor: Actor, action: str, subjects: Iterable[BaseModel], changed: list[str], reason: str) -> Entry:
    """Writes to the log in the transaction at hand: who, with which right, what, about which rows. Never values."""
    entry = entry_of(actor, action, changed, reason)
    entry.save(force_insert=True)
    EntrySubject.objects.bulk_create((subject_of(entry, row) for row in subjects), batch_size=1000)
    return entry


def record_each(actor: Actor, action: str, rows: Iterable[tuple[BaseModel, list[str]]], reason: str = "") -> None:
    """An entry of its own for each row, with what changed in it: for an action that changes many. A few statements."""
    told = list(rows)
    entries = Entry.objects.bulk_create(
        (entry_of(actor, action, changed, reason) for _row, changed in told), batch_size=500
    )
    subjects = (subject_of(entry, row) for entry, (row, _changed) in zip(entries, told, strict=True))
    EntrySubject.objects.bulk_create(subjects, batch_size=1000)


def entry_of(actor: Actor, action: str, changed: list[str], reason: str) -> Entry:
    """Not saved yet."""
    return Entry(
        action=action,
        actor_kind=actor.kind,
        actor_id=actor.id,
        membership_id=actor.membership_id,
        changed=changed,
        reason=reason,
    )


def subject_of(entry: Entry, row: BaseModel) -> EntrySubject:
    return EntrySubject(entry=entry, model=row._meta.label, row=row.pk, row_version=row.version)


def told_since(row: BaseModel, version: int) -> QuerySet[EntrySubject]:
    """What the log tells of the row after `version`.

    By its key, which no other table has. A label would not find all of it: an entry keeps the one that the model had
    then (what is now home.Remark was home.Feedback), and the previous release writes its own (docs/adr/0019).
    """
    return EntrySubject.objects.filter(row=row.pk, row_version__gt=version)


def changes_since(row: BaseModel, version: int) -> list[str]:
    """Names of the fields that others changed after `version`."""
    told = told_since(row, version).values_list("entry__changed", flat=True)
    return sorted({name for names in told for name in names})
