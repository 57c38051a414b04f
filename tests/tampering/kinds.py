"""What somebody who owns the database may do to the log when its triggers are switched off.

None touches the file with the anchors: that lies elsewhere.
"""

import datetime as dt
import random
from collections.abc import Callable

from django.db import connection

from insteg.audit.models import Entry, EntrySubject, Pruning, Seal
from insteg.audit.sealing import content_of, hash_of
from insteg.core import clock
from tests.tampering.log import entry_facts, subject_facts

TABLES = ("audit_entry", "audit_entrysubject", "audit_seal", "audit_pruning")
Kind = Callable[[random.Random], None]


def switch_triggers_off() -> None:
    """As the owner may. Undone with the transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while some are still to be asked
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def sealed_seals() -> list[Seal]:
    """Those whose entries are still there."""
    pruned = Pruning.objects.order_by("-seal").values_list("seal_id", flat=True).first() or 0
    return list(Seal.objects.filter(number__gt=pruned).order_by("number"))


def sealed_entries() -> list[Entry]:
    seals = sealed_seals()
    return list(Entry.objects.filter(pk__gte=seals[0].first, pk__lte=seals[-1].last).order_by("pk"))


def sealed_subjects() -> list[EntrySubject]:
    """Not every entry is about a row."""
    return list(EntrySubject.objects.filter(entry__in=sealed_entries()).order_by("pk"))


def another(
    pick: random.Random, name: str, before: object, facts: Callable[[random.Random], dict[str, object]]
) -> object:
    while (value := facts(pick)[name]) == before:
        pass
    return value


def change_a_field(pick: random.Random) -> None:
    entry = pick.choice(sealed_entries())
    name = pick.choice(("at", "action", "actor_kind", "actor_id", "membership_id", "changed", "reason"))
    if name == "at":
        value: object = entry.at + dt.timedelta(microseconds=pick.choice((1, -1, 1_000_000, 86_400_000_000)))
    else:
        value = another(pick, name, getattr(entry, name), entry_facts)
    Entry.objects.filter(pk=entry.pk).update(**{name: value})


def change_a_subject(pick: random.Random) -> None:
    subject = pick.choice(sealed_subjects())
    name = pick.choice(("model", "row", "row_version", "entry_id"))
    if name == "model":
        value: object = "inventory.RunningAgreement"
    elif name == "entry_id":  # moved to another entry
        value = pick.choice([other.pk for other in sealed_entries() if other.pk != subject.entry_id])
    else:
        value = another(pick, name, getattr(subject, name), subject_facts)
    EntrySubject.objects.filter(pk=subject.pk).update(**{name: value})


def delete_a_subject(pick: random.Random) -> None:
    subject = pick.choice(sealed_subjects())
    EntrySubject.objects.filter(pk=subject.pk)._raw_delete("default")


def add_a_subject(pick: random.Random) -> None:
    EntrySubject.objects.create(entry=pick.choice(sealed_entries()), **subject_facts(pick))


def delete_an_entry(pick: random.Random) -> None:
    remove([pick.choice(sealed_entries()).pk])


def remove(entries: list[int]) -> None:
    EntrySubject.objects.filter(entry__in=entries)._raw_delete("default")
    Entry.objects.filter(pk__in=entries)._raw_delete("default")


def insert_an_entry(pick: random.Random) -> None:
    """Where a number is free: in a gap, among what was pruned, or before the first."""
    gaps = [number for seal in sealed_seals() for start, end in seal.missing for number in range(start, end + 1)]
    first = sealed_seals()[0].first
    places = [pick.choice(gaps)] if gaps else []
    places += [pick.randrange(1, first)] if first > 1 else []
    entry = Entry.objects.create(pk=pick.choice([*places, 0, -7]), **entry_facts(pick))
    EntrySubject.objects.create(entry=entry, **subject_facts(pick))


def swap_two_entries(pick: random.Random) -> None:
    """What each says and is about, so that each seems to have been done by the other's actor or at its time."""
    one, other = pick.sample(sealed_entries(), 2)
    subjects = {entry.pk: [subject.pk for subject in entry.subjects.all()] for entry in (one, other)}
    one.pk, other.pk = other.pk, one.pk
    one.save(force_update=True)
    other.save(force_update=True)
    EntrySubject.objects.filter(pk__in=subjects[other.pk]).update(entry=one.pk)
    EntrySubject.objects.filter(pk__in=subjects[one.pk]).update(entry=other.pk)


def cut_off_the_tail(pick: random.Random) -> None:
    """The newest seals and every entry after: as if it had never been."""
    first = pick.choice(sealed_seals()[-5:])
    remove(list(Entry.objects.filter(pk__gte=first.first).values_list("pk", flat=True)))
    Seal.objects.filter(number__gte=first.number)._raw_delete("default")


def rewrite_the_chain(pick: random.Random) -> None:
    """An entry is changed or removed, and its seal and all that follow are made anew, so that everything agrees."""
    start = pick.choice(sealed_seals()[-20:])
    entry = pick.choice(list(Entry.objects.filter(pk__gte=start.first, pk__lte=start.last).order_by("pk")))
    if pick.random() < 0.5:
        remove([entry.pk])
    else:
        Entry.objects.filter(pk=entry.pk).update(actor_id="någon annan")
    before = Seal.objects.filter(number=start.number - 1).first()
    for seal in Seal.objects.filter(number__gte=start.number).order_by("number"):
        found = content_of(seal.first, seal.last)
        seal.previous = before.hash if before else seal.previous
        seal.content, seal.count, seal.missing = found.digest, found.count, found.missing
        seal.hash = hash_of(seal)
        seal.save(force_update=True)
        before = seal


def change_a_seal(pick: random.Random) -> None:
    """One word of one seal; half of the time with a digest of its own that agrees."""
    seal = pick.choice(sealed_seals())
    name = pick.choice(("previous", "first", "last", "missing", "count", "content", "at"))
    before = getattr(seal, name)
    values = {"missing": [[1, 1]], "at": seal.at + dt.timedelta(seconds=1)}
    setattr(seal, name, values.get(name, before[::-1] if isinstance(before, str) else before))
    if getattr(seal, name) == before:
        setattr(seal, name, "f" * 64 if isinstance(before, str) else before + 1)
    if pick.random() < 0.5:
        seal.hash = hash_of(seal)
    seal.save(force_update=True)


def claim_a_pruning(pick: random.Random) -> None:
    """Entries that somebody wants gone are said to have been pruned."""
    last = pick.choice(sealed_seals()[:5])
    count = Entry.objects.filter(pk__lte=last.last).count()
    remove(list(Entry.objects.filter(pk__lte=last.last).values_list("pk", flat=True)))
    Pruning.objects.create(seal=last, before=clock.now() - dt.timedelta(days=1900), count=count)


KINDS: dict[str, Kind] = {
    "ändrat fält": change_a_field,
    "ändrad rad i en loggpost": change_a_subject,
    "borttagen rad i en loggpost": delete_a_subject,
    "tillagd rad i en loggpost": add_a_subject,
    "borttagen loggpost": delete_an_entry,
    "insatt loggpost": insert_an_entry,
    "två loggposter har bytt innehåll": swap_two_entries,
    "slutet avklippt": cut_off_the_tail,
    "kedjan omskriven från en punkt": rewrite_the_chain,
    "ändrad försegling": change_a_seal,
    "påhittad gallring": claim_a_pruning,
}
