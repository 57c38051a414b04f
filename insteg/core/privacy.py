"""Every field of every own table says what it is: `plain`, `personal` or `sensitive`, and how long it is kept."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

KINDS = ("plain", "personal", "sensitive")
ALWAYS_PLAIN = {"id", "created_at", "version"}


def faults(model: type[Model]) -> list[str]:
    """What is missing or wrong in the table's own `class Privacy`; empty when every field is classified once."""
    privacy = model.__dict__.get("Privacy")  # declared on the table itself: inheriting is forgetting
    if privacy is None:
        return ["has no class Privacy"]
    said = Counter(name for kind in KINDS for name in getattr(privacy, kind, ()))
    fields = {f.name for f in (*model._meta.fields, *model._meta.many_to_many)}
    found = [f"{name} is not classified" for name in sorted(fields - set(said) - ALWAYS_PLAIN)]
    found += [f"{name} is no field" for name in sorted(set(said) - fields)]
    found += [f"{name} is classified twice" for name, times in said.items() if times > 1]
    keeps = isinstance(getattr(privacy, "keep_months", None), int)
    if any(getattr(privacy, kind, ()) for kind in ("personal", "sensitive")) and not keeps:
        found.append("holds people's data but not for how many months")
    return found


@register
def every_field_is_classified(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    own = [m for m in apps.get_models(include_auto_created=False) if m.__module__.startswith("insteg.")]
    return [Error(f"{m._meta.label}: {fault}", id="insteg.E001") for m in own for fault in faults(m)]
