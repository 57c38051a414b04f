"""No action writes a value of a personal or sensitive field to the log: only the names of what changed."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from insteg.access.actor import SYSTEM
from insteg.audit.forms import ActionForm
from insteg.audit.gate import ACTIONS
from insteg.audit.log import record
from insteg.audit.models import Entry, EntrySubject
from tests.nets.calls import CALLS
from tests.nets.rows import furniture
from tests.town import address

LEAST = 4  # letters; what is shorter stands in words by chance
OF_THE_LOG = {"audit.Entry", "audit.EntrySubject"}
furniture("actions")
import_module(settings.ROOT_URLCONF)  # and with it every view and every form


def about_people(model):
    kinds = (getattr(model.Privacy, kind, ()) for kind in ("personal", "sensitive"))
    return sorted(name for names in kinds for name in names)


def personal_values():
    """Every text in a personal or sensitive field of any row of any own table."""
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("insteg.") and model._meta.label not in OF_THE_LOG:
            for values in model._base_manager.order_by("pk").values_list(*about_people(model) or ["pk"]):
                found |= {value for value in values if isinstance(value, str) and len(value) >= LEAST}
    return found


def said_in(data):
    """What was said in words, wherever it was to be saved."""
    for value in data.values():
        values = value if isinstance(value, list) else [value]
        yield from (v for v in values if isinstance(v, str) and len(v) >= LEAST)


def words_of_the_code():
    """Names of tables, of their fields and of actions: what the log is meant to hold."""
    own = [model for model in apps.get_models() if model.__module__.startswith("insteg.")]
    return {model._meta.label for model in own} | {f.name for model in own for f in model._meta.fields} | {*ACTIONS}


def written(after):
    """Every text that the log holds of what was written later. Who did it and to which row are ids, and its purpose."""
    entries = Entry.objects.filter(pk__gt=after).order_by("pk").values_list("action", "actor_kind", "changed", "reason")
    models = EntrySubject.objects.filter(entry__pk__gt=after).values_list("model", flat=True)
    texts = {*models}
    for action, kind, changed, reason in entries:
        texts |= {action, kind, *changed, reason}
    return json.dumps(sorted(texts - words_of_the_code()), ensure_ascii=False)


def newest():
    return Entry.objects.latest("pk").pk if Entry.objects.exists() else 0


def leaks(after, values):
    log = written(after)
    return sorted(value for value in values if value in log)


def test_no_action_tells_the_log_what_is_personal(house):
    told, looked_for = {}, 0
    for name, call in CALLS.items():
        with transaction.atomic():
            if call.first:
                call.first(house)
            target, data, after = call.target(house), call.said(house), newest()
            target.refresh_from_db()
            before = personal_values()
            ACTIONS[name](actor=call.by(house), target=target, seen=target.version, **data)
            values = before | personal_values() | {*said_in(data)}
            looked_for = max(looked_for, len(values))
            told |= {name: found} if (found := leaks(after, values)) else {}
            transaction.set_rollback(True)
    assert told == {}
    assert looked_for > 50


def test_what_built_the_town_told_the_log_nothing_personal_either(house):
    assert leaks(0, personal_values()) == []


@pytest.mark.parametrize("leak", [{"changed": [address("park")]}, {"reason": f"Ring {address('park')}"}])
def test_the_net_catches(house, leak):
    after = newest()
    record(SYSTEM, "x", [], leak.get("changed", []), leak.get("reason", ""))
    assert leaks(after, personal_values()) == [address("park")]


def forms_with_a_reason(form=ActionForm):
    for each in form.__subclasses__():
        yield from forms_with_a_reason(each)
        if "reason" in each.base_fields and each.__module__.startswith("insteg."):
            yield each


def test_whoever_writes_a_reason_for_the_log_is_asked_to_name_nobody():
    """The only free text of the log: kept as long as the log is, and read by whoever may see the history."""
    found = {form.__name__: str(form.base_fields["reason"].help_text) for form in forms_with_a_reason()}
    assert found
    assert {name: text for name, text in found.items() if "Skriv inget om enskilda personer" not in text} == {}
    assert {name: text for name, text in found.items() if "loggen" not in text} == {}
