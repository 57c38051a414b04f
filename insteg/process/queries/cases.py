"""What a case has been through, and what it is about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from insteg.core.models import BaseModel
from insteg.organisations.models import User
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind, Process, Run, Visit

MOST_VISITS = 50


@dataclass(frozen=True)
class About:
    """What a case is about, in the words of its own room. `href` is its page; empty when there is nothing left."""

    title: str = ""
    organisation: str = ""
    href: str = ""
    pk: UUID | None = None


def about(kind: str, runs: Collection[UUID]) -> dict[UUID, About]:
    """{case: what it is about}, in one query. A case that has lost it is not in the answer."""
    subject = SUBJECTS.get(Kind(kind))
    if subject is None:
        return {}
    rows = subject.model._base_manager.filter(run__in=runs).order_by("pk")
    named = rows.values("pk", "run", about_title=F(subject.title), about_organisation=F(subject.organisation))
    return {
        row["run"]: About(row["about_title"], row["about_organisation"], subject.address(row["pk"]), row["pk"])
        for row in named
    }


def about_one(run: Run) -> About:
    return about(run.process.kind, [run.pk]).get(run.pk, About())


def visits_of(run: UUID) -> list[Visit]:
    """Where it has stood, the newest first; the open one, if any, is the first."""
    beside = ("step__phase", "left_move", "handler__user")
    return list(
        Visit.objects.filter(run=run)
        .select_related(*beside)
        .order_by("-entered_at", F("left_at").desc(nulls_first=True))[:MOST_VISITS]
    )


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """{actor: name} for those who are people."""
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in={each for each in actors if is_key(each)})}


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def newer_in_force(process: Process) -> Process | None:
    """The edition in force when it is a newer one than this."""
    return Process.objects.in_force().filter(kind=process.kind, edition__gt=process.edition).first()


def rows_to_move(kind: str, runs: Collection[UUID]) -> list[tuple[BaseModel, About]]:
    """The cases with what they are about, in the order of what they are about: all who lock several do it alike."""
    found = about(kind, runs)
    cases = {run.pk: run for run in Run.objects.filter(pk__in=runs)}
    return [(cases[key], one) for key, one in sorted(found.items(), key=lambda pair: str(pair[1].pk)) if key in cases]
