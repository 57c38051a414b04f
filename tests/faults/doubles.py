"""The same form sent two and three times at the same moment, all over the product.

Each part of a life is first lived with one copy of each form, as a yardstick; then again with several. Every copy must
get the answer of the first, and each form must leave as many rows, entries in the log and letters as one copy did.
"""

import time
from collections import Counter
from itertools import count, cycle

from tests.faults.city import until
from tests.faults.fault import Fault, Outcome
from tests.faults.invariants import whole
from tests.faults.lives import LIFE
from tests.faults.shifting import retire
from tests.faults.walking import Unexpected, Walk

COPIES, MOST_TOLD = (2, 3), 20


def sent_at_once(city, times):
    """So many forms, each in several copies. The worker rests meanwhile, so that it leaves no rows beside theirs."""
    before = letters(city)
    numbers, counts, broken, yardsticks = count(1), Counter(), [], {}
    rested(city)
    retire(city)
    try:
        for copies in cycle(COPIES):
            if counts["formulär"] >= times or len(broken) > MOST_TOLD:
                break
            for part in LIFE:
                if counts["formulär"] >= times:
                    break
                if part not in yardsticks:
                    yardsticks[part] = lived(city, part, 1, next(numbers), broken)
                judge(lived(city, part, copies, next(numbers), broken), yardsticks[part], counts, broken)
    finally:
        city.start("worker")
    rested(city)
    counts["brev"], counts["brev framme"] = (now - then for now, then in zip(letters(city), before, strict=True))
    if counts["brev"] != counts["brev framme"]:
        broken.append(f"{counts['brev']} brev är skickade, men e-postservern har fått {counts['brev framme']}")
    names = ("formulär", "sändningar", "bekräftade", "skilda svar", "i dubbel", "borta", "brev", "brev framme")
    return Outcome({name: counts[name] for name in names}, [*broken, *whole(city)])


def lived(city, part, copies, number, broken):
    walk = Walk(city, copies, number)
    try:
        part(walk)
    except Unexpected as error:
        broken.append(str(error))
    return walk.steps


def judge(steps, yardstick, counts, broken):
    for step, one in zip(steps, yardstick, strict=False):
        counts["formulär"] += 1
        counts["sändningar"] += len(step.answers)
        counts["bekräftade"] += sum(status == 302 for status, _place in step.answers)
        if len({*step.answers}) > 1:
            counts["skilda svar"] += 1
            broken.append(f"{step.name}: skilda svar {step.answers}")
        more, less = step.left - one.left, one.left - step.left
        counts["i dubbel"] += bool(more)
        counts["borta"] += bool(less)
        if more or less:
            broken.append(f"{step.name}: lämnade för mycket {dict(more)} eller för lite {dict(less)}")


def rested(city):
    """The queue is empty."""
    asked = "SELECT id FROM django_q_ormq LIMIT 1"
    until(lambda: time.sleep(0.2) or not city.rows(asked), f"arbetaren har gjort allt i kön\n{city.log()}", 300)


def letters(city):
    """How many the rows say are sent, and how many the mail server has taken."""
    [(sent,)] = city.rows("SELECT count(*) FROM mail_message WHERE sent_at IS NOT NULL")
    return sent, len(city.mail.taken)


FAULTS = [Fault("samma formulär flera gånger på en gång", sent_at_once, short=8, long=500)]
