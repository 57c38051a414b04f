"""R80: by whatever model is published every case can come to its end, and whoever does what in whatever order leaves no
case in two places, nothing required behind, and no move unlogged."""

import datetime as dt
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.audit.models import Entry
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.actions import advance, answer_item, change_edition, take
from insteg.process.models import Item, ItemAnswer, Lane, Move, Run, Step, Visit
from insteg.process.queries.design import faults
from insteg.process.queries.standing import standings, steps_open_to
from tests.process.engine.model import BUYER, STEERING, UE, case, item, move, publish, step

WHO = {BUYER: "park", UE: "ue", STEERING: "styr"}  # who in the town holds which lane of Park's cases
END = "end"
SAYINGS = [("done", ""), ("not_needed", "Gäller inte"), ("not_needed", ""), ("", "")]
PHASES = [
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
    Phase.shrink,
]  # a fault is explained well enough by the smallest model
STRICT = settings(max_examples=40, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
LONG = settings(STRICT, max_examples=25)


@contextmanager
def undone():
    """Each example on the same ground."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- models


def arrows(targets, lanes, least):
    """The ways out of one step: where each leads, whose it is and what it asks."""
    return st.lists(
        st.fixed_dictionaries({
            "to": st.sampled_from(targets),
            "lane": st.sampled_from(["", *lanes]),
            "guards": st.sampled_from([[], [], ["start_told"]]),
            "reason_required": st.booleans(),
            "skips_items": st.booleans(),
        }),
        min_size=least,
        max_size=3,
    )  # fmt: skip


@st.composite
def models(draw, *, lanes=tuple(WHO), joined=False, most=4, least=0):
    """Any steps with any arrows between them; `joined`: each leads to the next at least, the last to the end."""
    count = draw(st.integers(1, most))
    names = [f"s{n}" for n in range(count)]
    told = []
    for n, name in enumerate(names):
        ways = [dict(each) for each in draw(arrows([*names, END], lanes, least))]
        if joined:
            ways.append({"to": (*names, END)[n + 1], "reason_required": draw(st.booleans())})
        exits = [move(f"m{i}", **({k: v for k, v in way.items() if v != END})) for i, way in enumerate(ways)]
        held = st.tuples(st.sampled_from(lanes), st.booleans())
        points = [item(f"i{i}", lane, required=must) for i, (lane, must) in enumerate(draw(st.lists(held, max_size=2)))]
        told.append(step(name, draw(st.sampled_from(lanes)), item=points, move=exits, lead=draw(st.integers(0, 9))))
    return told


def reached(begin, ahead):
    found, waiting = set(begin), [*begin]
    while waiting:
        new = ahead[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def every_walk_can_end(model):
    """By brute force: every step is come to, and from each one comes to the end."""
    ahead = {each["key"]: {way.get("to", END) for way in each["move"]} for each in model} | {END: set()}
    all_reached = reached([model[0]["key"]], ahead) >= ahead.keys() - {END}
    return all_reached and all(END in reached([key], ahead) for key in ahead)


def by_those_who_take_part(model):
    """Nothing waits for a party that holds no lane of this kind of case."""
    asked = {each["lane"] for told in model for each in [told, *told["move"]] if each.get("lane")}
    required = {each["lane"] for told in model for each in told["item"] if each["required"]}
    return asked | required <= WHO.keys()


@STRICT
@given(model=models(lanes=(*WHO, Lane.MATCHING.value)) | models(least=1, most=2))
def test_what_may_be_published_are_the_models_whose_every_walk_can_end(town, model):
    with undone():
        said = faults(publish(model, draft=True))
        assert (said == []) == (every_walk_can_end(model) and by_those_who_take_part(model)), said


# --- walks


class Walk:
    """One case of Park's, and what anyone may try to do with it."""

    def __init__(self, town, model, newer):
        self.town = town
        publish(model)
        self.row = case(town)
        self.run = Run.objects.get(pk=self.row.run_id)
        self.newer = [publish(each) for each in newer]
        self.seen = [self.open().pk]  # also those that were left, for whoever has an old page

    def open(self):
        return Visit.objects.select_related("step").filter(run=self.run).filter(left_at=None).first()

    def press(self, act, name, **data):
        act(actor=self.town.who[name], target=self.run, seen=None, **data)

    def something(self, draw):
        """Something that somebody presses or that happens, mostly what is possible. Only a no in words is no fault."""
        if draw(st.sampled_from([True, True, False])) and (visit := self.open()):
            self.sensible(draw, visit)
        else:
            self.wild(draw)

    def sensible(self, draw, visit):
        """Whoever may answers an item or takes a way, or the case goes over to the same step of the newer edition."""
        standing = standings([self.run.pk], SYSTEM)[self.run.pk]
        unanswered = [point.item for point in standing.points if point.answer is None]
        step = steps_open_to(visit.step, self.newer[0])[0]
        acts = [(answer_item, each.lane, {"item_key": each.key, "said": "done"}) for each in unanswered] or [
            (advance, way.lane, {"move_key": key, "why": "Därför"}) for key, way in standing.ways.items()
        ]
        acts.append((change_edition, visit.step.lane, {"process": self.newer[0], "step_key": step.key}))
        act, lane, data = draw(st.sampled_from(acts))
        self.press(act, WHO[lane], seen_visit=visit.pk, **data)

    def wild(self, draw):
        name = draw(st.sampled_from([*WHO.values(), "hus"]))
        seen = {"seen_visit": draw(st.sampled_from(self.seen[::-1]))}
        kind = draw(st.sampled_from(["advance", "advance", "answer", "answer", "edition", "take", "room"]))
        if kind == "advance":
            why = draw(st.sampled_from(["", "Därför"]))
            self.press(advance, name, move_key=f"m{draw(st.integers(0, 3))}", why=why, **seen)
        elif kind == "answer":
            said, note = draw(st.sampled_from(SAYINGS))
            key = f"i{draw(st.integers(0, 1))}"
            known = ItemAnswer.objects.filter(visit__left_at=None, item__key=key, visit__run=self.run).first()
            saw = draw(st.sampled_from([known and known.pk, None]))
            self.press(answer_item, name, item_key=key, said=said, note=note, seen_answer=saw, **seen)
        elif kind == "edition":
            process, key = draw(st.sampled_from(self.newer)), f"s{draw(st.integers(0, 2))}"
            self.press(change_edition, name, process=process, step_key=key, **seen)
        elif kind == "take":
            self.press(take, name, **seen)
        else:
            self.room(draw(st.sampled_from(["go_on", "close", "reopen", "told"])))

    def room(self, verb):
        if verb == "told":
            PlannedProcurement.objects.filter(pk=self.row.pk).update(start=dt.date(2028, 1, 1))
        elif verb == "go_on":
            flow.go_on([self.run.pk], "m0", actor=SYSTEM, because="inventory.change")
        else:
            getattr(flow, verb)([self.run.pk], actor=SYSTEM, because="inventory.change")

    def go(self, draw):
        before = self.told()
        try:
            with transaction.atomic():
                self.something(draw)
        except (Blocked, Refused, Stale, ValidationError):  # the last for an answer that lacks its reason
            assert self.told() == before
        now = self.open()
        if now and now.pk not in self.seen:
            self.seen.append(now.pk)
        after = self.told()
        assert (before.visits == after.visits) or after.entries > before.entries

    def told(self):
        return Told(self.run)


class Told:
    """Where the case has stood, and how many times the log names it."""

    def __init__(self, run):
        self.visits = [
            *Visit.objects.filter(run=run).order_by("entered_at").values("pk", "left_at", "left_move", "step")
        ]
        self.answers = [*ItemAnswer.objects.filter(visit__run=run).order_by("pk").values()]
        self.entries = Entry.objects.filter(subjects__model="process.Run", subjects__row=run.pk).distinct().count()

    def __eq__(self, other):
        return vars(self) == vars(other)


def has_one_history(run):
    """At most one open visit, the last; each move leads to where the next began; nothing required was left undone."""
    visits = [*Visit.objects.filter(run=run).select_related("step", "left_move").order_by("entered_at")]
    assert all(visit.left_at for visit in visits[:-1])
    for left, then in zip(visits, [*visits[1:], None], strict=True):
        if left.left_how == Visit.Left.MOVE:
            target = left.left_move.target_id
            assert (then and then.step_id) == target
            assert left.left_move.source_id == left.step_id
            required = Item.objects.filter(step=left.step_id, required=True).order_by("pk")
            undone_ = required.exclude(pk__in=ItemAnswer.objects.filter(visit=left).values("item"))
            assert left.left_move.skips_items or not undone_.exists()
            assert left.reason or not left.left_move.reason_required
        elif left.left_how == Visit.Left.CLOSED:
            assert then is None or then.step_id == left.step_id
        elif left.left_how == Visit.Left.EDITION:
            assert then is not None
            assert then.step.process_id != left.step.process_id
            kept = Step.objects.filter(process=then.step.process_id, key=left.step.key).exists()
            assert then.step.key == left.step.key or not kept
    last = visits[-1]
    assert last.left_at or last.step.process_id == Run.objects.get(pk=run.pk).process_id


def comes_to_its_end(walk):
    """Those whose move it is answer what is asked and take the shortest way out."""
    walk.room("reopen")
    walk.room("told")
    while visit := walk.open():
        points = {
            (point.item.key, WHO[point.item.lane])
            for point in standings([walk.run.pk], SYSTEM)[walk.run.pk].points
            if point.answer is None
        }
        for key, name in sorted(points):
            walk.press(answer_item, name, item_key=key, said="done", seen_visit=visit.pk)
        way = shortest(visit.step)
        name = WHO[way.lane or visit.step.lane]
        walk.press(advance, name, move_key=way.key, why="Därför", seen_visit=visit.pk)


def shortest(here):
    """The first arrow of the shortest way from the step to the end."""
    moves = [*Move.objects.filter(source__process=here.process_id).order_by("pk")]
    away, first = {None: 0}, {}
    for distance in range(len(moves) + 1):
        for each in moves:
            if each.source_id not in away and away.get(each.target_id) == distance:
                away[each.source_id], first[each.source_id] = distance + 1, each
    return first[here.pk]


@LONG
@given(
    model=models(joined=True, most=3),
    newer=st.lists(models(joined=True, most=3), min_size=1, max_size=1),
    data=st.data(),
)
def test_whatever_anyone_does_each_case_has_one_history_and_comes_to_its_end(town, model, newer, data):
    with undone():
        walk = Walk(town, model, newer)
        for _each in range(data.draw(st.integers(3, 10))):
            walk.go(data.draw)
        has_one_history(walk.run)
        ended = walk.told()
        comes_to_its_end(walk)
        assert walk.open() is None
        has_one_history(walk.run)
        assert walk.told().entries >= ended.entries
