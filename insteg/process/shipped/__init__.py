"""The working model as it is shipped (4.2, 4.3 and annexes 2 and 3), one file for each kind of case."""

import tomllib
from importlib import resources
from typing import Any

Model = dict[str, Any]


def shipped(kind: str) -> Model:
    """What the file of that kind says, as plain tables: note, phase, step with item and move."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{kind}.toml").read_text("utf-8"))


def write(model: Model, process: Any, tables: Any) -> None:
    """Adds what the file says to an empty draft. `tables` gives a model by its name: a migration's, or the living."""
    phases = {each["key"]: tables("Phase").objects.create(process=process, **each) for each in model["phase"]}
    steps = {}
    for order, each in enumerate(model["step"], 1):
        own = {name: value for name, value in each.items() if name not in ("item", "move", "phase")}
        phase = phases[each["phase"]]
        steps[each["key"]] = tables("Step").objects.create(process=process, phase=phase, order=order * 10, **own)
    for each in model["step"]:
        write_step(each, steps, tables)


def write_step(told: Model, steps: dict[str, Any], tables: Any) -> None:
    step = steps[told["key"]]
    for order, item in enumerate(told.get("item", []), 1):
        own = {name: value for name, value in item.items() if name != "offset"}
        tables("Item").objects.create(step=step, order=order * 10, offset_workdays=item["offset"], **own)
    for order, move in enumerate(told.get("move", []), 1):
        own = {name: value for name, value in move.items() if name != "to"}
        target = steps[move["to"]] if "to" in move else None
        tables("Move").objects.create(source=step, target=target, order=order * 10, **own)
