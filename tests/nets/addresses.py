"""Every address and what each person gets: GET, and POST with nothing in it.

`{t}` is the furnished town. The same route may stand several times, with other rows of the town.
"""

from tests.nets.address_rows import NEVER, NO_ONE, SIGNED_IN, Row, admins, form
from tests.nets.mode_addresses import MODE
from tests.nets.pack_addresses import PACK
from tests.nets.people import CITY, ROLES, by, public
from tests.nets.steering_addresses import GOALS, GROUP, MEETINGS
from tests.nets.told_addresses import TOLD

REPORTERS = {"procurement_unit": 200, "procuring": 200}
P, H, PW = "{t.planned[p].pk}", "{t.planned[h].pk}", "{t.planned[pw].pk}"
PARK, HUS, MAT = "{t.org[Park].pk}", "{t.org[Hus].pk}", "{t.org[Mat].pk}"
SEEN = dict.fromkeys(("coach", "unit_manager", "steering"), 403)  # may see it, but not do this


HOME = [
    Row("", "/", SIGNED_IN, NEVER),
    Row("tillganglighet/", "/tillganglighet/", public(200), public(422)),
    Row("tillganglighet/tack/", "/tillganglighet/tack/", public(200), NO_ONE),
    admins("tillganglighet/redogorelse/", "/tillganglighet/redogorelse/", rest=403),
    Row("tillganglighet/synpunkter/", "/tillganglighet/synpunkter/", by(403, administrator=200), NEVER),
    admins("tillganglighet/synpunkter/<uuid:pk>/", "/tillganglighet/synpunkter/{t.remarks[new].pk}/"),
    Row("sok/", "/sok/?q=park", SIGNED_IN, NEVER),
    Row("hjalp/", "/hjalp/", public(200), NO_ONE),
    Row("hjalp/<slug:name>/", "/hjalp/sadant-finns-inte/", public(404), NO_ONE),
    Row("komponenter/", "/komponenter/", SIGNED_IN, NEVER),
    Row("halsa/", "/halsa/", public(200), NO_ONE),
    Row("brev/", "/brev/", by(403, administrator=200), NEVER),
    admins("brev/hallna/<uuid:pk>/", "/brev/hallna/{t.holds[open].pk}/"),
]

BEING_READ = {"procurement_unit": 200, "park": 200}
WAITING = dict.fromkeys(BEING_READ, 302)  # led on to where it is read, or was saved
INVENTORY = [
    Row("planerade/", "/planerade/", by(403, **CITY), NEVER),
    Row("sammanstallning/", "/sammanstallning/", by(403, **CITY), NEVER),
    Row("sammanstallning/hamta.<str:kind>", "/sammanstallning/hamta.xlsx", by(403, **CITY), NEVER),
    Row("sammanstallning/hamta.<str:kind>", "/sammanstallning/hamta.docx", by(403, **CITY), NEVER),
    Row("sammanstallning/hamta.<str:kind>", "/sammanstallning/hamta.pdf", by(403, **CITY), NEVER),
    Row("sammanstallning/hamta.<str:kind>", "/sammanstallning/hamta.exe", by(403, **dict.fromkeys(CITY, 404)), NEVER),
    Row("planerade/hamta.<str:kind>", "/planerade/hamta.csv", by(403, **CITY), NEVER),
    Row("planerade/hamta.<str:kind>", "/planerade/hamta.xlsx", by(403, **CITY), NEVER),
    Row("planerade/hamta.<str:kind>", "/planerade/hamta.exe", by(403, **dict.fromkeys(CITY, 404)), NEVER),
    Row("planerade/ny/", "/planerade/ny/", by(403, **REPORTERS), NEVER),
    form("planerade/ny/<uuid:pk>/", f"/planerade/ny/{PARK}/", procurement_unit=200, park=200),
    form("planerade/ny/<uuid:pk>/", f"/planerade/ny/{MAT}/"),  # nobody reports for a supplier
    form("planerade/las-in/<uuid:pk>/", f"/planerade/las-in/{HUS}/", procurement_unit=200, hus=200),
    form("planerade/plan/<uuid:pk>/", "/planerade/plan/{t.plans[pu].pk}/", procurement_unit=200, park=200),
    form("planerade/plan/<uuid:pk>/", "/planerade/plan/{t.plans[ps].pk}/", procurement_unit=403, park=403),  # saved
    Row("planerade/plan/<uuid:pk>/", "/planerade/plan/{t.plans[pr].pk}/", by(404, **WAITING), by(404, **WAITING)),
    Row("planerade/plan/<uuid:pk>/lage/", "/planerade/plan/{t.plans[pr].pk}/lage/", by(404, **BEING_READ), NEVER),
    Row("planerade/plan/<uuid:pk>/lage/", "/planerade/plan/{t.plans[ps].pk}/lage/", by(404, **WAITING), NEVER),
    form("planerade/plan/<uuid:pk>/avbryt/", "/planerade/plan/{t.plans[hu].pk}/avbryt/", procurement_unit=200, hus=200),
    Row("planerade/<uuid:pk>/", f"/planerade/{P}/", by(404, **CITY, hus=404), NEVER),
    Row("planerade/<uuid:pk>/", f"/planerade/{PW}/", by(404, **CITY, hus=404), NEVER),
    form("planerade/<uuid:pk>/andra/", f"/planerade/{P}/andra/", **SEEN, procurement_unit=200, park=200),
    form("planerade/<uuid:pk>/andra/", f"/planerade/{PW}/andra/", **SEEN, procurement_unit=403, park=403),
    form("planerade/<uuid:pk>/dra-tillbaka/", f"/planerade/{H}/dra-tillbaka/", **SEEN, procurement_unit=200, hus=200),
    form("planerade/<uuid:pk>/aterta/", f"/planerade/{PW}/aterta/", **SEEN, procurement_unit=200, park=200),
    form("planerade/<uuid:pk>/aterta/", f"/planerade/{P}/aterta/", **SEEN, procurement_unit=403, park=403),
    form("planerade/<uuid:pk>/platser/", f"/planerade/{P}/platser/", **SEEN, procurement_unit=200, park=403),
    form("planerade/<uuid:pk>/platser/", f"/planerade/{PW}/platser/", **SEEN, procurement_unit=403, park=403),
    form("planerade/<uuid:pk>/platser/folj/", f"/planerade/{H}/platser/folj/", **SEEN, procurement_unit=200, hus=403),
]

GJ, GS = "/planerade/{t.planned[gj].pk}/", "/planerade/{t.planned[gs].pk}/"
JOINED = [
    Row("planerade/gemensamma/", "/planerade/gemensamma/", by(403, procurement_unit=200), NEVER),
    form("planerade/gemensamma/ny/<uuid:pk>/", "/planerade/gemensamma/ny/{t.org[Stad].pk}/", procurement_unit=200),
    form("planerade/gemensamma/ny/<uuid:pk>/", f"/planerade/gemensamma/ny/{PARK}/"),
    Row("planerade/<uuid:pk>/", GS, by(404, **CITY | {"procuring": 404}), NEVER),
    form("planerade/<uuid:pk>/sla-ihop/", f"{GJ}sla-ihop/", **SEEN, procurement_unit=200),
    form("planerade/<uuid:pk>/sla-ihop/", f"/planerade/{P}/sla-ihop/", **SEEN, procurement_unit=403, park=403),
    form("planerade/<uuid:pk>/skilj/", f"{GS}skilj/", **SEEN, procurement_unit=200),
    form("planerade/<uuid:pk>/skilj/", f"/planerade/{P}/skilj/", **SEEN, procurement_unit=403, park=403),
]

OVER, NOW_ROUND = "/inventering/{t.rounds[over].pk}/", "/inventering/{t.rounds[now].pk}/"
ROUND_DRAFT = "/inventering/{t.rounds[draft].pk}/"
ROUNDS = [
    Row("inventering/", "/inventering/", by(403, **CITY), NEVER),
    form("inventering/ny/", "/inventering/ny/", rest=403, procurement_unit=200),
    form("sammanstallning/fraga/", "/sammanstallning/fraga/", rest=403, procurement_unit=200),
    Row("inventering/<uuid:pk>/", NOW_ROUND, by(404, procurement_unit=200, steering=200), NEVER),
    Row("inventering/<uuid:pk>/", OVER, by(404, procurement_unit=200, steering=200), NEVER),
    Row("inventering/<uuid:pk>/", ROUND_DRAFT, by(404, procurement_unit=302), NEVER),
    form("inventering/<uuid:pk>/andra/", f"{ROUND_DRAFT}andra/", procurement_unit=200),
    form("inventering/<uuid:pk>/andra/", f"{NOW_ROUND}andra/", procurement_unit=200, steering=403),
    form("inventering/<uuid:pk>/andra/", f"{OVER}andra/", procurement_unit=403, steering=403),
    form("inventering/<uuid:pk>/ta-bort/", f"{ROUND_DRAFT}ta-bort/", procurement_unit=200),
    form("inventering/<uuid:pk>/ta-bort/", f"{NOW_ROUND}ta-bort/", procurement_unit=403, steering=403),
    form("inventering/<uuid:pk>/oppna/", f"{ROUND_DRAFT}oppna/", procurement_unit=200),
    Row("inventering/<uuid:pk>/oppna/", f"{NOW_ROUND}oppna/", by(404, procurement_unit=302, steering=403),
        by(404, procurement_unit=302, steering=403)),
    form("inventering/<uuid:pk>/oppna/", f"{OVER}oppna/", procurement_unit=403, steering=403),
    form("inventering/<uuid:pk>/fraga-fler/", f"{NOW_ROUND}fraga-fler/", procurement_unit=200, steering=403),
    form("inventering/<uuid:pk>/stang/", f"{NOW_ROUND}stang/", procurement_unit=200, steering=403),
    form("inventering/<uuid:pk>/stang/", f"{OVER}stang/", procurement_unit=403, steering=403),
    form("inventering/<uuid:pk>/oppna-igen/", f"{OVER}oppna-igen/", procurement_unit=200, steering=403),
    form("inventering/<uuid:pk>/oppna-igen/", f"{NOW_ROUND}oppna-igen/", procurement_unit=403, steering=403),
    Row("inventering/<uuid:pk>/paminnelser/", f"{NOW_ROUND}paminnelser/",
        by(404, procurement_unit=200, steering=403), NEVER),
    Row("inventering/<uuid:pk>/paminnelser/", f"{OVER}paminnelser/",
        by(404, procurement_unit=403, steering=403), NEVER),
    form("inventering/svar/<uuid:pk>/paminnelser/", "/inventering/svar/{t.requests[p-now].pk}/paminnelser/",
         procurement_unit=200, park=403),
    form("inventering/svar/<uuid:pk>/paminnelser/", "/inventering/svar/{t.requests[h-over].pk}/paminnelser/",
         procurement_unit=403, hus=403),
    form("inventering/svar/<uuid:pk>/forlang/", "/inventering/svar/{t.requests[p-now].pk}/forlang/",
         procurement_unit=200, park=403),
    form("inventering/svar/<uuid:pk>/forlang/", "/inventering/svar/{t.requests[a-now].pk}/forlang/",
         procurement_unit=200, ame=403, chef=403),
    form("inventering/svar/<uuid:pk>/forlang/", "/inventering/svar/{t.requests[h-over].pk}/forlang/",
         procurement_unit=403, hus=403),
]  # fmt: skip

CASE, HC = "arbetsmodellen/arende/<uuid:pk>", "/arbetsmodellen/arende/{t.planned[h].run_id}"
PC, PWC = "/arbetsmodellen/arende/{t.planned[p].run_id}", "/arbetsmodellen/arende/{t.planned[pw].run_id}"
STEP, REPORT = "arbetsmodellen/steg/<slug:kind>/<slug:key>/", "/arbetsmodellen/steg/planned_procurement/report/"
NOT_THEIRS = SEEN | {"procurement_unit": 403}  # may see the case, but it is the buyer's move
MOVERS = ("steering", "procurement_unit", "park")  # each holds a lane of it; led from old links to where it stands now
LATE, SENT_LATE = (by(404, coach=403, unit_manager=403, **dict.fromkeys(MOVERS, code)) for code in (302, 422))
CASES = [
    form(f"{CASE}/flytta/<slug:key>/", f"{PC}/flytta/reported/", **NOT_THEIRS, park=200),
    form(f"{CASE}/flytta/<slug:key>/", f"{PC}/flytta/as_it_is/", **SEEN, procurement_unit=200, park=403),
    form(f"{CASE}/flytta/<slug:key>/", f"{PWC}/flytta/reported/", **NOT_THEIRS, park=403),  # withdrawn
    Row(f"{CASE}/flytta/<slug:key>/", f"{PC}/flytta/to_steering/", LATE, SENT_LATE),
    Row(f"{CASE}/punkt/<slug:key>/", f"{PC}/punkt/decision_told/", LATE, SENT_LATE),
    form(f"{CASE}/ta/", f"{HC}/ta/", **NOT_THEIRS, hus=200),
    form(f"{CASE}/lamna/", f"{PC}/lamna/", **NOT_THEIRS, park=200),
    form(f"{CASE}/datum/", f"{PC}/datum/", **NOT_THEIRS, park=200),
    Row(f"{CASE}/version/", f"{PC}/version/", by(404, **NOT_THEIRS, park=302), by(404, **NOT_THEIRS, park=302)),
    Row(STEP, REPORT, SIGNED_IN, NEVER),
    Row(STEP, "/arbetsmodellen/steg/planned_procurement/nowhere/", by(404), NEVER),
    form(f"{STEP}flytta/<slug:move_key>/", f"{REPORT}flytta/reported/", rest=403, **REPORTERS),
    form(f"{STEP}flytta/<slug:move_key>/", f"{REPORT}flytta/as_it_is/", rest=403, procurement_unit=200),
]

PAIRS, OC, OR = "arbetsmodellen/yrken/", "{t.occupations[oc].pk}", "{t.occupations[or].pk}"
OTHERS = SEEN | {"procuring": 403}  # who see the table and do not change it
EDITORS = dict.fromkeys(("procurement_unit", "administrator"), 200)
SHUT = dict.fromkeys(EDITORS, 403)
S3 = "{t.planned[s3].pk}"
OCCUPATIONS = [
    Row(PAIRS, f"/{PAIRS}", by(403, **CITY, administrator=200), NEVER),
    form(f"{PAIRS}nytt/", f"/{PAIRS}nytt/", rest=403, **EDITORS),
    form(f"{PAIRS}<uuid:pk>/ta-bort/", f"/{PAIRS}{OC}/ta-bort/", **OTHERS, **EDITORS),
    form(f"{PAIRS}<uuid:pk>/ta-bort/", f"/{PAIRS}{OR}/ta-bort/", **OTHERS, **SHUT),
    form(f"{PAIRS}<uuid:pk>/lagg-tillbaka/", f"/{PAIRS}{OR}/lagg-tillbaka/", **OTHERS, **EDITORS),
    form(f"{PAIRS}<uuid:pk>/lagg-tillbaka/", f"/{PAIRS}{OC}/lagg-tillbaka/", **OTHERS, **SHUT),
    form("planerade/<uuid:pk>/yrken/", f"/planerade/{P}/yrken/", **SEEN, procurement_unit=200, park=200),
    form("planerade/<uuid:pk>/yrken/", f"/planerade/{PW}/yrken/", **SEEN, procurement_unit=403, park=403),
    form("planerade/<uuid:pk>/yrken/forslag/", f"/planerade/{S3}/yrken/forslag/",
         **SEEN, procurement_unit=200, park=200),
    form("planerade/<uuid:pk>/yrken/forslag/", f"/planerade/{P}/yrken/forslag/",
         **SEEN, procurement_unit=403, park=403),
]  # fmt: skip

ASKED, SENT = "/inventering/svar/{t.requests[p-now].pk}/", "/inventering/skickat/{t.answers[h-over].pk}/"
ANSWERS = [
    Row("inventering/svar/", "/inventering/svar/", by(403, **CITY | {"steering": 403}), NEVER),
    form("inventering/svar/<uuid:pk>/", ASKED, procurement_unit=200, park=200),
    form("inventering/svar/<uuid:pk>/", "/inventering/svar/{t.requests[h-over].pk}/", procurement_unit=200, hus=200),
    Row("inventering/svar/<uuid:pk>/", "/inventering/svar/{t.requests[a-now].pk}/",
        by(404, procurement_unit=200, ame=200, chef=200), by(404, procurement_unit=403, ame=422, chef=422)),
    Row("inventering/svar/<uuid:pk>/bekrafta/", f"{ASKED}bekrafta/", by(404, procurement_unit=302, park=302),
        by(404, procurement_unit=422, park=422)),
    form("inventering/svar/<uuid:pk>/inget/", f"{ASKED}inget/", procurement_unit=200, park=200),
    form("inventering/svar/<uuid:pk>/inget/", "/inventering/svar/{t.requests[a-now].pk}/inget/",
         procurement_unit=403, ame=403, chef=403),
    Row("inventering/skickat/<uuid:pk>/", SENT, by(404, procurement_unit=200, hus=200), NEVER),
    Row("inventering/skickat/<uuid:pk>/", "/inventering/skickat/{t.answers[a-over].pk}/",
        by(404, procurement_unit=200, ame=200, chef=200), NEVER),
    form("inventering/skickat/<uuid:pk>/oppna/", f"{SENT}oppna/", procurement_unit=200, hus=200),
    Row("inventering/andringar/", "/inventering/andringar/", by(403, **REPORTERS), NEVER),
]  # fmt: skip

OURS = "/behov/enhet/{t.units[ame].pk}/"
NA, NE = "/behov/{t.needs[na].pk}/", "/behov/{t.needs[ne].pk}/"
NEEDS = [
    Row("behov/", "/behov/", by(403, **CITY), NEVER),
    Row("behov/enhet/<uuid:pk>/", OURS, by(404, ame=200, chef=200), NEVER),
    form("behov/enhet/<uuid:pk>/nytt/", f"{OURS}nytt/", ame=200, chef=200),
    form("behov/enhet/<uuid:pk>/bekrafta/", f"{OURS}bekrafta/", ame=200, chef=200),
    form("behov/<uuid:pk>/andra/", f"{NA}andra/", ame=200, chef=200),
    form("behov/<uuid:pk>/andra/", f"{NE}andra/", ame=403, chef=403),
    form("behov/<uuid:pk>/avsluta/", f"{NA}avsluta/", ame=200, chef=200),
    form("behov/<uuid:pk>/ateruppta/", f"{NE}ateruppta/", ame=200, chef=200),
    form("behov/<uuid:pk>/ateruppta/", f"{NA}ateruppta/", ame=403, chef=403),
]

BUYERS = dict.fromkeys(("procurement_unit", "park"), 200)
AVTAL, PA, PE = "inventering/avtal/", "{t.agreements[pa].pk}", "{t.agreements[pe].pk}"
AGREEMENTS = [
    Row(AVTAL, f"/{AVTAL}", by(403, **REPORTERS), NEVER),
    Row(f"{AVTAL}hamta.<str:kind>", f"/{AVTAL}hamta.csv", by(403, **REPORTERS), NEVER),
    Row(f"{AVTAL}hamta.<str:kind>", f"/{AVTAL}hamta.xlsx", by(403, **REPORTERS), NEVER),
    Row(f"{AVTAL}hamta.<str:kind>", f"/{AVTAL}hamta.exe", by(403, **dict.fromkeys(REPORTERS, 404)), NEVER),
    Row(f"{AVTAL}nytt/", f"/{AVTAL}nytt/", by(403, **REPORTERS), NEVER),
    form(f"{AVTAL}nytt/<uuid:pk>/", f"/{AVTAL}nytt/{PARK}/", **BUYERS),
    form(f"{AVTAL}las-in/<uuid:pk>/", f"/{AVTAL}las-in/{HUS}/", procurement_unit=200, hus=200),
    form(f"{AVTAL}register/<uuid:pk>/", f"/{AVTAL}register/" "{t.registers[pr].pk}/", **BUYERS),
    form(f"{AVTAL}register/<uuid:pk>/", f"/{AVTAL}register/" "{t.registers[prs].pk}/",
         **dict.fromkeys(BUYERS, 403)),  # saved
    form(f"{AVTAL}register/<uuid:pk>/avbryt/", f"/{AVTAL}register/" "{t.registers[pr].pk}/avbryt/", **BUYERS),
    Row(f"{AVTAL}<uuid:pk>/", f"/{AVTAL}{PA}/", by(404, **BUYERS), NEVER),
    Row(f"{AVTAL}<uuid:pk>/", f"/{AVTAL}{PE}/", by(404, **BUYERS), NEVER),
    form(f"{AVTAL}<uuid:pk>/andra/", f"/{AVTAL}{PA}/andra/", **BUYERS),
    form(f"{AVTAL}<uuid:pk>/andra/", f"/{AVTAL}{PE}/andra/", **dict.fromkeys(BUYERS, 403)),
    form(f"{AVTAL}<uuid:pk>/inte-igen/", f"/{AVTAL}{PA}/inte-igen/", **BUYERS),
    form(f"{AVTAL}<uuid:pk>/igen/", f"/{AVTAL}{PE}/igen/", **BUYERS),
    form(f"{AVTAL}<uuid:pk>/igen/", f"/{AVTAL}{PA}/igen/", **dict.fromkeys(BUYERS, 403)),
    form(f"{AVTAL}<uuid:pk>/redan-anmald/", f"/{AVTAL}{PA}/redan-anmald/", **BUYERS),
    form(f"{AVTAL}koppling/<uuid:pk>/bort/", f"/{AVTAL}koppling/{P}/bort/", **SEEN, **BUYERS),
    form(f"{AVTAL}<uuid:pk>/planera/", f"/{AVTAL}{PA}/planera/", **BUYERS),
]  # fmt: skip

READERS = dict.fromkeys((*CITY, "goal_coordinator", "administrator"), 200)
SEEN_BY_READERS = dict.fromkeys(READERS, 403)
ONE, DRAFT = "/arbetsmodellen/regelverk/{t.rule_set.pk}/", "/arbetsmodellen/regelverk/{t.draft.pk}/"
PROCESS = [
    Row("arbetsmodellen/", "/arbetsmodellen/", SIGNED_IN, NEVER),
    Row("arbetsmodellen/bild.svg", "/arbetsmodellen/bild.svg", SIGNED_IN, NEVER),
    Row("arbetsmodellen/regelverk/", "/arbetsmodellen/regelverk/", by(403, **READERS), NEVER),
    Row("arbetsmodellen/regelverk/<uuid:pk>/", ONE, by(404, **READERS), NEVER),
    Row("arbetsmodellen/regelverk/<uuid:pk>/", DRAFT, by(404, administrator=200), NEVER),
    form("arbetsmodellen/regelverk/<uuid:pk>/utkast/", f"{ONE}utkast/", **SEEN_BY_READERS | {"administrator": 200}),
    admins("arbetsmodellen/regelverk/<uuid:pk>/andra/", f"{DRAFT}andra/"),
    form("arbetsmodellen/regelverk/<uuid:pk>/andra/", f"{ONE}andra/", **SEEN_BY_READERS),
    admins("arbetsmodellen/regelverk/<uuid:pk>/publicera/", f"{DRAFT}publicera/"),
    form("arbetsmodellen/regelverk/<uuid:pk>/publicera/", f"{ONE}publicera/", **SEEN_BY_READERS),
    admins("arbetsmodellen/regelverk/<uuid:pk>/ta-bort/", f"{DRAFT}ta-bort/"),
    form("arbetsmodellen/regelverk/<uuid:pk>/ta-bort/", f"{ONE}ta-bort/", **SEEN_BY_READERS),
]

PROCESSES, MODEL = "arbetsmodellen/processer/", "/arbetsmodellen/processer/{t.model[contract].pk}/"
DRAFTED = "/arbetsmodellen/processer/{t.model[draft].pk}/"
SEEN_BY_ALL = dict.fromkeys(ROLES, 403)


def part(which, label):
    return f"/{PROCESSES}{which[0]}/{{t.parts[{which[1]}][{label}].pk}}/"


PHASE, STEP_OF, ITEM, ARROW = ("fas", "phases"), ("steg", "steps"), ("punkt", "items"), ("pil", "moves")
DESIGN = [
    Row(PROCESSES, f"/{PROCESSES}", SIGNED_IN, NEVER),
    Row(f"{PROCESSES}<uuid:pk>/", MODEL, SIGNED_IN, NEVER),
    Row(f"{PROCESSES}<uuid:pk>/", DRAFTED, by(404, administrator=200), NEVER),
    form(f"{PROCESSES}<uuid:pk>/utkast/", f"{MODEL}utkast/", **SEEN_BY_ALL | {"administrator": 200}),
    form(f"{PROCESSES}<uuid:pk>/utkast/", f"{DRAFTED}utkast/", administrator=403),
    *(row for page in ("nytt", "publicera", "ta-bort", "ny-fas", "nytt-steg") for row in (
        admins(f"{PROCESSES}<uuid:pk>/{page}/", f"{DRAFTED}{page}/"),
        form(f"{PROCESSES}<uuid:pk>/{page}/", f"{MODEL}{page}/", **SEEN_BY_ALL))),
    *(row for which in (PHASE, STEP_OF, ITEM, ARROW) for page in ("", "ta-bort/") for row in (
        admins(f"{PROCESSES}{which[0]}/<uuid:pk>/{page}", f"{part(which, 'draft')}{page}"),
        form(f"{PROCESSES}{which[0]}/<uuid:pk>/{page}", f"{part(which, 'one')}{page}"))),
    *(row for page in ("ny-punkt", "ny-pil") for row in (
        admins(f"{PROCESSES}steg/<uuid:pk>/{page}/", f"{part(STEP_OF, 'draft')}{page}/"),
        form(f"{PROCESSES}steg/<uuid:pk>/{page}/", f"{part(STEP_OF, 'one')}{page}/"))),
]  # fmt: skip

ORGANISATIONS = [
    Row("uppdrag/", "/uppdrag/", SIGNED_IN, SIGNED_IN),
    Row("min-profil/", "/min-profil/", SIGNED_IN, by(422)),
    Row("min-profil/brev/", "/min-profil/brev/", SIGNED_IN, by(422)),
    Row("sprak/", "/sprak/", NO_ONE, public(302)),
    Row("inbjudan/<str:token>/", "/inbjudan/öppen/", public(200), public(422)),
    Row("inbjudan/<str:token>/", "/inbjudan/gammal/", public(410), public(410)),
    Row("inbjudan/<str:token>/", "/inbjudan/använd/", public(410), public(410)),
    Row("inbjudan/<str:token>/", "/inbjudan/gissad/", public(410), public(410)),
    Row("exempelstaden/", "/exempelstaden/", public(200), public(200)),
    Row("organisationer/", "/organisationer/", by(403, administrator=200), NEVER),
    admins("organisationer/ny/", "/organisationer/ny/", rest=403),
    Row("organisationer/<uuid:pk>/", f"/organisationer/{PARK}/", by(404, administrator=200), NEVER),
    admins("organisationer/<uuid:pk>/andra/", f"/organisationer/{PARK}/andra/"),
    form("organisationer/<uuid:pk>/andra/", "/organisationer/{t.org[Gamla].pk}/andra/", administrator=403),
    admins("organisationer/<uuid:pk>/stang/", f"/organisationer/{PARK}/stang/"),
    admins("organisationer/<uuid:pk>/oppna/", "/organisationer/{t.org[Gamla].pk}/oppna/"),
    form("organisationer/<uuid:pk>/oppna/", f"/organisationer/{PARK}/oppna/", administrator=403),
    admins("organisationer/<uuid:pk>/ny-enhet/", f"/organisationer/{PARK}/ny-enhet/"),
    admins("organisationer/<uuid:pk>/bjud-in/", f"/organisationer/{PARK}/bjud-in/"),
    admins("enheter/<uuid:pk>/andra/", "/enheter/{t.units[ame].pk}/andra/"),
    admins("enheter/<uuid:pk>/stang/", "/enheter/{t.units[ame].pk}/stang/"),
    admins("enheter/<uuid:pk>/oppna/", "/enheter/{t.units[gamla].pk}/oppna/"),
    form("enheter/<uuid:pk>/oppna/", "/enheter/{t.units[ame].pk}/oppna/"),
    Row("anvandare/", "/anvandare/", by(403, administrator=200), NEVER),
    Row("anvandare/bjud-in/", "/anvandare/bjud-in/", by(403, administrator=200), NEVER),
    Row("anvandare/<uuid:pk>/", "/anvandare/{t.people[park].pk}/", by(404, administrator=200), NEVER),
    admins("anvandare/<uuid:pk>/andra/", "/anvandare/{t.people[park].pk}/andra/"),
    admins("anvandare/<uuid:pk>/stang/", "/anvandare/{t.people[park].pk}/stang/"),
    form("anvandare/<uuid:pk>/stang/", "/anvandare/{t.people[utesluten].pk}/stang/", administrator=403),
    admins("anvandare/<uuid:pk>/oppna/", "/anvandare/{t.people[utesluten].pk}/oppna/"),
    admins("anvandare/<uuid:pk>/bjud-in-igen/", "/anvandare/{t.people[ny].pk}/bjud-in-igen/"),
    form("anvandare/<uuid:pk>/bjud-in-igen/", "/anvandare/{t.people[park].pk}/bjud-in-igen/", administrator=403),
    admins("anvandare/<uuid:pk>/nollstall/", "/anvandare/{t.people[ame].pk}/nollstall/"),
    admins("inbjudningar/<uuid:pk>/aterkalla/", "/inbjudningar/{t.invitations[öppen].pk}/aterkalla/"),
    form("inbjudningar/<uuid:pk>/aterkalla/", "/inbjudningar/{t.invitations[använd].pk}/aterkalla/"),
    admins("alla-uppdrag/<uuid:pk>/tid/", "/alla-uppdrag/{t.memberships[park].pk}/tid/"),
    admins("alla-uppdrag/<uuid:pk>/avsluta/", "/alla-uppdrag/{t.memberships[park].pk}/avsluta/"),
    form("alla-uppdrag/<uuid:pk>/avsluta/", "/alla-uppdrag/{t.memberships[slut].pk}/avsluta/", administrator=403),
]

# allauth's forms say what is wrong with 200; whoever has not shown the password lately is asked for it again (302).
AGAIN = by(302)
NO_KEY = by(404)  # there is none to show or remove
RESET = "^nytt-losenord/(?P<uidb36>[0-9a-z]+)-(?P<key>.+)/$"
SIGN_IN = [
    Row("logga-in/", "/logga-in/", by(302, stranger=200), by(302, stranger=200)),
    Row("logga-in/kod/", "/logga-in/kod/", public(302), public(302)),
    Row("logga-in/nyckel/", "/logga-in/nyckel/", public(302), public(302)),
    Row("logga-ut/", "/logga-ut/", SIGNED_IN, public(302)),
    Row("stangt-konto/", "/stangt-konto/", public(200), NO_ONE),
    Row("glomt-losenord/", "/glomt-losenord/", public(200), public(200)),
    Row("glomt-losenord/skickat/", "/glomt-losenord/skickat/", public(200), NO_ONE),
    Row("nytt-losenord/klart/", "/nytt-losenord/klart/", public(200), NO_ONE),
    Row(RESET, "/nytt-losenord/1-set-password/", public(200), public(200)),
    Row("konto/losenord/", "/konto/losenord/", SIGNED_IN, SIGNED_IN),
    Row("konto/sessioner/", "/konto/sessioner/", SIGNED_IN, by(302)),
    Row("konto/bekrafta/", "/konto/bekrafta/", SIGNED_IN, SIGNED_IN),
    Row("konto/bekrafta/kod/", "/konto/bekrafta/kod/", by(302, ame=200), by(302, ame=200)),
    Row("konto/bekrafta/nyckel/", "/konto/bekrafta/nyckel/", by(302), by(302)),
    Row("konto/sakerhet/", "/konto/sakerhet/", SIGNED_IN, NEVER),
    Row("konto/sakerhet/app/", "/konto/sakerhet/app/", AGAIN, AGAIN),
    Row("konto/sakerhet/app/ta-bort/", "/konto/sakerhet/app/ta-bort/", by(404, ame=302), by(404, ame=302)),
    Row("konto/sakerhet/reservkoder/", "/konto/sakerhet/reservkoder/", NO_KEY, NEVER),
    Row("konto/sakerhet/reservkoder/nya/", "/konto/sakerhet/reservkoder/nya/", AGAIN, AGAIN),
    Row("konto/sakerhet/reservkoder/fil/", "/konto/sakerhet/reservkoder/fil/", NO_KEY, NO_KEY),
    Row("konto/sakerhet/nycklar/", "/konto/sakerhet/nycklar/", SIGNED_IN, NEVER),
    Row("konto/sakerhet/nycklar/ny/", "/konto/sakerhet/nycklar/ny/", AGAIN, AGAIN),
    Row("konto/sakerhet/nycklar/<int:pk>/", "/konto/sakerhet/nycklar/1/", AGAIN, AGAIN),
    Row("konto/sakerhet/nycklar/<int:pk>/ta-bort/", "/konto/sakerhet/nycklar/1/ta-bort/", AGAIN, AGAIN),
]

TABLE = [
    *HOME,
    *GROUP,
    *PACK,
    *MODE,
    *MEETINGS,
    *GOALS,
    *TOLD,
    *INVENTORY,
    *JOINED,
    *AGREEMENTS,
    *ROUNDS,
    *ANSWERS,
    *NEEDS,
    *OCCUPATIONS,
    *PROCESS,
    *DESIGN,
    *CASES,
    *ORGANISATIONS,
    *SIGN_IN,
]
