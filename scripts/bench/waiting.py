"""What waits for each, and the picture of the working model, when ten cases are open and when 100,000 are."""

import datetime as dt
import random
from collections.abc import Iterator
from types import SimpleNamespace

from django.db import connection, transaction

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership, Organisation
from insteg.process.models import Kind, Process, Run, Step, Visit
from scripts.bench import city
from scripts.bench.listing import EMPTY, opened, what_it_took
from scripts.bench.measure import Line, in_turns, show

FEW, MANY = 10, 100_000
BATCH = 2_000
# What part of the cases stands in each step, and what part of those that somebody has taken.
STANDS = {"report": 20, "assess": 45, "decide": 25, "feed_back": 7, "feed_back_no": 3}
TAKEN = 0.05
AIM = 300  # ms on PostgreSQL


def measure(rounds: int, town: SimpleNamespace, quick: bool) -> None:
    people = SimpleNamespace(
        ue=town.who["ue"],
        colleague=city.member("kollega", Role.PROCUREMENT_UNIT, town.buyers[0]),
        buyer=town.who["förvaltning"],
        steering=city.member("styrgrupp", Role.STEERING, town.buyers[0]),
        several=several_memberships(town.buyers),
    )
    for wanted in (FEW, MANY // 100 if quick else MANY):
        open_cases(wanted, people)
        measure_pages(rounds, people)


def several_memberships(buyers: list[Organisation]) -> Membership:
    """Someone in five roles. What waits in the other four is counted on the page of the one."""
    first = city.member("flera", Role.PROCUREMENT_UNIT, buyers[0])
    for role, organisation in ((Role.STEERING, buyers[0]), *((Role.PROCURING, each) for each in buyers[1:4])):
        Membership.objects.create(user=first.user, role=role, organisation=organisation)
    return first


def open_cases(wanted: int, people: SimpleNamespace) -> None:
    """As many open cases in all, spread over the steps, with the rows that they are about."""
    missing = wanted - Visit.objects.filter(left_at=None).count()
    without = PlannedProcurement.objects.current().filter(run=None)
    rows = without.count()
    if rows < missing:
        city.grow(-(-missing // rows) + 1)
    planned = list(without.order_by("pk").only("pk", "run")[:missing])
    process = Process.objects.in_force().get(kind=Kind.PLANNED_PROCUREMENT)
    steps = {step.key: step for step in process.steps.order_by("pk")}
    chance, today = random.Random(missing), clock.today()
    with transaction.atomic():
        for start in range(0, missing, BATCH):
            part = planned[start : start + BATCH]
            for row in part:
                row.run = Run(process=process)
            Run.objects.bulk_create([row.run for row in part])
            PlannedProcurement.objects.bulk_update(part, ["run"], batch_size=200)
            Visit.objects.bulk_create(visits(part, steps, people, chance, today))
    city.settle()


def visits(
    rows: list[PlannedProcurement],
    steps: dict[str, Step],
    people: SimpleNamespace,
    chance: random.Random,
    today: dt.date,
) -> Iterator[Visit]:
    for row in rows:
        (key,) = chance.choices([*STANDS], [*STANDS.values()])
        taken = chance.random() < TAKEN and steps[key].lane == "procurement_unit"
        yield Visit(
            run=row.run,
            step=steps[key],
            entered_by="bench",
            due_on=today + dt.timedelta(days=chance.randint(-30, 60)),
            handler=chance.choice([people.ue, people.colleague]) if taken else None,
        )


def measure_pages(rounds: int, people: SimpleNamespace) -> None:
    clients = {name: city.signed_in(getattr(people, name)) for name in ("ue", "buyer", "steering", "several")}
    choose = {"membership": people.several.pk}
    clients["several"].post("/uppdrag/", choose)
    yardstick = "tom sida för inloggade"
    pages = {
        "Att göra: upphandlingsenheten": ("ue", "/"),
        "Att göra: enhetens": ("ue", "/?whose=unit"),
        "Att göra: en av fyrtio förvaltningar": ("buyer", "/"),
        "Att göra: styrgruppen": ("steering", "/"),
        "Att göra: den som har fem uppdrag": ("several", "/"),
        "Arbetsmodellens bild": ("ue", "/arbetsmodellen/"),
    }
    lines = [Line(yardstick, lambda: opened(clients["ue"], EMPTY), note=what_it_took(clients["ue"], EMPTY))]
    for said, (who, where) in pages.items():
        client, note = clients[who], what_it_took(clients[who], where).partition(",")[0]
        lines.append(Line(said, lambda c=client, w=where: opened(c, w), yardstick, note=note))
    count = Visit.objects.filter(left_at=None).count()
    title = f"{count} öppna ärenden, {connection.vendor}; mål för en sida: {AIM} ms på PostgreSQL"
    show(title, in_turns(lines, rounds, warm=True))
