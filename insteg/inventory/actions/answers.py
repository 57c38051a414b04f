"""The verbs of an answer: open the request, confirm rows, send, take up again (R11)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.models import AnsweredRow, PlannedProcurement, RoundAnswer, RoundRequest, RunningAgreement
from insteg.inventory.queries.answers import Sorted, open_plans, reported_before, standing_answer
from insteg.inventory.snapshots import Change, change_of, changed_facts, facts_as_reported, print_of
from insteg.organisations.models import Organisation
from insteg.ui import figures

BATCH = 500
MOST_NAMED = 5


@action("inventory.look_at_request", access.LOOK)
def look_at_request(asked: RoundRequest, *, actor: Actor) -> None:
    """Somebody of those who are asked has opened the request; UE sees that they have. The first time counts."""
    asked.looked_at = asked.looked_at or clock.now()


@action("inventory.confirm_rows", access.ANSWER)
def confirm_rows(asked: RoundRequest, *, actor: Actor, rows: Mapping[UUID, int]) -> list[PlannedProcurement]:
    """The facts of these rows still hold. `rows` is the version of each that was read.

    Returns those confirmed. One that somebody changed or withdrew meanwhile is left as it is: what was read is not
    what stands there now. A confirmation is no change of a fact and gives no row a new version, so two who confirm
    the same row do not stand in each other's way.
    """
    refuse_closed(asked)
    ours = PlannedProcurement.objects.current().filter(organisation=asked.organisation_id, pk__in=[*rows])
    locked = ours.select_for_update(of=("self",), no_key=True).order_by("pk")
    confirmed = [row for row in locked if row.version == rows[row.pk]]
    PlannedProcurement.objects.filter(pk__in=[row.pk for row in confirmed]).update(confirmed_at=clock.now())
    cases.go_on(confirmed, actor, "inventory.confirm_rows")
    return confirmed


def its_organisation(asked: RoundRequest) -> list[BaseModel]:
    """Locked too: whoever reports a new row for it meanwhile comes wholly before the answer or wholly after."""
    return [lock(Organisation, pk=asked.organisation_id)]


@action("inventory.send_answer", access.ANSWER, also=its_organisation)
def send_answer(
    asked: RoundRequest, *, actor: Actor, rows_seen: str, comment: str = "", nothing_to_report: bool = False
) -> RoundAnswer:
    """Sends what the organisation has reported, as it stands now, and keeps it as it was (R11, R14).

    `rows_seen` is snapshots.print_of the rows that the sender read. Blocked, with what to do in words, when the round
    is closed, an answer stands, the list is another than the one read, rows wait to be confirmed or a plan to be saved;
    never because a fact is missing. Blocked too when nothing is to be reported and something is.
    """
    refuse_closed(asked)
    refuse_answered(asked)
    found = Sorted.of(asked)
    refuse_other_list(found, rows_seen)
    refuse_unfinished(asked, found, nothing_to_report)
    before = reported_before(asked)
    answer = new_answer(asked, actor, comment=comment, nothing_to_report=nothing_to_report)
    keep_rows(answer, found, before)
    return answer


def new_answer(asked: RoundRequest, actor: Actor, **more: object) -> RoundAnswer:
    """The next answer to a request, after those that were taken up again. Refuse first what refuses below."""
    last = RoundAnswer.objects.filter(request=asked).aggregate(last=Max("number"))["last"] or 0
    theirs = actor.unit_id == asked.unit_id if asked.unit_id else actor.organisation_id == asked.organisation_id
    on_behalf = actor.role == Role.PROCUREMENT_UNIT and not theirs
    return insert(RoundAnswer(request=asked, number=last + 1, answered_by_id=actor.id, on_behalf=on_behalf, **more))


def its_request(answer: RoundAnswer) -> list[BaseModel]:
    """Locked too: a round that is closed meanwhile counts the answer as it becomes, or closes before it is taken up."""
    return [lock(RoundRequest, pk=answer.request_id)]


@action("inventory.take_up_answer", access.TAKE_UP, also=its_request)
def take_up_answer(answer: RoundAnswer, *, actor: Actor) -> None:
    """The answer no longer stands; another is to be sent. It is kept as it was."""
    refuse_closed(answer.request)
    if answer.reopened_at:
        raise Blocked(_("Svaret är redan öppnat igen."))
    answer.reopened_at = clock.now()


def keep_rows(answer: RoundAnswer, found: Sorted, before: dict[UUID, dict[str, object]]) -> None:
    """Every row as it stands, and those that the answer before had and are no longer there, with what happened."""
    gone = PlannedProcurement.objects.filter(pk__in=before.keys() - {row.pk for row in found.rows})
    kept = []
    for planned in (*found.rows, *gone.order_by("pk")):
        now, was = facts_as_reported(planned), before.get(planned.pk)
        change = Change.GONE if is_gone(planned, answer) else change_of(was, now)
        changed = changed_facts(was, now) if change == Change.CHANGED and was else []
        kept.append(AnsweredRow(answer=answer, planned=planned, facts=now, change=change, changed=changed))
    AnsweredRow.objects.bulk_create(kept, batch_size=BATCH)


def is_gone(planned: PlannedProcurement, answer: RoundAnswer) -> bool:
    return planned.withdrawn_at is not None or planned.organisation_id != answer.request.organisation_id


def refuse_closed(asked: RoundRequest) -> None:
    if asked.round.closed_at:
        raise Blocked(
            _("Inventeringen är stängd."),
            _("Listan är alltid öppen: ändra upphandlingarna där, så ser upphandlingsenheten vad som har ändrats."),
        )


def refuse_answered(asked: RoundRequest) -> None:
    answer = standing_answer(asked)
    if answer:
        said = {"name": answer.answered_by.name, "when": figures.moment(answer.created_at, clock.today())}
        raise Blocked(_("%(name)s skickade svaret %(when)s.") % said, _("Öppna svaret igen om något ska ändras."))


def refuse_other_list(found: Sorted, rows_seen: str) -> None:
    if print_of(found.rows) != rows_seen:
        raise Blocked(
            _("Listan har ändrats sedan du öppnade sidan."), _("Läs igenom den som den är nu, och skicka igen.")
        )


def refuse_unfinished(asked: RoundRequest, found: Sorted, nothing_to_report: bool) -> None:
    """Says everything that stands in the way at once, so that nobody has to try three times."""
    stops = []
    if found.unsettled and not nothing_to_report:
        said = ngettext(
            "En upphandling är inte bekräftad än: %(titles)s. Bekräfta, ändra eller dra tillbaka den.",
            "%(count)d upphandlingar är inte bekräftade än: %(titles)s. Bekräfta, ändra eller dra tillbaka dem.",
            len(found.unsettled),
        )
        stops.append(said % {"count": len(found.unsettled), "titles": named(found.unsettled)})
    elif nothing_to_report and found.asked_about:
        said = ngettext(
            "Ni har anmält en upphandling som hör till inventeringen: %(titles)s. Dra tillbaka den om den inte blir "
            "av. Annars går ni tillbaka till listan och skickar svaret därifrån.",
            "Ni har anmält %(count)d upphandlingar som hör till inventeringen: %(titles)s. Dra tillbaka dem som inte "
            "blir av. Annars går ni tillbaka till listan och skickar svaret därifrån.",
            len(found.asked_about),
        )
        stops.append(said % {"count": len(found.asked_about), "titles": named(found.asked_about)})
    elif not nothing_to_report and not found.asked_about:
        stops.append(_("Det finns inget att skicka. Lägg till en upphandling, eller svara att ni inte har något."))
    for plan in open_plans(asked):
        stops.append(
            _("Det inlästa kalkylbladet %(file)s är inte sparat. Granska och spara det, eller avbryt.") % {"file": plan}
        )
    if stops:
        raise Blocked(*stops)


def named(rows: Sequence[PlannedProcurement | RunningAgreement]) -> str:
    """The titles, as many as can be read in a sentence."""
    titles = [f"”{row.title}”" for row in rows[:MOST_NAMED]]
    more = len(rows) - len(titles)
    if more:
        titles.append(ngettext("%(count)d till", "%(count)d till", more) % {"count": more})
    return ", ".join(titles)
