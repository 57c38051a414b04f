"""A small town with two of everything, so that every leak has somewhere to leak to."""

import datetime as dt
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.apps import apps

from insteg.access.actor import Actor, Role
from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.documents.files import keep
from insteg.inventory.actions import (
    discard_plan,
    discard_register,
    end_agreement,
    join,
    link_renewal,
    report,
    save_plan,
    save_register,
    upload,
    upload_register,
    withdraw,
)
from insteg.inventory.agreement_reader import read_register
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import (
    AgreementUpload,
    ExpectedOccupation,
    InventoryRound,
    PlannedProcurement,
    PlanUpload,
    RoundAnswer,
    RoundRequest,
    RunningAgreement,
)
from insteg.inventory.plan_reader import read
from insteg.needs.models import PublishedNeed
from insteg.organisations.actions.invitations import digest
from insteg.organisations.models import Invitation, Membership, Organisation, Unit, User
from insteg.process import flow
from insteg.process.actions import add_phase, advance, answer_item, draft_process, draft_rule_set, take
from insteg.process.models import Item, ItemAnswer, Kind, Move, Process, RuleSet, Run, Visit
from insteg.process.shipped import shipped, write
from insteg.steering.models import Goal, Occasion, Target
from tests.town_letters import letters_and_words
from tests.town_meetings import meetings_of_the_town, who_sits_in_the_group
from tests.town_papers import papers_of_the_group

ORGANISATIONS = {
    "Stad": "department", "Vård": "department", "Park": "department", "Skola": "department", "Hus": "company",
    "El": "company", "Bygg": "supplier", "Mat": "supplier", "AF": "partner", "AF2": "partner",
}  # fmt: skip
TASK = Unit.Task
UNITS = {
    "ue": ("Stad", TASK.PROCUREMENT),
    "ame": ("Stad", TASK.LABOUR_MARKET),
    "sia": ("Vård", TASK.SUPPORTED_EMPLOYMENT),
    "bistand": ("Stad", TASK.REFERRING),
    "etablering": ("Stad", TASK.REFERRING),
}
# who: role, organisation, unit. The order is that of every table of answers in the nets.
PEOPLE = {
    "ue": (Role.PROCUREMENT_UNIT, "Stad", "ue"),
    "ue2": (Role.PROCUREMENT_UNIT, "Stad", "ue"),
    "park": (Role.PROCURING, "Park", None),
    "hus": (Role.PROCURING, "Hus", None),
    "ame": (Role.COACH, "Stad", "ame"),
    "sia": (Role.COACH, "Vård", "sia"),
    "chef": (Role.UNIT_MANAGER, "Stad", "ame"),
    "chef2": (Role.UNIT_MANAGER, "Vård", "sia"),
    "styr": (Role.STEERING, "Stad", "ue"),
    "styr2": (Role.STEERING, "Vård", "sia"),
    "af": (Role.EMPLOYMENT_SERVICE, "AF", None),
    "af2": (Role.EMPLOYMENT_SERVICE, "AF2", None),
    "bistand": (Role.REFERRER, "Stad", "bistand"),
    "etablering": (Role.REFERRER, "Stad", "etablering"),
    "bygg": (Role.SUPPLIER, "Bygg", None),
    "mat": (Role.SUPPLIER, "Mat", None),
    "mal": (Role.GOAL_COORDINATOR, "Stad", None),
    "mal2": (Role.GOAL_COORDINATOR, "Vård", None),
    "admin": (Role.ADMINISTRATOR, "Stad", None),
    "admin2": (Role.ADMINISTRATOR, "Vård", None),
}
PLAN = "Upphandling;Värde (tkr);Avtalstid;Start\r\n{title};3500;2 år;2028-09-01\r\nFönsterputs;900;5;2028-01-01\r\n"
REGISTER = (
    "Avtalsnummer;Avtal;Leverantör;Startdatum;Slutdatum\r\n"
    "A-{title};{title};Bygg AB;2024-01-01;2031-12-31\r\n;Flaggning;;2024-01-01;någon gång\r\n"
)
REGISTER_ANSWERS = {(0, 3): {"end": "2030-06-30"}}  # the day that nobody could read
ANSWERS = {("plan", 3): {"months": "0"}}  # what PLAN leaves open: five months
PASSWORD = "ett långt lösenord"


def address(name: str) -> str:
    return f"{name}@staden.example"


def person(name: str, **more: object) -> User:
    """A person of the town, without a membership. Example people need no second factor, and no invitation."""
    return User.objects.create(**{"email": address(name), "name": name.title(), "is_example": True, **more})


def member(name: str, role: Role, organisation: Organisation, unit: Unit | None = None) -> Actor:
    """Another membership for a person who exists, or a new person with one."""
    user = User.objects.filter(email=address(name)).first() or person(name)
    return Membership.objects.create(user=user, role=role, organisation=organisation, unit=unit).actor()


def plan(town: SimpleNamespace, name: str, organisation: str, title: str = "Lokalvård") -> PlanUpload:
    """A plan that someone has uploaded and not saved: one row that is clear, and one with a question."""
    content = PLAN.format(title=title).encode()
    reading = read(content, "plan.csv")
    return upload(
        actor=town.who[name], target=town.org[organisation], seen=None,
        content=content, filename="plan.csv", reading=reading,
    )  # fmt: skip


def agreement_register(
    town: SimpleNamespace, name: str, organisation: str, title: str = "Lokalvård"
) -> AgreementUpload:
    """A register that someone has uploaded and not saved: one row that is clear, and one whose last day is none."""
    content = REGISTER.format(title=title).encode()
    return upload_register(
        actor=town.who[name], target=town.org[organisation], seen=None,
        content=content, filename="avtal.csv", register=read_register(content, "avtal.csv"),
    )  # fmt: skip


def build() -> SimpleNamespace:
    """Two of each kind of organisation and person, and a planned procurement at each of two buyers."""
    rule_set, _ = RuleSet.objects.get_or_create(edition=1, defaults={"published_at": clock.now()})
    the_model_as_shipped()
    made = Organisation.objects.bulk_create(Organisation(name=name, kind=kind) for name, kind in ORGANISATIONS.items())
    org = dict(zip(ORGANISATIONS, made, strict=True))
    made = Unit.objects.bulk_create(
        Unit(organisation=org[where], name=key.upper(), task=task) for key, (where, task) in UNITS.items()
    )
    units = dict(zip(UNITS, made, strict=True))
    who = everybody(org, units)
    planned = {
        "p": report(actor=who["park"], target=org["Park"], seen=None, title="Parkskötsel"),
        "h": report(actor=who["hus"], target=org["Hus"], seen=None, title="Fasadrenovering"),
    }
    return SimpleNamespace(rule_set=rule_set, org=org, units=units, who=who, planned=planned)


def the_model_as_shipped() -> None:
    """Laid by a migration, and swept away with everything else after a test that commits."""
    for kind in Kind if not Process.objects.exists() else ():
        process = Process.objects.create(kind=kind)
        write(shipped(kind), process, lambda name: apps.get_model("process", name))
        Process.objects.filter(pk=process.pk).update(published_at=clock.now())


def everybody(org: dict[str, Organisation], units: dict[str, Unit]) -> dict[str, Actor]:
    """The people with one membership each, written at once: nearly every test begins with them."""
    users = User.objects.bulk_create(User(email=address(name), name=name.title(), is_example=True) for name in PEOPLE)
    memberships = Membership.objects.bulk_create(
        Membership(user=user, role=role, organisation=org[where], unit=units.get(unit))
        for user, (role, where, unit) in zip(users, PEOPLE.values(), strict=True)
    )
    return {name: membership.actor() for name, membership in zip(PEOPLE, memberships, strict=True)}


def furnish(town: SimpleNamespace) -> SimpleNamespace:
    """What the nets need more: things withdrawn, closed, ended, saved and used, beside those that are not."""
    planned_things(town)
    rounds_of_inventory(town)
    agreements_that_run(town)
    needs_of_places(town)
    occupations_of_codes(town)
    closed_places(town)
    people_who_come_and_go(town)
    letters_and_words(town, address("ny"))
    what_the_council_wants(town)
    who_sits_in_the_group(town)
    meetings_of_the_town(town)
    town.draft = draft_rule_set(actor=town.who["admin"], target=town.rule_set, seen=None)
    drafted_model(town)
    cases_of_the_model(town)
    papers_of_the_group(town)
    return town


def drafted_model(town: SimpleNamespace) -> None:
    """The working model as it is shipped, and a draft of how a contract is followed; a part of each of those two."""
    admin, town.model = town.who["admin"], {process.kind: process for process in Process.objects.order_by("kind")}
    town.model["draft"] = draft = draft_process(actor=admin, target=town.model[Kind.CONTRACT], seen=None)
    town.parts = {"phases": {}, "steps": {}, "items": {}, "moves": {}}
    for label, process in (("one", town.model[Kind.CONTRACT]), ("draft", draft)):
        town.parts["phases"][label] = process.phases.earliest("order")
        town.parts["steps"][label] = process.steps.earliest("order")
        town.parts["items"][label] = Item.objects.filter(step__process=process).earliest("step__order", "order")
        town.parts["moves"][label] = Move.objects.filter(source__process=process).earliest("source__order", "order")
    empty = add_phase(actor=admin, target=draft, seen=None, title="Samråd", order=99)
    town.parts["phases"]["empty"] = empty


def cases_of_the_model(town: SimpleNamespace) -> None:
    """One of each planned procurement. Skola's "Larm" stands among items: one is answered, and it is taken."""
    runs = PlannedProcurement.objects.exclude(run=None).values_list("pk", "run")
    by_planned = {pk: Run.objects.get(pk=run) for pk, run in runs.order_by("pk")}
    town.cases = {label: by_planned[row.pk] for label, row in town.planned.items() if row.pk in by_planned}
    larm = town.cases["gu"]
    for way in ("as_it_is", "to_steering"):
        move_on(town, "ue", larm, way)
    flow.take(larm, "require", actor=town.who["styr"], because="steering.decide", reason="Enligt modellen")
    seen = {"seen": None, "seen_visit": visit_of(larm).pk}
    take(actor=town.who["ue2"], target=larm, **seen)
    said = {"item_key": "decision_told", "said": ItemAnswer.Said.NOT_NEEDED, "note": "Skola var med"}
    answer_item(actor=town.who["ue"], target=larm, **seen, **said)
    town.visits = {"gu": visit_of(larm)}
    town.item_answers = {"gu": ItemAnswer.objects.get()}


def visit_of(run: Run) -> Visit:
    """The stay of the case in the step that it stands in."""
    return Visit.objects.select_related("step").get(run=run, left_at=None)


def move_on(town: SimpleNamespace, name: str, run: Run, way: str) -> None:
    seen = {"seen": None, "seen_visit": visit_of(run).pk}
    advance(actor=town.who[name], target=run, move_key=way, why="Enligt modellen", **seen)


def planned_things(town: SimpleNamespace) -> None:
    for label, name, organisation in (("pw", "park", "Park"), ("hw", "hus", "Hus")):
        row = report(actor=town.who[name], target=town.org[organisation], seen=None, title="Utgår")
        withdraw(actor=town.who[name], target=row, seen=None, withdrawn_reason="Behovet finns inte.")
        town.planned[label] = row
    what_several_share(town)
    park = town.who["park"]
    town.plans = {
        "pu": plan(town, "park", "Park"),
        "hu": plan(town, "hus", "Hus"),
        "ps": plan(town, "park", "Park", "Snöröjning"),
        "pd": plan(town, "park", "Park", "Sopning"),
    }
    save_plan(actor=park, target=town.plans["ps"], seen=None, decisions=Decisions(ANSWERS))
    discard_plan(actor=park, target=town.plans["pd"], seen=None)
    file = keep(b"Upphandling;Start\r\nSandning;2028-01-01\r\n", "lang.csv")
    town.plans["pr"] = PlanUpload.objects.create(  # waits for the worker to read it
        organisation=town.org["Park"], file=file, sha256=file.sha256, uploaded_by_id=park.id
    )
    town.planned |= {f"s{row.upload_row}": row for row in PlannedProcurement.objects.exclude(upload=None)}


def what_several_share(town: SimpleNamespace) -> None:
    """The procurement unit's joint one, and two that Skola has reported: one joined into it, and one that is not."""
    ue = town.who["ue"]
    for label, where, title in (("gj", "Stad", "Bevakning"), ("gs", "Skola", "Väktare"), ("gu", "Skola", "Larm")):
        town.planned[label] = report(actor=ue, target=town.org[where], seen=None, title=title, shared=True)
    join(actor=ue, target=town.planned["gj"], seen=None, rows=[(town.planned["gs"].pk, 1)])


def rounds_of_inventory(town: SimpleNamespace) -> None:
    """One that is over, one under way and a draft; in the first two Park, Hus, AME and SIA are asked."""
    now, day = clock.now(), clock.today()
    term, horizon = InventoryRound.Term, {"first_year": day.year + 1, "last_year": day.year + 3}
    town.rounds = {
        label: InventoryRound.objects.create(
            year=year, term=season, closes_on=day + dt.timedelta(days=days), natures=["services", "works"],
            opened_at=opened, closed_at=closed, **horizon,
        )
        for label, year, season, days, opened, closed in (
            ("over", day.year - 1, term.AUTUMN, -200, now - dt.timedelta(days=250), now - dt.timedelta(days=190)),
            ("now", day.year, term.AUTUMN, 20, now - dt.timedelta(days=10), None),
            ("draft", day.year + 1, term.SPRING, 200, None, None),
        )
    }  # fmt: skip
    asked = {"p": ("Park", None), "h": ("Hus", None), "a": ("Stad", "ame"), "s": ("Vård", "sia")}
    town.requests = {
        f"{label}-{which}": RoundRequest.objects.create(
            round=town.rounds[which], organisation=town.org[organisation], unit=town.units.get(unit)
        )
        for which in ("over", "now")
        for label, (organisation, unit) in asked.items()
    }
    town.answers = {
        label: RoundAnswer.objects.create(
            request=town.requests[label], number=1, nothing_to_report=True, answered_by_id=town.who[name].id
        )
        for label, name in (("p-over", "park"), ("h-over", "hus"), ("a-over", "chef"), ("s-over", "chef2"))
    }


def agreements_that_run(town: SimpleNamespace) -> None:
    """One at each buyer, at Park one that is done with and one that is renewed, and registers of all sorts."""
    soon = clock.today() + dt.timedelta(days=400)
    town.agreements = {
        label: RunningAgreement.objects.create(organisation=town.org[organisation], title="Snöröjning", ends_on=soon)
        for label, organisation in (("pa", "Park"), ("ha", "Hus"), ("pe", "Park"), ("pl", "Park"))
    }
    end_agreement(actor=town.who["park"], target=town.agreements["pe"], seen=None, ended_reason="Vi plogar själva.")
    town.agreements["pe"].refresh_from_db()
    town.registers = {
        "pr": agreement_register(town, "park", "Park"),
        "hr": agreement_register(town, "hus", "Hus"),
        "prs": agreement_register(town, "park", "Park", "Sopning"),
        "prd": agreement_register(town, "park", "Park", "Sandning"),
    }
    save_register(actor=town.who["park"], target=town.registers["prs"], seen=None, answers=REGISTER_ANSWERS)
    discard_register(actor=town.who["park"], target=town.registers["prd"], seen=None)
    link_renewal(actor=town.who["park"], target=town.agreements["pl"], seen=None, planned=town.planned["p"])
    for row in (town.agreements["pl"], town.planned["p"]):
        row.refresh_from_db()
    town.agreements |= {f"r{row.title}": row for row in RunningAgreement.objects.filter(reference__startswith="A-")}


def needs_of_places(town: SimpleNamespace) -> None:
    """One at AME and one at SIA that are current, and one at AME that is ended."""
    numbers = {"form": "internship", "places": 2, "people": 3}
    town.needs = {
        label: PublishedNeed.objects.create(unit=town.units[unit], other_occupation=work, ended_at=ended, **numbers)
        for label, unit, work, ended in (
            ("na", "ame", "Bagare", None), ("ns", "sia", "Bagare", None), ("ne", "ame", "Snickare", clock.now()),
        )
    }  # fmt: skip


def occupations_of_codes(town: SimpleNamespace) -> None:
    """A pair that stands in the table and one that was removed; at Park and at Hus people have said what one needs."""
    cleaner = Occupation.objects.create(code="9111", title_sv="Städare")
    town.occupations = {
        label: CpvOccupation.objects.create(cpv=cpv, occupation=cleaner, removed_at=removed)
        for label, cpv, removed in (("oc", "9091", None), ("or", "90", clock.now()))
    }
    for label in ("s3", "h"):
        row = town.planned[label]
        PlannedProcurement.objects.filter(pk=row.pk).update(occupations_confirmed_at=clock.now())
        row.refresh_from_db()
    ExpectedOccupation.objects.create(planned=town.planned["s3"], occupation=cleaner)


def what_the_council_wants(town: SimpleNamespace) -> None:
    """A vision, a goal, an assignment that stands and one that has ended; measures; occasions to come and past."""
    kinds = Goal.Level
    vision = Goal.objects.create(level=kinds.VISION, title="Alla får chansen")
    goal = Goal.objects.create(level=kinds.GOAL, parent=vision, title="Fler i arbete")
    under = {"level": kinds.ASSIGNMENT, "parent": goal}
    town.goals = {
        "vision": vision, "goal": goal, "krav": Goal.objects.create(title="Sociala krav", **under),
        "old": Goal.objects.create(title="Gröna krav", ended_at=clock.now(), **under),
    }  # fmt: skip
    measure = {"year": 2026, "measure": "Upphandlingar", "value": 6}
    town.targets = {label: Target.objects.create(goal=town.goals[label], **measure) for label in ("krav", "old")}
    town.occasions = {
        "next": Occasion.objects.create(title="Årsredovisning", due_on=dt.date(2027, 2, 12)),
        "past": Occasion.objects.create(title="Delårsrapport", due_on=dt.date(2026, 9, 10), reported_at=clock.now()),
    }


def closed_places(town: SimpleNamespace) -> None:
    day = clock.today()
    soon = day + dt.timedelta(days=9)
    town.org["Gamla"] = Organisation.objects.create(name="Gamla", kind="department", closed_on=day)
    town.org["Snart"] = Organisation.objects.create(name="Snart", kind="company", closed_on=soon)
    town.units["gamla"] = Unit.objects.create(organisation=town.org["Stad"], name="GAMLA", closed_on=day)


def people_who_come_and_go(town: SimpleNamespace) -> None:
    """Everyone of the town has a password; "ny" and "nyss" are invited and have none, "utesluten" is shut out."""
    now = clock.now()
    soon = now + dt.timedelta(days=9)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    for name, active in (("ny", True), ("nyss", True), ("utesluten", False)):
        user = person(name, is_active=active, is_example=False)
        user.is_example = False  # the example city's people need no invitation
        user.set_unusable_password()
        user.save(update_fields=["password", "is_example"])
    town.people = {user.email.split("@")[0]: user for user in User.objects.all()}
    town.memberships = {name: Membership.objects.get(pk=actor.membership_id) for name, actor in town.who.items()}
    ny, park, ame = (town.people[name] for name in ("ny", "park", "ame"))
    place = {"organisation": town.org["Stad"], "unit": town.units["ame"]}
    town.memberships["ny"] = Membership.objects.create(user=ny, role=Role.COACH, **place)
    ended = {"organisation": town.org["Hus"], "ended_at": now}
    town.memberships["slut"] = Membership.objects.create(user=park, role=Role.PROCURING, **ended)
    Authenticator.objects.create(user=ame, type="totp", data={"secret": "x"})
    town.invitations = {
        "öppen": Invitation.objects.create(user=ny, digest=digest("öppen"), expires_at=soon),
        "gammal": Invitation.objects.create(user=town.people["nyss"], digest=digest("gammal"), expires_at=now),
        "använd": Invitation.objects.create(user=ame, digest=digest("använd"), expires_at=soon, accepted_at=now),
    }
