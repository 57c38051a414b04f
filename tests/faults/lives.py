"""What people do in the product, form after form: each part leaves things so that it can be done again."""

import re
from uuid import uuid4

from tests.faults.load import FACTS
from tests.faults.walking import key_in

PLAN_HEADINGS = "Upphandling;Värde (tkr);Avtalstid;Start\r\n"
PLAN = PLAN_HEADINGS + "Plan {};3500;24 mån;2028-09-01\r\n"
REGISTER = "Avtalsnummer;Avtal;Leverantör;Startdatum;Slutdatum\r\nR-{0};Register {0};Bygg AB;2024-01-01;2031-12-31\r\n"
PASSWORD = "tre gula cyklar i regn"
SOON, LATER = "2028-05-05", "2028-06-07"
MODEL, CASES = "/arbetsmodellen", "/arbetsmodellen/arende"


def reported(walk, title, who="park", where="Park", **facts):
    """The id of a new planned procurement."""
    made = walk.send(who, f"/planerade/ny/{walk.city.org[where]}/", title=f"{title} {walk.number}", **facts)
    return key_in(made)


def case_of(walk, planned):
    return walk.one("SELECT run_id FROM inventory_plannedprocurement WHERE id = %s", planned)


def a_planned_procurement(walk):
    row = f"/planerade/{reported(walk, 'Städning', **FACTS)}"
    walk.send("park", f"{row}/andra/", months="30")
    walk.send("ue", f"{row}/platser/", places_set="2", places_reason="Liten grupp")
    walk.send("ue", f"{row}/platser/folj/")
    walk.send("park", f"{row}/yrken/", none_needed="on")
    walk.send("park", f"{row}/yrken/forslag/")
    walk.send("park", f"{row}/dra-tillbaka/", withdrawn_as="cancelled", withdrawn_reason="Behovet finns inte")
    walk.send("park", f"{row}/aterta/")


def a_case(walk):
    case = f"{CASES}/{case_of(walk, reported(walk, 'Ärende'))}"
    walk.send("park", f"{case}/ta/")
    walk.send("park", f"{case}/lamna/")
    walk.send("park", f"{case}/datum/", due_on=SOON, reason="Semester")
    walk.send("ue", f"{case}/flytta/as_it_is/", why="Det räcker så")
    walk.send("ue", f"{case}/flytta/to_steering/")


def a_decision(walk):
    """Laid before the group at its meeting, decided on, noted for the minutes, and answered for in the case."""
    planned = reported(walk, "Beslut", **FACTS)
    walk.send("ue", f"/styrgruppen/underlag/{walk.city.agendas['begun']}/lagg-fram/", rows=[planned])
    point = walk.one("SELECT id FROM steering_agendaitem WHERE planned_id = %s", planned)
    walk.send("styr", f"/styrgruppen/punkt/{point}/beslut/", choice="require", consideration="employment", why="Nära")
    walk.send("ue", f"/styrgruppen/punkt/{point}/anteckning/", having="note", note="Alla var eniga")
    case = f"{CASES}/{case_of(walk, planned)}"
    walk.send("ue", f"{case}/punkt/decision_told/", said="done", note="Ringde")
    walk.send("ue", f"{case}/punkt/decision_told/", said="")


def several_cases(walk):
    pairs = []
    for title in ("Första", "Andra"):
        run = case_of(walk, reported(walk, title))
        visit = walk.one("SELECT id FROM process_visit WHERE run_id = %s AND left_at IS NULL", run)
        pairs.append(f"{run}:{visit}")
    walk.send("ue", f"{MODEL}/steg/planned_procurement/report/flytta/as_it_is/", cases=pairs, why="Tillsammans")


def a_joint_procurement(walk):
    rows = [reported(walk, title, "ue", "Skola", shared="on") for title in ("Väktare", "Larm")]
    path = f"/planerade/gemensamma/ny/{walk.city.org['Stad']}/?rad={rows[0]}"
    made = walk.send("ue", path, title=f"Gemensam {walk.number}")
    joint = key_in(made)
    walk.send("ue", f"/planerade/{joint}/sla-ihop/?rad={rows[1]}", rows=[f"{rows[1]}:1"])
    for row in rows:
        walk.send("ue", f"/planerade/{row}/skilj/", reason="Olika krav")


def an_agreement(walk):
    made = walk.send(
        "park", f"/inventering/avtal/nytt/{walk.city.org['Park']}/", title=f"Avtal {walk.number}", ends_on="2028-12-31"
    )
    row = f"/inventering/avtal/{key_in(made)}"
    walk.send("park", f"{row}/andra/", supplier="Bygg AB")
    walk.send("park", f"{row}/inte-igen/", ended_reason="Vi gör det själva")
    walk.send("park", f"{row}/igen/")
    follows = key_in(walk.send("park", f"{row}/planera/"))
    walk.send("park", f"/inventering/avtal/koppling/{follows}/bort/")
    walk.send("park", f"{row}/redan-anmald/", planned=follows)
    walk.send("park", f"/inventering/avtal/koppling/{follows}/bort/")


def files_sent(walk):
    for name, path, content, done in (
        ("plan.csv", "/planerade/las-in", PLAN, "/planerade/plan"),
        ("avtal.csv", "/inventering/avtal/las-in", REGISTER, "/inventering/avtal/register"),
    ):
        for leave in (False, True):
            files = {"file": (name, content.format(uuid4().hex).encode())}  # no title looks like another
            sent = key_in(walk.send("park", f"{path}/{walk.city.org['Park']}/", files=files))
            walk.send("park", f"{done}/{sent}/avbryt/" if leave else f"{done}/{sent}/")


def a_round(walk):
    """Asked, answered and closed."""
    walk.send("ue", "/inventering/ny/", natures=["services", "works"])
    row = f"/inventering/{walk.newest('inventory_inventoryround')}"
    walk.send("ue", f"{row}/andra/", message="Hej", natures=["services", "works"])
    walk.send("ue", f"{row}/oppna/")
    asked = walk.one(
        "SELECT id FROM inventory_roundrequest WHERE organisation_id = %s AND unit_id IS NULL"
        " ORDER BY created_at DESC LIMIT 1", walk.city.org["El"],
    )  # fmt: skip
    answer = key_in(walk.send("ue", f"/inventering/svar/{asked}/inget/"))
    walk.send("ue", f"/inventering/skickat/{answer}/oppna/")
    walk.send("ue", f"/inventering/svar/{asked}/forlang/", extended_because="Sjukdom")
    walk.send("ue", f"/inventering/svar/{asked}/paminnelser/")
    walk.send("ue", f"{row}/stang/", without_all="on")
    walk.send("ue", f"{row}/oppna-igen/")
    walk.send("ue", f"{row}/stang/", without_all="on")
    walk.send("ue", "/inventering/ny/", natures=["services"])
    walk.send("ue", f"/inventering/{walk.newest('inventory_inventoryround')}/ta-bort/")


def a_need(walk):
    unit = f"/behov/enhet/{walk.city.units['ame']}"
    walk.send("ame", f"{unit}/nytt/", occupation=f"Bagare {walk.number}", not_listed="on", places="2", people="3",
              form="internship")  # fmt: skip
    need = f"/behov/{walk.newest('needs_publishedneed')}"
    walk.send("ame", f"{need}/andra/", people="4")
    walk.send("ame", f"{unit}/bekrafta/")
    walk.send("ame", f"{need}/avsluta/")
    walk.send("ame", f"{need}/ateruppta/")
    walk.send("ame", f"{need}/avsluta/")


def goals(walk):
    walk.send("mal", "/mal/ny-vision/", title=f"Vision {walk.number}")
    vision = walk.newest("steering_goal")
    walk.send("mal", f"/mal/{vision}/under/", title="Fler i arbete", level="goal")
    goal = walk.newest("steering_goal")
    walk.send("mal", f"/mal/{goal}/andra/", title="Ännu fler i arbete")
    walk.send("mal", f"/mal/{goal}/arsmal/", year="2027", measure="Upphandlingar", value="6")
    target = f"/mal/arsmal/{walk.newest('steering_target')}"
    walk.send("mal", f"{target}/andra/", value="7")
    walk.send("mal", f"{target}/ta-bort/")
    walk.send("mal", f"/mal/{goal}/avsluta/")
    walk.send("mal", f"/mal/{goal}/ateruppta/")


def an_occasion(walk):
    walk.send("mal", "/mal/tillfalle/", title=f"Årsredovisning {walk.number}", due_on=SOON)
    row = f"/mal/tillfalle/{walk.newest('steering_occasion')}"
    walk.send("mal", f"{row}/andra/", due_on=LATER)
    walk.send("mal", f"{row}/rapporterat/")
    walk.send("mal", f"{row}/oppna/")
    walk.send("mal", f"{row}/ta-bort/")


def an_organisation(walk):
    row = walk.send("admin", "/organisationer/ny/", name=f"Leverantör {walk.number}", kind="supplier").rstrip("/")
    walk.send("admin", f"{row}/andra/", name=f"Leverantören {walk.number}")
    walk.send("admin", f"{row}/ny-enhet/", name=f"Enhet {walk.number}")
    unit = f"/enheter/{walk.newest('organisations_unit')}"
    walk.send("admin", f"{unit}/andra/", name=f"Enheten {walk.number}")
    walk.send("admin", f"{unit}/stang/")
    walk.send("admin", f"{unit}/oppna/")
    walk.send("admin", f"{row}/stang/")
    walk.send("admin", f"{row}/oppna/")


def somebody_new(walk):
    path, email = f"/organisationer/{walk.city.org['Mat']}/bjud-in/", f"ny{walk.number}@mat.example"
    user = walk.send("admin", path, name="Nils Ny", email=email, role="supplier").rstrip("/")
    walk.send("admin", f"{user}/bjud-in-igen/")
    walk.send("admin", f"/inbjudningar/{walk.newest('organisations_invitation')}/aterkalla/")
    walk.send("admin", f"{user}/bjud-in-igen/")
    letter = walk.newest("mail_message", "body")
    link = re.search(r"(/inbjudan/\S+/)", letter)[1]
    walk.people.pop(None, None)  # a browser that nobody is signed in with
    walk.send(None, link, password=PASSWORD, again=PASSWORD, language="sv")
    walk.send("admin", f"{user}/andra/", name="Nils Nyman")
    walk.send("admin", f"{user}/stang/")
    walk.send("admin", f"{user}/oppna/")
    membership = f"/alla-uppdrag/{walk.newest('organisations_membership')}"
    walk.send("admin", f"{membership}/tid/", ends_on=LATER)
    walk.send("admin", f"{membership}/avsluta/")


def a_draft_of_the_model(walk):
    base = f"{MODEL}/processer"
    contract = walk.one("SELECT id FROM process_process WHERE kind = 'contract' ORDER BY edition LIMIT 1")
    draft = walk.send("admin", f"{base}/{contract}/utkast/").rstrip("/")
    walk.send("admin", f"{draft}/nytt/", note="Prövas")
    walk.send("admin", f"{draft}/ny-fas/", title="Samråd", order="990")
    phase = f"{base}/fas/{walk.newest('process_phase')}"
    walk.send("admin", f"{phase}/", title="Samråd igen")
    walk.send("admin", f"{phase}/ta-bort/")
    walk.send("admin", f"{draft}/nytt-steg/", title="Håll samråd", lead_workdays="5")
    step = f"{base}/steg/{walk.newest('process_step')}"
    walk.send("admin", f"{step}/", lead_workdays="6")
    walk.send("admin", f"{step}/ny-punkt/", text="Samrådet är hållet", offset_workdays="3")
    item = f"{base}/punkt/{walk.newest('process_item')}"
    walk.send("admin", f"{item}/", offset_workdays="4")
    walk.send("admin", f"{item}/ta-bort/")
    walk.send("admin", f"{step}/ny-pil/", title="Klart")
    arrow = f"{base}/pil/{walk.newest('process_move')}"
    walk.send("admin", f"{arrow}/", title="Helt klart")
    walk.send("admin", f"{arrow}/ta-bort/")
    walk.send("admin", f"{step}/ta-bort/")
    walk.send("admin", f"{draft}/ta-bort/")


def a_draft_of_the_rules(walk):
    base = f"{MODEL}/regelverk"
    in_force = walk.one("SELECT id FROM process_ruleset WHERE published_at IS NOT NULL ORDER BY edition DESC LIMIT 1")
    draft = key_in(walk.send("admin", f"{base}/{in_force}/utkast/"))
    walk.send("admin", f"{base}/{draft}/andra/", note="Prövas")
    walk.send("admin", f"{base}/{draft}/ta-bort/")
    draft = key_in(walk.send("admin", f"{base}/{in_force}/utkast/"))
    walk.send("admin", f"{base}/{draft}/publicera/")


def an_occupation(walk):
    walk.send("ue", f"{MODEL}/yrken/nytt/", cpv="9", occupation="9111 Städare")


def words_from_outside(walk):
    walk.send(None, "/tillganglighet/", text=f"Knappen syns inte {walk.number}")
    walk.send("admin", f"/tillganglighet/synpunkter/{walk.newest('home_feedback')}/", answer="Rättat")
    walk.send("admin", "/tillganglighet/redogorelse/", method=f"Egen granskning {walk.number}")


LIFE = [
    a_planned_procurement, a_case, a_decision, several_cases, a_joint_procurement, an_agreement, files_sent, a_need,
    goals, an_occasion, an_organisation, somebody_new, a_draft_of_the_model, a_draft_of_the_rules, words_from_outside,
    a_round,
]  # fmt: skip
