"""The short form: a guard of every kind, each with tests that notice; and one of them with tests that do not.

The tests are named here, since what every test asks is learnt by the long form alone.
"""

import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.guards import finding
from tests.guards.guard import Kind

GOALS = "tests/steering/test_goals.py"
FORMS = "tests/audit/test_forms.py"


class Trial(NamedTuple):
    """`names` is a part of the guard's key that no other guard of the kind has."""

    kind: Kind
    names: str
    tests: tuple[str, ...]


TRIALS = [
    Trial(Kind.RULE, "”ändra mål”", ("tests/nets/test_every_rule.py::test_list_object_and_column_agree",)),
    Trial(
        Kind.CONDITION,
        "the_one_in_hand::villkor i regel::withdrawn_at",
        (
            "tests/organisations/test_invitations.py::test_a_dead_link_gets_one_plain_page_that_tells_of_nobody[withdrawn]",
        ),
    ),
    Trial(
        Kind.ROWS,
        "to_report::",
        (f"{GOALS}::test_the_coordinator_is_reminded_two_months_before_until_it_is_reported",),
    ),
    Trial(
        Kind.VIEW,
        "@listing(access.SEE) goals",
        ("tests/nets/test_every_url.py::test_everyone_gets_the_written_answer[get]",),
    ),
    Trial(Kind.OFFER, "access.KEEP.table", (f"{GOALS}::test_an_empty_tree_says_what_to_do_and_to_whom",)),
    Trial(
        Kind.DOOR,
        "lead(request, 'organisations:choose')",
        ("tests/organisations/test_memberships.py::test_with_several_and_none_chosen_nobody_guesses",),
    ),
    Trial(
        Kind.VERSION, "Action.__call__::", (f"{FORMS}::test_a_stale_form_keeps_the_words_and_tells_only_what_it_shows",)
    ),
    Trial(Kind.LOG, "record(actor, self.name", (f"{FORMS}::test_sent_twice_is_done_once_and_gets_the_same_answer",)),
    Trial(Kind.FORM_KEY, "::once(", (f"{FORMS}::test_sent_twice_is_done_once_and_gets_the_same_answer",)),
    Trial(
        Kind.THROTTLE,
        "ratelimit",
        ("tests/home/test_accessibility.py::test_the_eleventh_within_an_hour_waits_with_its_words_kept",),
    ),
    Trial(Kind.REFUSAL, "self.rule.permits", (f"{FORMS}::test_what_the_gate_refuses_is_never_told_as_done",)),
    Trial(Kind.FAULT, "ingen väg ut", ("tests/process/design/test_faults.py::test_every_step_has_a_way_out",)),
    Trial(
        Kind.ARROW,
        "start_told",
        ("tests/process/engine/test_moving.py::test_each_thing_in_the_way_has_a_sentence",),
    ),
    Trial(
        Kind.CHECK,
        "insert::",
        ("tests/mail/test_outbox.py::test_an_address_that_is_none_is_refused_at_once[inte en adress]",),
    ),
    Trial(
        Kind.FILE,
        "self.sha256",
        ("tests/documents/test_files.py::test_bytes_that_were_changed_or_lost_are_not_handed_out[on disk]",),
    ),
    Trial(
        Kind.DATABASE,
        "process_visit_no_delete",
        ("tests/process/engine/test_promises.py::test_no_visit_is_taken_away[by_raw_delete]",),
    ),
]
# The protection of the trials themselves: a guard whose tests are left out must be told of.
LEFT_OUT = Trial(
    Kind.REFUSAL, "self.rule.permits", (f"{FORMS}::test_sent_twice_is_done_once_and_gets_the_same_answer",)
)


def key_of(trial: Trial) -> str:
    """Of the one guard that it names; an error when there is none, or several."""
    if trial.kind == Kind.DATABASE:
        return f"{trial.kind.value}::{trial.names}"
    [key] = [each.key for each in finding.in_the_code() if each.kind == trial.kind and trial.names in each.key]
    return key


def tried(copy: Path, run: Callable[..., Any]) -> int:
    trials = [*TRIALS, LEFT_OUT]
    answer = copy / "tried.jsonl"
    orders = {
        "kept": str(answer),
        "trials": [(key_of(trial), "", trial.tests) for trial in trials],
        "seconds": 600,
        "sound": False,  # CI runs these tests with every guard in place beside it
    }
    files = sorted({test.partition("::")[0] for trial in trials for test in trial.tests})
    done = run(copy, orders, files)
    told = [json.loads(line) for line in answer.read_text(encoding="utf-8").splitlines()] if answer.exists() else []
    if len(told) != len(trials):
        print(f"TRASIG: {(done.stdout + done.stderr)[-3000:]}")
        return 1
    survived = [trial for trial, said in zip(TRIALS, told, strict=False) if said["outcome"] != "killed"]
    for trial in survived:
        print(f"ÖVERLEVDE: {trial.kind.value}: {key_of(trial)}")
    seen = told[-1]["outcome"] == "survived"
    print(f"{len(TRIALS) - len(survived)} av {len(TRIALS)} borttagna vakter märktes, en av varje slag")
    print("En vakt utan sina prov överlevde, som den ska" if seen else "TRASIG: en vakt utan sina prov märktes ändå")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{used.ru_utime + used.ru_stime:.0f} s processortid")
    return 0 if seen and not survived else 1
