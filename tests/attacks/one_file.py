"""Files read in processes of their own: what came of each, how much memory and how much time it took."""

import contextlib
import os
import pickle
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from insteg.codes import official_lists
from insteg.core import apart
from insteg.inventory.agreement_reader import read_register
from insteg.inventory.plan_reader import Unreadable, read
from tests.attacks.corpus import File
from tests.attacks.named import Attack
from tests.attacks.sheets import SECRET

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 30
LARGE, SLOW = 250, 2  # megabytes and seconds: from there on one is measured alone
READ, REFUSED, STOPPED = "läst", "nej med besked", "avbruten av gränsen"
FAULT, SILENT, LEAKED, UNBOUNDED = "EGET FEL", "NEJ UTAN BESKED", "LÄSTE NÅGOT ANNAT", "UTAN GRÄNS"


class Outcome(NamedTuple):
    kind: str
    said: str = ""
    megabytes: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> bool:
        too_much = self.megabytes * 1024 * 1024 > MOST_MEMORY or self.seconds > MOST_SECONDS
        return too_much or self.kind not in (READ, REFUSED, STOPPED)


READERS: dict[str, Callable[[File], object]] = {
    "plan": lambda file: read(file.content, file.name),
    "avtal": lambda file: read_register(file.content, file.name),
    "koder": lambda file: official_lists.read(official_lists.OFFICIAL_LISTS["cpv"], file.content),
}


def tried(reader: Callable[[File], object], file: File) -> Outcome:
    try:
        found = repr(reader(file))
    except (Unreadable, official_lists.Unreadable) as error:
        found = str(error) if isinstance(error, Unreadable) else " ".join(error.args)
        kind = REFUSED if found.endswith(".") and "%(" not in found else SILENT
    except MemoryError:
        return Outcome(STOPPED)
    except BaseException as error:
        return Outcome(FAULT, f"{type(error).__name__}: {error}"[:300])
    else:
        kind = READ
    return Outcome(LEAKED if SECRET in found else kind, found[:300])


Task = tuple[str, Attack]  # the name of a reader, and the file for it
BATCH = 40


def read_all(tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
    """Many in one process, as long as it stands. Whatever it falls over is read once more, alone."""
    rest = [*tasks]
    while rest:
        outcomes = together(rest[:BATCH])
        yield from zip(rest, outcomes, strict=False)
        rest = rest[len(outcomes) :]
        if len(outcomes) < BATCH and rest:
            yield rest[0], alone(*rest[0])
            rest = rest[1:]


def together(tasks: Sequence[Task]) -> list[Outcome]:
    """The outcomes of the first ones: up to the first that the limits stopped, or that was large."""

    def work(tell: Callable[[Outcome], None]) -> None:
        for kind, attack in tasks:
            file, begun = attack.file(), time.process_time()
            outcome = tried(READERS[kind], file)
            seconds = time.process_time() - begun
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            if outcome.kind == STOPPED or megabytes > LARGE or seconds > SLOW:
                return
            tell(outcome._replace(megabytes=megabytes, seconds=seconds))

    return forked(work)[0]


def alone(kind: str, attack: Attack) -> Outcome:
    """The file is made outside the process, so that only the reading of it is measured."""
    file = attack.file()
    told, status, measured = forked(lambda tell: tell(tried(READERS[kind], file)))
    if status or not told:
        name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else str(status)
        return Outcome(STOPPED, name, **measured)
    return told[0]._replace(**measured)


def forked(work: Callable[[Callable[[Outcome], None]], None]) -> tuple[list[Outcome], int, dict[str, Any]]:
    """What the work told in a process of its own, how that ended, and what it took."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        with contextlib.suppress(BaseException), os.fdopen(theirs, "wb") as pipe:

            def tell(outcome: Outcome) -> None:
                pickle.dump(outcome, pipe)
                pipe.flush()

            if within_limits():
                work(tell)
            else:
                tell(Outcome(UNBOUNDED))
        os._exit(0)
    os.close(theirs)
    told = []
    with os.fdopen(ours, "rb") as pipe, contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            told.append(pickle.load(pipe))
    _, status, used = os.wait4(child, 0)
    return told, status, {"megabytes": used.ru_maxrss // 1024, "seconds": used.ru_utime + used.ru_stime}


def within_limits() -> bool:
    """The product's own limits, within ours: whether it has set any."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic of the reader in Rust is told there, and is no news
    apart.be_bounded()
    now = (resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])
    return now[0] < MOST_MEMORY and now[1] < MOST_SECONDS
