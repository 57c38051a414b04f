"""A plug-in for pytest (`-p tests.guards.watching`): the product with a switch around each guard.

INSTEG_GUARDS names a file of orders. `{"kept": …}`: run the tests as ever, and keep there for each which guards were
asked whether they stand, and how long it took. `{"kept": …, "trials": [[key, file, tests], …], "seconds": …}`: instead,
for each guard let a child of this process remove it and run its tests until one fails; a line in `kept` tells how it
went. Children begin with everything read, the database made and the town built, so a trial costs only its tests.
"""

import json
import os
import select
import signal
import time
from collections import defaultdict
from pathlib import Path

import pytest

from tests.guards import finding, switch
from tests.guards.touched import WARM

ORDERS = json.loads(Path(os.environ["INSTEG_GUARDS"]).read_text(encoding="utf-8"))
KEPT = Path(ORDERS["kept"])
LONGEST_SECONDS = 150
KILLED, SURVIVED, STUCK = "killed", "survived", "stuck"

seconds: defaultdict[str, float] = defaultdict(float)
asked: dict[str, list[str]] = {}
failed: dict[str, str] = {}  # with what was said

finding.put_switches()


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    from tests.guards import triggers

    triggers.put_switches()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    switch.ASKED.clear()
    try:
        return (yield)
    finally:
        asked[item.nodeid] = sorted(switch.ASKED)


def pytest_runtest_logreport(report):
    seconds[report.nodeid] += report.duration
    if report.failed:
        failed[report.nodeid] = report.longreprtext


def pytest_sessionfinish(session):
    if "trials" not in ORDERS:
        told = {
            test: {"seconds": round(seconds[test], 3), "failed": test in failed, "asked": keys}
            for test, keys in asked.items()
        }
        from tests.guards import triggers

        KEPT.write_text(json.dumps({"tests": told, "triggers": triggers.in_the_database()}), encoding="utf-8")


def pytest_runtestloop(session):
    if "trials" not in ORDERS:
        return None
    items = {item.nodeid: item for item in session.items}
    warm(session.items)
    sound: dict[str, bool] = {"": True}
    until = time.monotonic() + ORDERS["seconds"]
    with KEPT.open("a", encoding="utf-8") as kept:
        for key, file, tests in ORDERS["trials"]:
            begun = time.monotonic()
            if begun > until:
                break
            outcome, test, why = trial(key, [items[test] for test in tests if test in items], session.items)
            if test not in sound and ORDERS.get("sound", True):  # it must pass when nothing is removed
                sound[test] = trial(key, [items[test]], session.items, stands=True)[0] == SURVIVED
            told = {
                "key": key,
                "file": file,
                "outcome": outcome,
                "test": test,
                "why": why,
                "sound": sound.get(test, True),
            }
            print(json.dumps({**told, "seconds": round(time.monotonic() - begun, 1)}), file=kept, flush=True)
    return True


def warm(items):
    """One test as ever: what is made once for all of them is then there for the children."""
    if len(items) > 1:
        first = next((item for item in items if item.nodeid == WARM), items[0])
        run(first, next(item for item in items if item is not first))


def run(item, following):
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def trial(key, chosen, items, stands=False):
    """(how it went, the test that failed, what it said) of these tests in a child, without the guard or with it."""
    from tests.guards.nets import narrow

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        switch.REMOVED[:] = [] if stands else [key]
        narrow(key)
        failed.clear()
        for item in chosen[:1]:
            item.session._setupstate.teardown_exact(item)  # what stands for the test before, in another file
        for number, item in enumerate(chosen):
            after = chosen[number + 1 :] or [each for each in (items[0], items[-1]) if each is not item]
            run(item, after[0])
            if failed:
                os.write(writing, f"{item.nodeid}\n{failed[item.nodeid][-600:]}".encode())
                break
        os._exit(1 if failed else 0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], LONGEST_SECONDS)
    if not ready:
        os.kill(child, signal.SIGKILL)
    test, _, why = os.read(reading, 10_000).decode(errors="replace").partition("\n")
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not ready:
        return STUCK, "", ""
    return (KILLED, test, why) if status else (SURVIVED, "", "")
