"""`make run`: the example city, filled once, on a port that is free, and never anything else."""

import socket
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from insteg.home.management.commands.run import fill, free_port

pytestmark = pytest.mark.one_database


def rows():
    """How many rows every own table has."""
    return {m._meta.label: m.objects.count() for m in apps.get_models() if m.__module__.startswith("insteg.")}


def test_a_second_run_keeps_what_the_first_filled(db):
    fill()
    first = rows()
    assert first["organisations.User"] > 10
    assert first["inventory.PlannedProcurement"] > 10
    fill()
    assert rows() == first


def test_it_starts_nothing_but_the_example_city(settings):
    settings.EXAMPLE_CITY = False
    with pytest.raises(CommandError, match="docs/drift/"):
        call_command("run")


def test_a_taken_port_is_passed_by():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) < port + 20


def test_the_server_reads_every_view_and_page_in_before_the_first_visitor():
    """In a process of its own, since it is this one's memory that would be taken out of the tidying."""
    asks = """
import gc, sys
from insteg.config.wsgi import application
kept = gc.get_freeze_count()
gc.unfreeze()
from django.template import Template
pages = {each.name for each in gc.get_objects() if type(each) is Template}
print(kept > 100_000, "insteg.inventory.views.compilation" in sys.modules)
print("inventory/compilation/page.html" in pages, "home/manual.html" in pages)
"""
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True"] * 4
