"""Many who edit the same row from the same version, at the same moment, through the forms of the product.

Of each version one wins. Every other is told that somebody was there first and keeps the words, and may send again from
the page that says so. Nothing is lost and nothing is written over; the log has one entry for each version.
"""

import uuid
from collections import Counter
from itertools import count
from typing import NamedTuple

from tests.faults.client import Client, form_of
from tests.faults.fault import Fault, Outcome
from tests.faults.invariants import whole
from tests.faults.lives import CASES, case_of, reported
from tests.faults.walking import Walk, at_once

AT_ONCE, MOST_TOLD = 16, 20
NUMBERS = count(1)


class Kind(NamedTuple):
    """Rows of one kind: who may edit them, where, what is typed, and where the typed words end up."""

    name: str
    who: tuple[str, ...]
    path: str
    field: str
    table: str


PLANNED = Kind("planerade", ("park", "ue", "ue2"), "/planerade/{}/andra/", "title", "inventory_plannedprocurement")
GOAL = Kind("mål", ("mal", "mal2", "admin"), "/mal/{}/andra/", "title", "steering_goal")
PLACE = Kind("organisationer", ("admin", "admin2"), "/organisationer/{}/andra/", "name", "organisations_organisation")


def edited_at_once(city, times):
    """So many edits. Those who lost send once more, all at once, from the page that told them so."""
    counts, broken, walk = Counter(), [], Walk(city)
    walk.send("mal", "/mal/ny-vision/", title="Vision")
    rows = [
        (PLANNED, reported(walk, "Redigeras")),
        (GOAL, walk.newest("steering_goal")),
        (PLACE, city.org["Bygg"]),
    ]
    while counts["prövade"] < times and len(broken) < MOST_TOLD:
        for kind, row in rows:
            sent_anew = first_wave(city, kind, row, counts, broken)
            second_wave(city, kind, row, sent_anew, counts, broken)
        moved_at_once(walk, counts, broken)
    for kind, row in rows:
        broken += gaps_in_the_log(city, kind, row)
    counts["låsningar"] = deadlocks(city)
    if counts["låsningar"]:
        broken.append(f"databasen bröt {counts['låsningar']} låsningar")
    names = ("prövade", "bekräftade", "hann någon annan före", "funna", "i dubbel", "borta", "tappade ord", "låsningar")
    return Outcome({name: counts[name] for name in names}, [*broken, *whole(city)])


class Sending(NamedTuple):
    client: Client
    action: str
    fields: dict[str, str]
    words: str


def first_wave(city, kind, row, counts, broken):
    """All have the page of the same version open. Gives what those who lost have before them."""
    pages = {}
    for who in kind.who:
        client, path = city.client(who), kind.path.format(row)
        pages[who] = (client, form_of(client.get(path).text, path))
    sendings = []
    for number in range(AT_ONCE):
        client, form = pages[kind.who[number % len(kind.who)]]
        words = f"Ord {next(NUMBERS)}"
        fields = form.fields | {"key": str(uuid.uuid4()), kind.field: words}
        sendings.append(Sending(Client(client.port, client.cookies, client.origin), form.action, fields, words))
    return sent(city, kind, row, sendings, counts, broken)


def second_wave(city, kind, row, refused, counts, broken):
    """The pages that told them so hold their words and the version that is now."""
    sent(city, kind, row, refused, counts, broken)


def sent(city, kind, row, sendings, counts, broken):
    """Of so many, one is let through; the others are told, and keep their words."""
    if not sendings:
        return []
    version = version_of(city, kind, row)
    answers = at_once([lambda each=each: each.client.post(each.action, each.fields) for each in sendings])
    told = Counter(answer.status for answer in answers)
    counts["prövade"] += len(answers)
    counts["bekräftade"] += told[302]
    counts["hann någon annan före"] += told[409]
    if told != {302: 1, 409: len(answers) - 1}:
        others = [" ".join(answer.text.split())[:200] for answer in answers if answer.status not in (302, 409)][:2]
        broken.append(f"{kind.name}: av {len(answers)} från samma version svarades {dict(told)} {others}")
    now, words = version_of(city, kind, row), words_of(city, kind, row)
    won = [each.words for each, answer in zip(sendings, answers, strict=True) if answer.status == 302]
    counts["funna"] += words in won
    counts["borta"] += max(len(won) - 1, 0) + (words not in won)
    if words not in won or now != version + 1:
        broken.append(f"{kind.name}: version {version} blev {now} och orden {words!r}, men {won} bekräftades")
    again = []
    for each, answer in zip(sendings, answers, strict=True):
        if answer.status != 409:
            continue
        form = form_of(answer.text, each.action)
        if form is None or form.fields.get(kind.field) != each.words or form.fields.get("version") != str(now):
            counts["tappade ord"] += 1
            broken.append(f"{kind.name}: sidan som sade 409 bar inte orden {each.words!r} och versionen {now}")
        else:
            again.append(Sending(each.client, form.action, form.fields, each.words))
    return again


def moved_at_once(walk, counts, broken):
    """A case that several of the unit move on at the same moment moves once."""
    case = case_of(walk, reported(walk, f"Flyttas {next(NUMBERS)}"))
    path, acts = f"{CASES}/{case}/flytta/as_it_is/", []
    for who in ("ue", "ue2"):
        client = walk.person(who)
        form = form_of(client.get(path).text, path)
        for _each in range(AT_ONCE // 4):
            fields = form.fields | {"key": str(uuid.uuid4()), "why": "Det räcker"}
            twin = Client(client.port, client.cookies, client.origin)
            acts.append(lambda twin=twin, form=form, fields=fields: twin.post(form.action, fields))
    told = Counter(answer.status for answer in at_once(acts))
    [(visits,)] = walk.city.rows("SELECT count(*) FROM process_visit WHERE run_id = %s", case)
    counts["prövade"] += len(acts)
    counts["bekräftade"] += told[302]
    counts["hann någon annan före"] += told[409]
    counts["funna"] += visits == 2
    counts["i dubbel"] += max(visits - 2, 0)
    if told != {302: 1, 409: len(acts) - 1} or visits != 2:
        broken.append(f"ärende: {len(acts)} flyttade det samtidigt, svaren var {dict(told)} och vistelserna {visits}")


def version_of(city, kind, row):
    return city.rows(f"SELECT version FROM {kind.table} WHERE id = %s", row)[0][0]


def words_of(city, kind, row):
    return city.rows(f"SELECT {kind.field} FROM {kind.table} WHERE id = %s", row)[0][0]


def gaps_in_the_log(city, kind, row):
    asked = 'SELECT row_version FROM audit_entrysubject WHERE "row" = %s ORDER BY row_version'
    told = [version for (version,) in city.rows(asked, row)]
    last = version_of(city, kind, row)
    if told not in ([*range(1, last + 1)], [*range(2, last + 1)]):  # the town's own rows were made past the gate
        yield f"{kind.name}: loggen har versionerna {told[:9]} … {len(told)} st, raden är på {last}"


def deadlocks(city):
    if city.database == "sqlite":
        return 0
    return (city.cluster.home / "log").read_text(errors="replace").count("deadlock detected")


FAULTS = [Fault("samma rad ändras av många på en gång", edited_at_once, short=40, long=2000)]
