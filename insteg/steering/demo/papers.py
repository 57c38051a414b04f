"""The papers of the example city's steering group: a meeting that is over, with what came of it, and one going on."""

import datetime as dt
from typing import Any

from django.utils.timezone import make_aware

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.workdays import last_workday
from insteg.inventory.models import PlannedProcurement
from insteg.meetings.actions import Came, answer_call, call, keep_attendance, plan
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Membership, Organisation
from insteg.process.actions import advance
from insteg.process.models import Run, Visit
from insteg.steering import actions
from insteg.steering.cards.minutes import seal_of
from insteg.steering.models import Agenda, AgendaItem, Decision, Feedback
from insteg.steering.queries.group import invited_on
from insteg.steering.queries.minutes import read

AGO, BEGAN = 54, dt.timedelta(minutes=40)  # the meeting that is over, in days; how long the other has gone on
CALLED_BEFORE, ANSWERED_BEFORE, BUILT_BEFORE, SENT_BEFORE = 24, 22, 4, 1  # days before a meeting
CLEANING, CANTEEN = "Lokalvård i skolor och förskolor", "Kafeteria, Exempelgymnasiet"
HOME, GROUNDS = "Ombyggnad av Björkbackens äldreboende", "Markskötsel och snöröjning, Norr och Öster"
PIPES, HELP, MEALS = "Stambyte, kvarteret Kvarnen", "Hemstädning och service", "Måltidstransporter till förskolor"
INTERNSHIPS = {"choice": Decision.Choice.REQUIRE, "requirement": "internship", "consideration": "employment"}
# What the group decided at the meeting that is over; it did not come to the pipes.
DECIDED = {
    CLEANING: INTERNSHIPS | {"places": 4, "why": "Stort, långt och nära många som söker arbete."},
    CANTEEN: {"choice": Decision.Choice.DO_NOT_REQUIRE, "why": "Caféet drivs redan med praktikplatser."},
    GROUNDS: {"choice": Decision.Choice.LATER, "why": "Omfattningen är inte känd. Ta upp den när Öster är uppmätt."},
    HOME: INTERNSHIPS | {"requirement": "employment", "places": 2, "why": "Flera yrken där det går att börja."},
}
# What waits for the group now, beside what it did not come to; the first two are decided on.
LAID = (
    "Ombyggnad av Stationsgatan", "Fjärrvärme, utbyggnad Västra", HELP, MEALS, "Skolskjuts med taxi och buss",
    "Trappstädning", "Bevakning och rondering", "Park- och lekplatsskötsel", "Matdistribution till hemmaboende",
    "Fasadrenovering, tre kvarter", "Vägmarkering",
)  # fmt: skip
UNKNOWN = ("Fasadrenovering, tre kvarter",)  # laid before the group though not all is told
SO_FAR = {
    "Ombyggnad av Stationsgatan": INTERNSHIPS | {"places": 2, "why": ""},
    "Vägmarkering": {"choice": Decision.Choice.DO_NOT_REQUIRE, "why": "Kort, och arbetet sker i trafik."},
}
VIEWS = {
    PIPES: ("Noor Haddad", "Vi tog emot lärlingar i förra etappen och gör det gärna igen. Säg till i god tid."),
    HELP: ("Mira Lund", "Bra, men den som kommer måste kunna visa utdrag ur belastningsregistret."),
    "Skolskjuts med taxi och buss": ("Olle Falk", "Vi är tveksamma. Förarna kör ensamma med barn."),
}  # fmt: skip
OUTLOOK = (
    "Arbetsförmedlingen har öppnat ett nytt kontor i grannstaden.\n"
    "Exempelgymnasiet startar en yrkesutbildning i fastighetsskötsel till hösten."
)
NOTE = "Gruppen bad upphandlingsenheten att fråga grannkommunen hur den följer upp sina krav."


def fill() -> None:
    """Once, through the same gate as people pass; each thing with the clock set to its hour."""
    people = Membership.objects.filter(user__is_example=True)
    officer = people.filter(role=Role.PROCUREMENT_UNIT).order_by("pk").first()
    group = people.filter(role=Role.STEERING).order_by("pk").first()
    if officer is None or group is None or Agenda.objects.exists() or not known(CLEANING):
        return
    over_and_told(officer)
    going_on(officer)


def at(moment: dt.datetime) -> Any:
    """What is done meanwhile is done at that moment."""
    return clock.set_back((clock.now() - moment) / dt.timedelta(days=1))


def over_and_told(officer: Membership) -> None:
    """Decided, approved and told; one organisation has started, one has read, and one has not been told yet."""
    actor = officer.actor()
    day = last_workday(clock.today() - dt.timedelta(days=AGO))
    begins = make_aware(dt.datetime.combine(day, dt.time(13)))
    meeting, agenda = with_a_pack(actor, officer.organisation, begins)
    with at(begins + dt.timedelta(minutes=5)):
        all_came(actor, meeting, but="Maja Holm")
    for number, (title, said) in enumerate(DECIDED.items(), 1):
        again = {"again_from": dt.date(day.year + 1, 1, 1)} if said["choice"] == Decision.Choice.LATER else {}
        with at(begins + dt.timedelta(minutes=10 + 12 * number)):
            decided(actor, agenda, title, said | again)
    with at(begins + dt.timedelta(hours=1, minutes=40)):
        outlook = AgendaItem.objects.get(agenda=agenda, kind=AgendaItem.Kind.OUTLOOK)
        actions.note_item(actor=actor, target=outlook, seen=None, note=NOTE)
    with at(begins + dt.timedelta(days=1)):
        actions.hand_over(actor=actor, target=agenda, seen=None)
    with at(begins + dt.timedelta(days=2)):
        actions.approve(actor=actor, target=agenda, seen=None, seen_words=seal_of(read(agenda)))
    told(actor, agenda, begins)


def told(actor: Actor, agenda: Agenda, begins: dt.datetime) -> None:
    for title in (CLEANING, CANTEEN, GROUNDS):
        feedback = Feedback.objects.get(agenda=agenda, lines__decision__planned__title=title)
        with at(begins + dt.timedelta(days=3)):
            actions.send_feedback(actor=actor, target=feedback, seen=None)
    for title, name in ((CLEANING, "Anders Lind"), (CANTEEN, "Olle Falk")):
        feedback = Feedback.objects.get(agenda=agenda, lines__decision__planned__title=title)
        with at(begins + dt.timedelta(days=4)):
            actions.look_at_feedback(actor=member(name, Role.PROCURING), target=feedback, seen=None)


def going_on(officer: Membership) -> None:
    """Called, read and begun a while ago: two are decided on, the rest is left to whoever visits the city."""
    actor = officer.actor()
    begins = (clock.now() - BEGAN).replace(second=0, microsecond=0)
    begins -= dt.timedelta(minutes=begins.minute % 5)
    with at(begins - dt.timedelta(days=BUILT_BEFORE)):
        lay_before(actor, LAID)
    meeting, agenda = with_a_pack(actor, officer.organisation, begins)
    with at(begins + dt.timedelta(minutes=5)):
        all_came(actor, meeting, but="Omar Vik")
    for number, (title, said) in enumerate(SO_FAR.items(), 1):
        with at(begins + dt.timedelta(minutes=8 * number + 4)):
            decided(actor, agenda, title, said)


def lay_before(actor: Actor, titles: tuple[str, ...]) -> None:
    for title in titles:
        for planned in known(title):
            if title in UNKNOWN:
                move(actor, planned, "as_it_is", "Gruppen vill se den redan nu.")
            move(actor, planned, "to_steering", "")


def move(actor: Actor, planned: PlannedProcurement, way: str, why: str) -> None:
    """Where it stands somewhere else nothing is done: the city was changed."""
    visit = Visit.objects.filter(run=planned.run_id, left_at=None, step__exits__key=way).first()
    if visit is not None:
        advance(actor=actor, target=Run(pk=visit.run_id), seen=None, seen_visit=visit.pk, move_key=way, why=why)


def with_a_pack(actor: Actor, organisation: Organisation, begins: dt.datetime) -> tuple[Meeting, Agenda]:
    """Called and answered, the organisations asked and the pack sent, each in its time before the meeting."""

    def before(days: int) -> Any:
        return at(begins - dt.timedelta(days=days))

    with before(CALLED_BEFORE):
        meeting = plan(
            actor=actor, target=organisation, seen=None, title="Styrgruppens möte", starts_at=begins,
            ends_at=begins + dt.timedelta(hours=2), place="Vågen, plan 4",
            text="Vi går igenom det som är på väg att upphandlas.", invited=invited_on(begins.date()),
        )  # fmt: skip
        call(actor=actor, target=meeting, seen=None)
    with before(ANSWERED_BEFORE):
        for each in meeting.attendances.order_by("pk"):
            own = Membership.objects.filter(user=each.user_id).order_by("pk")[0]
            answer_call(actor=own.actor(), target=each, seen=None, answer=Attendance.Answer.COMING)
    with before(BUILT_BEFORE):
        agenda = actions.build_agenda(actor=actor, target=meeting, seen=None)
        actions.ask_views(
            actor=actor, target=agenda, seen=None, views_by=(begins - dt.timedelta(days=SENT_BEFORE)).date()
        )
        outlook = AgendaItem.objects.get(agenda=agenda, kind=AgendaItem.Kind.OUTLOOK)
        actions.change_item(actor=actor, target=outlook, seen=None, text=OUTLOOK)
    with before(SENT_BEFORE + 1):
        for title, (name, view) in VIEWS.items():
            for item in AgendaItem.objects.filter(agenda=agenda, planned__title=title, viewed_at=None):
                actions.tell_view(actor=member(name, Role.PROCURING), target=item, seen=None, view=view)
    with before(SENT_BEFORE):
        actions.share_agenda(actor=actor, target=agenda, seen=None)
    return meeting, agenda


def all_came(actor: Actor, meeting: Meeting, *, but: str) -> None:
    listed = meeting.attendances.select_related("user")
    came = {each.pk: Came(each.user.name != but, "har anmält förhinder" if each.user.name == but else "")
            for each in listed}  # fmt: skip
    keep_attendance(actor=actor, target=meeting, seen=None, came=came)


def decided(actor: Actor, agenda: Agenda, title: str, said: dict[str, Any]) -> None:
    item = AgendaItem.objects.select_related("planned").get(agenda=agenda, planned__title=title)
    assert item.planned is not None
    seen = item.planned.assessments.latest("number").pk
    actions.decide(actor=actor, target=item, seen=None, seen_assessment=seen, **said)


def member(name: str, role: Role) -> Actor:
    return Membership.objects.get(user__name=name, user__is_example=True, role=role).actor()


def known(title: str) -> list[PlannedProcurement]:
    return [*PlannedProcurement.objects.current().filter(title=title).order_by("pk")]
