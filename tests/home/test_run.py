"""`make run`: the example city, filled once, on a port that is free, and never anything else."""

import socket

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from insteg.home.management.commands.run import fill, free_port


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
