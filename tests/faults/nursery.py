"""The product's own processes without the seconds that Python needs to start: they are forks of this one.

Reads the house once, lays tables and the town of the tests, and says on a line of JSON what the harness must know. Then
"web" or "worker" on a line in gives the id of a new process, which leads a group of its own.
"""

import json
import multiprocessing
import os
import signal
import sys
import traceback

from tests.faults.without import switch_off


def main():
    import django

    django.setup()
    from django.db import connections

    print(json.dumps(prepare()), flush=True)
    import insteg.config.wsgi  # noqa: F401  read once, for every fork

    switch_off()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burying
    for line in sys.stdin:
        connections.close_all()  # a connection must not be shared by forks
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            print(os.getpid(), flush=True)  # told by the child itself: who hears it may kill the group at once
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            try:
                {"web": web, "worker": worker}[line.strip()]()
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(1)


def prepare():
    """Tables and the town: the sessions of its people, and the ids of what they have."""
    from django.core.management import call_command
    from django.test import Client

    from insteg.organisations.models import User
    from tests.town import address, build

    call_command("migrate", verbosity=0)
    town = build()
    sessions = {}
    for name in town.who:
        client = Client()
        client.force_login(User.objects.get(email=address(name)))
        sessions[name] = next(iter(client.cookies.values())).value
    town.agendas = {"begun": the_agenda_of_a_meeting_that_has_begun(town)}
    ids = {
        kind: {name: str(row.pk) for name, row in getattr(town, kind).items()}
        for kind in ("org", "units", "planned", "agendas")
    }
    return {"sessions": sessions, **ids}


def the_agenda_of_a_meeting_that_has_begun(town):
    """Of the steering group: nobody can wait for one that is planned."""
    import datetime as dt

    from insteg.core import clock
    from insteg.meetings.models import Attendance, Meeting
    from insteg.steering.models import Agenda

    now, hour = clock.now(), dt.timedelta(hours=1)
    meeting = Meeting.objects.create(
        kind=Meeting.Kind.STEERING, organisation=town.org["Stad"], title="Styrgruppens möte", place="Rum 3",
        starts_at=now - hour, ends_at=now + hour, called_at=now - 99 * hour,
    )  # fmt: skip
    Attendance.objects.create(
        meeting=meeting, user_id=town.who["styr"].id, capacity=Attendance.Capacity.CHAIR, present=True
    )
    return Agenda.objects.create(meeting=meeting, shared_at=now)


def web():
    port = int(os.environ["FAULTS_PORT"])
    from insteg.config.wsgi import application

    if not os.environ.get("DATABASE_URL"):  # as `make run`
        import waitress

        waitress.serve(application, listen=f"127.0.0.1:{port}", threads=8, ident="", _quiet=True)
        return
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """As docs/drift/insteg-webb.service starts it, with fewer processes."""

        def load_config(self):
            said = {"bind": f"127.0.0.1:{port}", "workers": 2, "threads": 8, "worker_class": "gthread", "timeout": 60}
            for name, value in said.items():
                self.cfg.set(name, value)

        def load(self):
            return application

    Server().run()


def worker():
    from insteg.core.jobs import work

    work()
    for each in multiprocessing.active_children():  # as Python does at its end, which os._exit leaves out
        each.join()


if __name__ == "__main__":
    main()
