"""Parts of a drafted edition by the dozen, for test_every_page_costs.py."""

from insteg.core import clock
from insteg.process.models import Item, Move, Phase, Process, Run, Step, Visit
from tests.nets.rounds_by_the_dozen import names


def steps(house, count):
    """Each with an item, an arrow to the first step and one from there."""
    draft, first = house.model["draft"], house.parts["steps"]["draft"]
    so_far = Step.objects.filter(process=draft).count()
    common = {"process": draft, "phase": first.phase, "lane": "buyer", "lead_workdays": 5}
    made = Step.objects.bulk_create(
        Step(key=f"s{so_far + n}", order=500 + n, title=name, **common) for n, name in enumerate(names(count))
    )
    Item.objects.bulk_create(
        Item(step=step, key="x", order=10, text=step.title, lane="buyer", offset_workdays=9) for step in made
    )
    common = {"order": 10, "title": "Vidare"}
    Move.objects.bulk_create(
        move
        for step in made
        for move in (
            Move(source=step, target=first, key="x", **common),
            Move(source=first, target=step, key=step.key, **common),
        )
    )


def steps_to_read(house, count):
    steps(house, count)
    return f"/arbetsmodellen/processer/{house.model['draft'].pk}/"


def steps_to_publish(house, count):
    return f"{steps_to_read(house, count)}publicera/"


def arrows_to_a_step(house, count):
    steps(house, count)
    return f"/arbetsmodellen/processer/steg/{house.parts['steps']['draft'].pk}/ta-bort/"


def followed_editions(house, count):
    """Each of one step, with a case that follows it."""
    newest = Process.objects.filter(kind="procurement").latest("edition").edition
    for edition in range(newest + 1, newest + 1 + count):
        process = Process.objects.create(kind="procurement", edition=edition)
        phase = Phase.objects.create(process=process, key="all", title="Allt", order=10)
        common = {"phase": phase, "lane": "buyer", "lead_workdays": 5}
        step = Step.objects.create(process=process, key="all", order=10, title="Allt", **common)
        Process.objects.filter(pk=process.pk).update(published_at=clock.now())
        run = Run.objects.create(process=process)
        Visit.objects.create(run=run, step=step, entered_by="system", due_on=clock.today())
    return f"/arbetsmodellen/processer/{house.model['procurement'].pk}/"


def followed_kinds(house, count):
    followed_editions(house, count)
    return "/arbetsmodellen/processer/"
