"""Steps with cases in them by the dozen, for test_every_page_costs.py."""

from insteg.core import clock
from insteg.process.models import Phase, Process, Run, Step, Visit
from tests.nets.rounds_by_the_dozen import names


def steps_in_force(house, count):
    """A new edition with so many steps, and cases in each of them and in one that it does not have."""
    earlier = Process.objects.filter(kind="procurement").latest("edition")
    process = Process.objects.create(kind="procurement", edition=earlier.edition + 1)
    phase = Phase.objects.create(process=process, key="all", title="Allt", order=10)
    common = {"process": process, "phase": phase, "lane": "buyer", "lead_workdays": 5}
    steps = Step.objects.bulk_create(
        Step(key=f"s{process.edition}-{n}", order=n, title=name, **common) for n, name in enumerate(names(count))
    )
    Process.objects.filter(pk=process.pk).update(published_at=clock.now())
    stood_in = Step.objects.filter(process=earlier).order_by("order").first()
    for step in [stood_in, *steps]:
        run = Run.objects.create(process=step.process)
        Visit.objects.create(run=run, step=step, entered_by="system", due_on=clock.today())
    return "/arbetsmodellen/"


def steps_in_the_file(house, count):
    return f"{steps_in_force(house, count)}bild.svg"
