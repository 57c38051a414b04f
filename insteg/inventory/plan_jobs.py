"""Long plans are read and saved by the worker, as the member who asked. Both jobs bear being run again at any moment:
what a job does, it does in one transaction, and what is done already is left alone."""

from collections.abc import Callable

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from insteg.access.actor import SYSTEM, Actor
from insteg.audit.gate import Blocked, Refused
from insteg.core.jobs import job
from insteg.documents.models import Damaged
from insteg.inventory import actions
from insteg.inventory.actions.plans import READ_PLAN, SAVE_PLAN
from insteg.inventory.models import PlanUpload
from insteg.inventory.plan_reader import Unreadable
from insteg.inventory.queries.plans import known_beside, tell_phase
from insteg.inventory.reading_apart import read_plan_apart
from insteg.inventory.review.contents import Review
from insteg.organisations.models import Membership


@job(READ_PLAN)
def read_plan(plan: str, membership: str) -> None:
    upload = waiting(plan)
    if upload is not None and upload.is_being_read:
        tell_phase(upload, "reading")
        as_member(upload, membership, lambda actor: read_for(upload, actor))


@job(SAVE_PLAN)
def save_plan(plan: str, membership: str) -> None:
    upload = waiting(plan)
    if upload is not None and upload.saving_since is not None:
        tell_phase(upload, "saving")
        as_member(upload, membership, lambda actor: save_for(upload, actor))


def waiting(plan: str) -> PlanUpload | None:
    open_ones = PlanUpload.objects.filter(pk=plan, saved_at=None, discarded_at=None)
    return open_ones.select_related("organisation", "file").first()


def as_member(upload: PlanUpload, membership: str, work: Callable[[Actor], object]) -> None:
    """Does the work in somebody's name and language. What stands in the way is written on the plan, in words."""
    asked_by = Membership.objects.current().filter(pk=membership, user__is_active=True).select_related("user").first()
    with override(asked_by.user.language if asked_by else get_language()):
        try:
            if asked_by is None:
                raise Refused(membership)
            work(asked_by.actor())
        except Blocked as error:
            give_up(upload, " ".join(error.args))
        except Damaged:
            give_up(upload, _("Filen gick inte att hämta ur lagret. Läs in den igen."))
        except Refused:
            give_up(upload, _("Den som bad om det har inte längre rätt att göra det. Inget är sparat."))
        finally:
            tell_phase(upload, "")


def give_up(upload: PlanUpload, said: str) -> None:
    try:
        actions.plan_was_not_done(actor=SYSTEM, target=upload, seen=None, said=said)
    except Refused:
        return  # somebody has saved it or left it meanwhile: there is nothing to say


def read_for(upload: PlanUpload, actor: Actor) -> None:
    mapping = {heading: said or None for heading, said in upload.chosen_columns.items()}
    try:
        reading = read_plan_apart(upload.file.read(), upload.file.name, mapping)
    except Unreadable as error:
        actions.plan_was_read(actor=actor, target=upload, seen=upload.version, reading=None, unreadable=str(error))
    else:
        actions.plan_was_read(actor=actor, target=upload, seen=upload.version, reading=reading)


def save_for(upload: PlanUpload, actor: Actor) -> None:
    review = Review(upload, known_beside(upload))
    if review.open_lines():
        raise Blocked(_("Planen har rader som behöver svar. Svara på dem och spara sedan."))
    shown = upload.typed.get("shown")
    actions.save_plan(actor=actor, target=upload, seen=None, decisions=review.decisions(), shown=shown)
