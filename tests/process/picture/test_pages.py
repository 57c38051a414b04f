"""What the page says of the model in force, and of the cases in it."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from insteg.core import clock
from insteg.process.cards.picture import late_text, picture_of, picture_svg
from insteg.process.models import Move, Phase, Process, Run, Step, Visit
from insteg.process.queries.picture import Tally, model, tallies

pytestmark = pytest.mark.one_database

PICTURE = "/arbetsmodellen/"
SVG = "{http://www.w3.org/2000/svg}"


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def in_force(*kinds):
    found = Process.objects.in_force()
    return model(found.filter(kind__in=kinds) if kinds else found)


def step_of(kind, key):
    return Step.objects.get(process__in=Process.objects.in_force(), process__kind=kind, key=key)


def stand(step, *, late=0, soon=0):
    """So many cases in a step: some that should have been ready yesterday, others that are to be so today."""
    today = clock.today()
    for due_on in [today - dt.timedelta(days=1)] * late + [today] * soon:
        run = Run.objects.create(process=step.process)
        Visit.objects.create(run=run, step=step, entered_by="system", due_on=due_on)


def next_edition(kind, *, without=(), titles=None):
    """The edition in force once more, less some steps and with other names, published."""
    old = Process.objects.in_force().get(kind=kind)
    new = Process.objects.create(kind=kind, edition=old.edition + 1)
    phases = {
        p.key: Phase.objects.create(process=new, key=p.key, title=p.title, order=p.order) for p in old.phases.all()
    }
    steps = {}
    for step in old.steps.exclude(key__in=without).select_related("phase"):
        steps[step.key] = Step.objects.create(
            process=new, phase=phases[step.phase.key], key=step.key, order=step.order, lane=step.lane,
            title=(titles or {}).get(step.key, step.title), lead_workdays=step.lead_workdays,
        )  # fmt: skip
    for move in Move.objects.filter(source__process=old).select_related("source", "target").order_by("order"):
        target = steps.get(move.target.key) if move.target else None
        if move.source.key in steps and (target or not move.target):
            Move.objects.create(
                source=steps[move.source.key], target=target, key=move.key, order=move.order, title=move.title,
                begins=move.begins, skips_items=move.skips_items,
            )  # fmt: skip
    Process.objects.filter(pk=new.pk).update(published_at=clock.now())
    return new


@pytest.fixture
def nobody(db):
    """No case stands anywhere."""
    Visit.objects.filter(left_at=None).update(left_at=clock.now(), left_by="system", left_how="closed")


def test_everyone_with_an_account_sees_the_whole_model(as_, town):
    titles = [*Step.objects.filter(process__in=Process.objects.in_force()).values_list("title", flat=True)]
    for name in ("ue", "park", "ame", "chef", "styr", "mal", "admin", "af", "bistand", "bygg"):
        page = text(as_(name).get(PICTURE))
        assert all(title in page for title in titles)
        assert ("Regelverket: när" in page) == (name not in ("af", "bistand", "bygg"))


def test_the_menu_leads_to_the_picture_and_it_on_to_processes_and_rule_sets(as_, town):
    assert 'href="/arbetsmodellen/"' in text(as_("styr").get("/"))
    page = text(as_("styr").get(PICTURE))
    assert 'href="/arbetsmodellen/regelverk/"' in page
    assert 'href="/arbetsmodellen/processer/"' in page


def test_each_step_says_how_many_cases_it_has_and_how_many_are_late(as_, town, nobody):
    stand(step_of("planned_procurement", "decide"), late=2, soon=10)
    stand(step_of("contract", "judge"), late=1)
    board = as_("styr").get(PICTURE).context["board"]
    decide = board.steps["planned_procurement-decide"]
    assert (decide.now, decide.late) == (12, 2)
    assert decide.label == "Besluta om krav, Styrgruppen: 12 upphandlingar, 2 sena"
    assert decide.figures[0].href == "/arbetsmodellen/steg/planned_procurement/decide/"
    assert board.steps["contract-judge"].label.endswith(": 1 avtal, 1 sen")
    assert board.lead == "Just nu är 13 ärenden på väg. Tre är sena, flest i steget ”Besluta om krav”."
    assert {key for key, step in board.steps.items() if step.now} == {"planned_procurement-decide", "contract-judge"}


def test_a_case_that_is_due_today_is_not_late(nobody):
    stand(step_of("contract", "judge"), soon=1)
    assert tallies()["contract", "judge"] == Tally("Samlad bedömning", 1, 0)


def test_the_lead_says_how_it_is(nobody, town):
    assert picture_of(in_force(), {}).lead.startswith("Inget ärende är på väg just nu.")
    few = {("contract", "judge"): Tally("Bedöm", 1, 0)}
    assert picture_of(in_force(), few).lead == "Just nu är ett ärende på väg, och inget är sent."
    one = {("contract", "judge"): Tally("Bedöm", 4, 1)}
    said = picture_of(in_force(), one).lead
    assert said == "Just nu är 4 ärenden på väg. Ett är sent, i steget ”Samlad bedömning”."
    two = {("contract", "judge"): Tally("Bedöm", 4, 2)}
    assert picture_of(in_force(), two).lead.endswith("Två är sena, alla i steget ”Samlad bedömning”.")


def test_one_place_is_shown_too(as_, town, nobody):
    """Places are business facts, also when there is only one (the words after R82)."""
    stand(step_of("internship", "introduce"), late=1)
    page = text(as_("bygg").get(PICTURE))
    assert "Introduktion, två veckor, Leverantören: 1 praktikplats, 0 anställningar, 1 sen" in page


def test_steps_that_both_kinds_of_places_share_are_one_box_that_tells_of_both(town, nobody):
    stand(step_of("internship", "carry_out"), soon=3)
    stand(step_of("employment", "carry_out"), late=2)
    board = picture_of(in_force(), tallies())
    shared = board.steps["internship-carry_out"]
    assert [figure.text for figure in shared.figures] == ["3 praktikplatser", "2 anställningar"]
    assert (shared.now, shared.late) == (5, 2)
    assert "employment-carry_out" not in board.steps
    # To prepare is called by other names, so those are two.
    assert {"internship-prepare", "employment-prepare"} < board.steps.keys()


def test_cases_of_earlier_editions_are_counted_with_the_step_of_today(town, nobody):
    stand(step_of("contract", "judge"), late=1, soon=1)
    next_edition("contract", titles={"judge": "Bedöm allt"})
    stand(step_of("contract", "judge"), soon=4)
    board = picture_of(in_force(), tallies())
    judge = board.steps["contract-judge"]
    assert (judge.title, judge.now, judge.late) == ("Bedöm allt", 6, 1)
    assert board.gone == []


def test_a_case_in_a_step_that_is_gone_is_never_lost(as_, town, nobody):
    stand(step_of("contract", "profile"), late=1, soon=1)
    next_edition("contract", without=["profile"])
    response = as_("ue").get(PICTURE)
    gone = response.context["board"].gone
    assert [(each.title, each.now, each.late) for each in gone] == [("Slå fast kompetensprofilen", 2, 1)]
    assert "Steg som inte längre finns" in text(response)
    assert 'href="/arbetsmodellen/steg/contract/profile/"' in text(response)
    assert response.context["board"].lead.startswith("Just nu är 2 ärenden på väg. Ett är sent")


def test_columns_and_lanes_are_those_of_all_kinds_together(town):
    board = picture_of(in_force())
    phases = [phase.title for phase in board.phases]
    assert phases == [
        "Framförhållning", "Dialog och krav", "Upphandling", "Avtalsgrupp", "Matchning", "Plats", "Uppföljning",
    ]  # fmt: skip
    lanes = [" ".join(line.text for line in band.lines) for band in board.paper.drawn.bands]
    assert lanes[0] == "Styrgruppen"
    assert lanes[-1] == "Deltagaren"
    assert "Arbetsförmedlingen" not in lanes, "nobody there has a step of their own"


def test_arrows_within_kinds_and_on_to_the_next(town):
    board = picture_of(in_force())
    drawn = {(edge.source, edge.target): edge for edge in board.composition.edges}
    assert ("planned_procurement-report", "planned_procurement-assess") in drawn
    assert ("planned_procurement-feed_back", "procurement-start") in drawn
    assert ("contract-deliver", "internship-find") in drawn, "two kinds of places begin with the same box"
    back = [edge for edge in drawn.values() if edge.back]
    assert [(edge.source, edge.target) for edge in back] == [("contract-judge", "planned_procurement-report")]
    assert back[0].label == "Ta med erfarenheterna till nästa runda"
    # To break off is told, not drawn; an arrow to the step itself neither.
    assert not any(source == target for source, target in drawn)
    assert ("contract-profile", "contract-report") not in drawn
    assert "Avtalet upphör i förtid" in board.steps["contract-profile"].others
    assert "Avbryt upphandlingen" in board.steps["procurement-publish"].others
    assert board.steps["planned_procurement-decide"].leads == [
        "Återkoppla att krav ska ställas", "Återkoppla att krav inte ställs", "Sammanställ och bedöm",
    ]  # fmt: skip


def test_one_kind_is_drawn_by_itself_also_when_it_is_not_finished(town):
    draft = Process.objects.create(kind="procurement", edition=9)
    board = picture_of(model([draft]))
    said = render_to_string("process/_picture.html", {"board": board, "heading": "Utkastet"})
    assert "Det finns inga steg att visa än" in said
    assert "<svg" not in said
    phase = Phase.objects.create(process=draft, key="all", title="Allt", order=1)
    common = {"process": draft, "phase": phase, "lane": "buyer", "lead_workdays": 1}
    first = Step.objects.create(key="first", order=1, title="Först", **common)
    Step.objects.create(key="alone", order=2, title="Dit leder inget", **common)
    Move.objects.create(source=first, target=first, key="round", order=1, title="Runt")
    board = picture_of(model([draft]))
    said = render_to_string("process/_picture.html", {"board": board, "heading": "Utkastet"})
    assert said.count('class="g-box"') == 4, "twice, for the screen and for paper"
    assert 'href="#steg-procurement-alone"' in said
    assert "g-pill" not in said
    assert "g-empty" not in said, "nothing is said of cases where none are counted"


def test_links_of_the_picture_come_in_the_order_of_the_work(as_, town):
    page = as_("ue").get(PICTURE).content.decode()
    drawing = page[page.index("<svg\n") : page.index("</figure>")]
    order = [drawing.index(f'href="/arbetsmodellen/steg/{step}/"') for step in (
        "planned_procurement/report", "planned_procurement/decide", "procurement/start", "procurement/tenders",
        "contract/profile", "contract/judge",
    )]  # fmt: skip
    assert order == sorted(order)


def test_the_picture_is_told_to_those_who_do_not_see_it(as_, town):
    board = as_("ue").get(PICTURE).context["board"]
    assert board.desc.startswith("6 banor, en för varje part, och 7 faser.")
    page = text(as_("ue").get(PICTURE))
    assert 'role="group" aria-labelledby="process-t process-d"' in page
    assert page.count(f'<desc id="process-d">{board.desc}</desc>') == 1


def test_all_that_is_drawn_is_said_in_words_too(as_, town, nobody):
    """The page without its stylesheet, or read aloud: the list has every figure, party and arrow."""
    stand(step_of("procurement", "tenders"), late=2, soon=1)
    page = text(as_("ue").get(PICTURE))
    words = page[page.index('id="steps"') :]
    tenders = words[words.index('id="steg-procurement-tenders"') :][:1500]
    for said in ("Lämna anbud", "Leverantören", "3 upphandlingar", "2 sena", "Leder till: Utvärdera och tilldela",
                 "Andra vägar: Avbryt upphandlingen"):  # fmt: skip
        assert said in tenders


def test_a_large_number_stays_within_its_box(town, nobody):
    tally = Tally("", 100_000, 100_000)
    board = picture_of(in_force(), {(step.process.kind, step.key): tally for step in in_force().steps})
    for view in (board.screen, board.paper):
        for place, step, pills in view.boxes:
            assert [pill.text for pill in pills] == [pills[0].text, late_text(step.late)]
            assert all(place.x <= pill.x and pill.x + pill.width <= place.right for pill in pills)
            one, other = pills
            assert other.x + other.width <= one.x or one.y + 20 <= other.y, "they lie on each other"


def test_the_file_stands_alone(as_, town):
    response = as_("mal").get("/arbetsmodellen/bild.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'attachment; filename="arbetsmodellen.svg"'
    drawing = ElementTree.fromstring(response.content.decode())
    assert drawing.tag == f"{SVG}svg"
    assert drawing.find(f"{SVG}style") is not None
    assert drawing.find(f"{SVG}title").text == "Arbetsmodellen: vem gör vad, och när"
    assert not [each for each in drawing.iter() if each.tag == f"{SVG}script"]
    assert not [name for each in drawing.iter() for name in each.attrib if "href" in name or name.startswith("on")]


def test_names_are_escaped_in_the_file_and_on_the_page(as_, town):
    next_edition("contract", titles={"judge": "</text><script>alert(1)</script>&amp;"})
    said = picture_svg(picture_of(in_force("contract"), {}), "Bild")
    drawing = ElementTree.fromstring(said)
    assert not [each for each in drawing.iter() if each.tag == f"{SVG}script"]
    assert "<script>alert" not in as_("ue").get(PICTURE).content.decode()


def test_a_thousand_cases_cost_as_many_questions_as_one(as_, town, nobody):
    client, step = as_("styr"), step_of("contract", "judge")
    stand(step, late=1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PICTURE)
    run = [Run(process=step.process) for _n in range(1000)]
    Run.objects.bulk_create(run)
    Visit.objects.bulk_create(Visit(run=each, step=step, entered_by="system", due_on=clock.today()) for each in run)
    with CaptureQueriesContext(connection) as many:
        page = text(client.get(PICTURE))
    assert "1 001 avtal" in page
    asked = [[query["sql"] for query in each if "process_" in query["sql"]] for each in (few, many)]
    assert len(asked[0]) == len(asked[1]) == 6
    assert sum("process_visit" in sql for sql in asked[1]) == 1


def test_it_can_be_read_in_english(town, nobody):
    stand(step_of("contract", "judge"), late=1)
    with translation.override("en"):
        board = picture_of(in_force(), tallies())
        assert board.lead == "One case is under way just now. One is late, in the step “Samlad bedömning”."
        assert board.steps["contract-judge"].label == "Samlad bedömning, Steering group: 1 agreement, 1 late"
        assert board.desc.startswith("6 lanes, one for each party, and 7 phases.")
