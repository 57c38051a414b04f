"""R80: the administrator changes the model in a draft, and what is published stays as it is."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.organisations.models import Membership
from insteg.process import actions, flow
from insteg.process.models import Item, Kind, Lane, Move, Phase, Process, Step
from insteg.process.queries.design import edition
from insteg.process.queries.standing import standings

IN_FORCE = {"kind": Kind.PLANNED_PROCUREMENT, "edition": 1}
STEP = {"title": "Samråd med facken", "text": "", "lane": Lane.PROCUREMENT_UNIT, "lead_workdays": 15}
ITEM = {"text": "Facken har svarat", "lane": Lane.PROCUREMENT_UNIT, "offset_workdays": 10, "required": True}
MOVE = {
    "title": "Samråd behövs", "to": None, "begins": "", "lane": "", "guards": [], "reason_required": False,
    "skips_items": False,
}  # fmt: skip
PARTS = (Phase, Step, Item, Move)


@pytest.fixture
def admin(town):
    return town.who["admin"]


@pytest.fixture
def published(town):
    return Process.objects.get(**IN_FORCE)


@pytest.fixture
def draft(admin, published):
    return actions.draft_process(actor=admin, target=published, seen=None)


def do(verb, admin, target, **said):
    return getattr(actions, verb)(actor=admin, target=target, seen=None, **said)


def step(process, key):
    return process.steps.get(key=key)


def words(part):
    """All that a part says, with what it hangs on by their keys."""
    return {
        name: getattr(value, "key", value)
        for name in type(part).Privacy.plain - {"process"}
        for value in [getattr(part, name)]
    }


def whole(process):
    found = edition(process)
    hung = [*found.items.values(), *found.moves.values()]
    return [words(part) for part in (*found.phases, *found.steps, *(each for parts in hung for each in parts))]


def keys(parts):
    return [*parts.order_by("order", "key").values_list("key", flat=True)]


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_begins_with_all_that_holds(admin, kind):
    process = Process.objects.get(kind=kind)
    draft = do("draft_process", admin, process)
    assert (draft.kind, draft.edition, draft.note, draft.published_at) == (kind, 2, "", None)
    assert whole(draft) == whole(process)
    assert not {part.pk for part in edition(draft).rows} & {part.pk for part in edition(process).rows}
    assert all(
        move.target.process_id == draft.pk for moves in edition(draft).moves.values() for move in moves if move.target
    )


def test_there_is_one_draft_of_each_kind(admin, published, draft):
    with pytest.raises(ValidationError, match="Det finns redan ett utkast"):
        do("draft_process", admin, published)
    do("draft_process", admin, Process.objects.get(kind=Kind.CONTRACT))


def test_a_step_is_put_where_it_is_wanted_and_found_by_its_own_key(admin, draft):
    was = keys(draft.steps)
    first, second = (step(draft, key) for key in was[:2])
    made = do("add_step", admin, draft, after=first, phase=first.phase, **STEP)
    assert made.key == "samrad_med_facken"
    assert keys(draft.steps) == [was[0], "samrad_med_facken", *was[1:]]
    do("change_step", admin, made, after=None, title="Samråd")
    assert keys(draft.steps) == ["samrad_med_facken", *was]
    do("change_step", admin, made, after=second)
    made.refresh_from_db()
    assert (made.key, made.title) == ("samrad_med_facken", "Samråd")  # the key follows it, not its name
    assert keys(draft.steps) == [was[0], was[1], "samrad_med_facken", *was[2:]]
    again = do("add_step", admin, draft, after=made, phase=first.phase, **STEP)
    assert again.key == "samrad_med_facken_2"
    assert do("add_step", admin, draft, after=None, phase=first.phase, **STEP | {"title": "???"}).key == "steg"


def test_what_stays_in_its_place_keeps_its_number(admin, draft):
    second = step(draft, "assess")
    do("change_step", admin, second, after=step(draft, "report"), lead_workdays=31)
    assert Entry.objects.latest("pk").changed == ["lead_workdays"]


def test_items_and_arrows_are_added_changed_and_taken_away(admin, draft):
    report = step(draft, "report")
    item = do("add_item", admin, report, after=None, **ITEM)
    later = do("add_item", admin, report, after=item, **ITEM | {"text": "Svaret är läst"})
    do("change_item", admin, item, after=later, required=False)
    assert keys(report.items) == ["svaret_ar_last", "facken_har_svarat"]
    assert not report.items.get(key="facken_har_svarat").required
    do("remove_item", admin, later)
    assert keys(report.items) == ["facken_har_svarat"]
    move = do("add_move", admin, report, after=None, **MOVE | {"to": step(draft, "decide")})
    assert keys(report.exits)[0] == move.key == "samrad_behovs"
    do("change_move", admin, move, after=report.exits.get(key="reported"), guards=["facts_told"], to=None)
    move.refresh_from_db()
    assert (move.guards, move.target) == (["facts_told"], None)
    assert keys(report.exits)[:2] == ["reported", "samrad_behovs"]
    do("remove_move", admin, move)
    assert "samrad_behovs" not in keys(report.exits)


def test_arrows_to_a_step_go_with_it(admin, draft):
    do("remove_step", admin, step(draft, "decide"))
    assert not step(draft, "assess").exits.filter(key="to_steering").exists()
    assert not Item.objects.filter(step__key="decide", step__process=draft).exists()
    assert Move.objects.filter(source__process__edition=1, target__key="decide").exists()


def test_a_phase_is_taken_away_when_nothing_is_left_in_it(admin, draft):
    with pytest.raises(Blocked, match="Det finns steg i fasen"):
        do("remove_phase", admin, draft.phases.get())
    made = do("add_phase", admin, draft, title="Samråd", order=15)
    do("change_phase", admin, made, title="Samråd med parterna", order=12)
    assert keys(draft.phases) == ["foresight", "samrad"]
    do("remove_phase", admin, made)
    assert keys(draft.phases) == ["foresight"]


def test_a_phase_of_the_same_name_is_the_same_column(admin, draft):
    assert do("add_phase", admin, draft, title="dialog och KRAV", order=20).key == "dialogue"


def test_nothing_of_another_edition_is_chosen(admin, published, draft):
    report = step(draft, "report")
    with pytest.raises(Blocked, match="finns inte i utkastet"):
        do("change_step", admin, report, after=None, phase=published.phases.get())
    with pytest.raises(Blocked, match="finns inte i utkastet"):
        do("add_move", admin, report, after=None, **MOVE | {"to": step(published, "decide")})
    with pytest.raises(Blocked, match="finns inte kvar"):
        do("change_step", admin, report, after=step(published, "decide"))


def test_only_what_an_administrator_decides_can_be_said(admin, draft):
    with pytest.raises(TypeError, match="key"):
        do("change_step", admin, step(draft, "report"), after=None, key="other")


def test_someone_else_was_there_first(admin, draft, town):
    report = step(draft, "report")
    actions.change_step(actor=admin, target=report, seen=1, after=None, title="Berätta")
    with pytest.raises(Stale):
        actions.change_step(actor=town.who["admin2"], target=report, seen=1, after=None, title="Anmäl")


def test_the_log_tells_the_draft_as_well(admin, draft):
    do("change_step", admin, step(draft, "report"), after=None, title="Berätta")
    told = Entry.objects.latest("pk")
    assert (told.action, told.changed) == ("process.change_step", ["title"])
    assert {draft.pk, step(draft, "report").pk} == {*told.subjects.values_list("row", flat=True)}


def test_a_draft_is_taken_away_whole(admin, published, draft):
    do("discard_process", admin, draft)
    assert not Process.objects.filter(pk=draft.pk).exists()
    assert whole(published)
    assert do("draft_process", admin, published).edition == 2


def publish(admin, draft):
    draft.refresh_from_db()
    return do("publish_process", admin, draft, shown=edition(draft).seal)


def test_what_cannot_be_walked_is_not_published(admin, draft):
    do("change_step", admin, step(draft, "report"), after=step(draft, "feed_back_no"))
    with pytest.raises(Blocked) as stopped:
        publish(admin, draft)
    assert stopped.value.args == (
        "Inget ärende kan komma till steget ”Anmäl det som kommer”. Led en pil dit, eller ta bort steget.",
    )
    draft.refresh_from_db()
    assert draft.published_at is None


def test_what_was_not_read_is_not_published(admin, draft):
    seen = edition(draft).seal
    do("add_item", admin, step(draft, "report"), after=None, **ITEM)
    with pytest.raises(Blocked, match="Utkastet har ändrats sedan sidan visades"):
        do("publish_process", admin, draft, shown=seen)


def test_a_party_without_anybody_stops_the_publishing(admin, draft):
    Membership.objects.filter(role="steering").update(ended_at=clock.now())
    with pytest.raises(Blocked, match="görs av Styrgruppen, där ingen har ett uppdrag i dag"):
        publish(admin, draft)


def test_new_cases_follow_the_new_model_and_old_ones_theirs(town, admin, published, draft):
    """A new item, a longer lead time, a step with another name and a guard on an arrow, all in one edition."""
    ue = town.who["ue"]
    [old] = flow.start(Kind.PLANNED_PROCUREMENT, actor=ue)
    report, assess = step(draft, "report"), step(draft, "assess")
    do("add_item", admin, report, after=None, **ITEM)
    do("change_step", admin, report, after=None, title="Berätta vad som kommer", lead_workdays=15)
    arrow = assess.exits.get(key="to_steering")
    do("change_move", admin, arrow, after=None, to=arrow.target, guards=["start_told"])
    do("note_process", admin, draft, note="Facken får svara.")
    [between] = flow.start(Kind.PLANNED_PROCUREMENT, actor=ue)
    publish(admin, draft)
    [new] = flow.start(Kind.PLANNED_PROCUREMENT, actor=ue)
    found = standings([old.pk, between.pk, new.pk], ue)
    for case in (old, between):
        assert case.process == published
        assert found[case.pk].step.title == "Anmäl det som kommer"
        assert found[case.pk].points == []
    assert new.process == draft
    assert found[new.pk].step.title == "Berätta vad som kommer"
    assert [point.item.text for point in found[new.pk].points] == ["Facken har svarat"]
    assert found[new.pk].visit.due_on > found[old.pk].visit.due_on
    assert step(published, "assess").exits.get(key="to_steering").guards == []
    assert Process.objects.in_force().get(kind=Kind.PLANNED_PROCUREMENT).note == "Facken får svara."


PARTS_OF = {
    "phase": lambda process: process.phases.first(),
    "step": lambda process: process.steps.first(),
    "item": lambda process: Item.objects.filter(step__process=process).first(),
    "move": lambda process: Move.objects.filter(source__process=process).first(),
}


@pytest.mark.parametrize("verb", [
    "note_process", "publish_process", "discard_process", "add_phase", "add_step", "change_phase", "remove_phase",
    "change_step", "remove_step", "add_item", "add_move", "change_item", "remove_item", "change_move", "remove_move",
])  # fmt: skip
def test_nobody_touches_what_is_published(admin, published, verb):
    what = verb.split("_")[1] if verb.startswith(("change", "remove")) else "step"
    about_process = {"note_process", "publish_process", "discard_process", "add_phase", "add_step"}
    target = published if verb in about_process else PARTS_OF[what](published)
    was = whole(published)
    with pytest.raises(Refused):
        do(verb, admin, target)
    assert whole(published) == was


def by_save(part):
    part.save()


def by_update(part):
    type(part)._base_manager.filter(pk=part.pk).update(key="other")


def by_bulk(part):
    type(part).objects.bulk_update([part], ["key"])


def by_delete(part):
    type(part)._base_manager.filter(pk=part.pk)._raw_delete("default")


def by_adding(part):
    part.pk, part.key, part._state.adding = None, "other", True
    type(part).objects.bulk_create([part])


@pytest.mark.parametrize("road", [by_save, by_update, by_bulk, by_delete, by_adding])
@pytest.mark.parametrize("part", PARTS_OF)
def test_the_database_keeps_what_is_published(town, admin, draft, part, road):
    """Also what an administrator has published, by every road there is."""
    publish(admin, draft)
    with pytest.raises(IntegrityError, match="changed by a new edition"), transaction.atomic():
        road(PARTS_OF[part](draft))
