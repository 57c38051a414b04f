"""What must hold whatever has happened: asked of the database itself, past the product.

`kept(city, ledger)` compares the rows with what people were told; `whole(city)` finds half states anywhere.
"""

import hashlib
from collections import Counter, defaultdict

from tests.faults.fault import Outcome
from tests.faults.load import ACKNOWLEDGED, NOTHING, SILENCE, UNSURE, told_in_numbers

PLANNED = "inventory.PlannedProcurement"


def outcome(city, ledger, **more):
    """What came of a fault under which people reported: the counts, and every promise that broke."""
    counts, broken = kept(city, ledger)
    return Outcome({**more, **counts}, [*ledger.faults[:5], *broken, *whole(city)])


def kept(city, ledger):
    """Every acknowledged write is there, none twice, and what was said not to be saved is not there."""
    rows = Counter(title for (title,) in city.rows("SELECT title FROM inventory_plannedprocurement"))
    found = {write.words: rows[write.words] for write in ledger.writes}
    lost = [w for w in ledger.writes if w.last == ACKNOWLEDGED and not found[w.words]]
    twice = [words for words, times in found.items() if times > 1]
    # Only if all the sendings said so: one that got no answer, or an unsure one, may have been saved.
    lied = [w for w in ledger.writes if set(w.told) == {NOTHING} and found[w.words]]
    counts = told_in_numbers(ledger) | {"funna": sum(1 for times in found.values() if times)}
    counts |= {"borta": len(lost), "i dubbel": len(twice), "fel": len(ledger.faults)}
    broken = [f"bekräftad och borta: {write.words} {write.told}" for write in lost]
    broken += [f"i dubbel: {words}" for words in twice]
    broken += [f"sades inte vara sparad, men är det: {write.words} {write.told}" for write in lied]
    given_up = {ACKNOWLEDGED, NOTHING, UNSURE, SILENCE}
    broken += [f"fick ett fel: {write.words} {write.told}" for write in ledger.writes if write.last not in given_up]
    return counts, broken


def whole(city):
    """Half states: a row without its log entry or its case, a case without its stay, a key without its answer, a file
    without its bytes. A sentence for each."""
    return [*rows_and_log(city), *rows_and_cases(city), *keys_and_answers(city), *files_and_bytes(city)]


def rows_and_log(city):
    """Each row's version is the latest that the log knows of, and the log speaks of no row that is not there."""
    versions = {key(pk): version for pk, version in city.rows("SELECT id, version FROM inventory_plannedprocurement")}
    told = defaultdict(int)
    asked = 'SELECT "row", row_version FROM audit_entrysubject WHERE model = %s'
    for row, version in city.rows(asked, PLANNED):
        told[key(row)] = max(told[key(row)], version)
    for pk, version in versions.items():
        if told[pk] != version:
            yield f"upphandlingen {pk} har version {version}, loggens senaste är {told[pk]}"
    for pk in told.keys() - versions.keys():
        yield f"loggen talar om upphandlingen {pk}, som inte finns"
    subjects = {entry for (entry,) in city.rows("SELECT DISTINCT entry_id FROM audit_entrysubject")}
    for pk, action in city.rows("SELECT id, action FROM audit_entry"):
        if pk not in subjects and action.startswith("inventory."):
            yield f"loggposten {pk} ({action}) säger inte vilken rad den gäller"


def rows_and_cases(city):
    """Each planned procurement has a case of its own; each case has begun, and stands in one step or has ended."""
    runs = {key(run) for (run,) in city.rows("SELECT id FROM process_run")}
    asked = "SELECT id, run_id FROM inventory_plannedprocurement WHERE withdrawn_at IS NULL"
    of_rows = {key(run): key(pk) for pk, run in city.rows(asked) if run}
    for pk, run in city.rows(asked):
        if run is None:
            yield f"upphandlingen {key(pk)} har inget ärende"
    every = {key(run) for (run,) in city.rows("SELECT run_id FROM inventory_plannedprocurement") if run}
    for run in runs - every:
        yield f"ärendet {run} gäller ingen upphandling"
    visits = defaultdict(list)
    for run, left, move in city.rows("SELECT run_id, left_at, left_move_id FROM process_visit ORDER BY entered_at, id"):
        visits[key(run)].append((left, move))
    for run in runs:
        standing = sum(left is None for left, _move in visits[run])
        if not visits[run] or standing > 1:
            yield f"ärendet {run} står i {standing} steg, efter {len(visits[run])} vistelser"
    left_hanging = {run for run in of_rows if visits[run] and not any(left is None for left, _ in visits[run])}
    ends = {key(pk) for (pk,) in city.rows("SELECT id FROM process_move WHERE target_id IS NULL")}
    for run in left_hanging:
        if not any(move and key(move) in ends for _left, move in visits[run]):
            yield f"ärendet {run} står ingenstans"


def keys_and_answers(city):
    """The answer that a form's key gives to a second sending is a row that the log knows of."""
    told = {key(row) for (row,) in city.rows('SELECT DISTINCT "row" FROM audit_entrysubject')}
    for pk, answer in city.rows("SELECT id, answer FROM audit_formkey WHERE answer <> ''"):
        if not answer.startswith("/") and key(answer) not in told:  # or an address, where the row was taken away
            yield f"formulärnyckeln {pk} svarar {answer}, som loggen inte känner"


def files_and_bytes(city):
    """Each stored file's bytes are there, whole. Bytes without a row do no harm: a job takes them away."""
    for name, size, sha256 in city.rows("SELECT content, size, sha256 FROM documents_storedfile"):
        path = city.files / name
        content = path.read_bytes() if path.exists() else None
        if content is None or len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            yield f"filen {name} är inte hel"


def key(value):
    """An id as either database gives it."""
    return str(value).replace("-", "")
