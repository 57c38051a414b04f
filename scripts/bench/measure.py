"""Times of things that are run in turns, so that what disturbs the machine disturbs them alike."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from insteg.config.starting import settle

Task = Callable[..., Any]
LEAST = 3


@dataclass(frozen=True)
class Line:
    """A measured thing. `beside` is the name of its yardstick in the same table, empty for the yardstick itself.

    `aim` is the largest ratio that we want, None where there is none. `note` is a word that belongs to the figure.
    """

    name: str
    task: Task
    beside: str = ""
    aim: float | None = None
    note: str = ""
    setup: Task | None = None
    times: float = 1  # what one run is multiplied by, where only a sample was run
    seconds: list[float] = field(default_factory=list)

    def run(self) -> None:
        """One run. What `setup` gives is made before the clock starts, and is handed to the task."""
        given = [self.setup()] if self.setup else []
        began = time.perf_counter()
        self.task(*given)
        self.seconds.append((time.perf_counter() - began) * self.times)


def in_turns(lines: Iterable[Line], rounds: int, *, warm: bool = False, seconds: float = 45) -> list[Line]:
    """Runs each `rounds` times, one after the other in every round, and once before unless it is `warm`.

    After `seconds` no new round is begun, but each is run at least three times.
    """
    lines = list(lines)
    settle()  # as the server does when it starts, so that what is measured is what a visitor waits for
    for line in [] if warm else lines:
        line.run()
        line.seconds.clear()
    began = time.perf_counter()
    for done in range(rounds):
        if done >= LEAST and time.perf_counter() - began > seconds:
            break
        for line in lines:
            line.run()
    return lines


def show(title: str, lines: list[Line]) -> bool:
    """Prints a table in milliseconds. False when an aim is missed: the ratio is between medians."""
    middle = {line.name: median(line.seconds) for line in lines}
    wide = max(len(line.name) for line in lines)
    rounds = len(lines[0].seconds)
    print(f"\n{title} ({rounds} {'gång' if rounds == 1 else 'gånger'} var, ms)")
    print(f"  {'':{wide}} {'minst':>9} {'median':>9} {'störst':>9}   {'gånger måttstocken'}")
    good = True
    for line in lines:
        seconds = (min(line.seconds), middle[line.name], max(line.seconds))
        figures = " ".join(f"{value * 1000:9.1f}" for value in seconds)
        said = "måttstock"
        if line.beside:
            ratio = middle[line.name] / middle[line.beside]
            said = f"{ratio:5.1f}"
            if line.aim:
                kept = ratio <= line.aim
                good = good and kept
                said += f"  mål {line.aim:g}: {'nått' if kept else 'INTE NÅTT'}"
            if sum(not other.beside for other in lines) > 1:
                said += f"  (mot {line.beside})"
        print(f"  {line.name:{wide}} {figures}   {said}{'  ' + line.note if line.note else ''}", flush=True)
    return good
