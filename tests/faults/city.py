"""A copy of the product served for real, with its worker, its database and its little mail server.

The harness is its systemd: a process that dies is started again. Rows are counted past the product, with our own SQL.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import psycopg
from cryptography.fernet import Fernet

from tests.faults import without
from tests.faults.client import Client
from tests.faults.disk import small_disk
from tests.faults.postgres import Cluster, with_no_regret
from tests.faults.proxy import Proxy
from tests.mail.smtp import serving

PATIENCE = 60
KEPT_ALIVE_SECONDS = 0.1  # systemd waits for seconds; here nothing is learned by waiting


class City:
    """`with City("postgresql") as city:` serves the town of the tests. `protections_off`: without.py names them."""

    def __init__(self, database, protections_off=()):
        self.database, self.without = database, tuple(protections_off)
        self.folder = Path(tempfile.mkdtemp(prefix="insteg-faults-", dir="/tmp"))
        self.folder.chmod(0o711)  # PostgreSQL's user passes through it
        # Each on a small disk of its own, where one can be mounted.
        self.files, self.data = self.folder / "files", self.folder / "data"
        self.port, self.stack, self.pids, self.wanted = free_port(), contextlib.ExitStack(), {}, set()
        self.restarts = {"web": 0, "worker": 0}
        self.nursery = self.cluster = self.proxy = self.mail = None
        self.nursery_lock = threading.Lock()

    def __enter__(self):
        with self.stack:
            self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.disks = {place: self.stack.enter_context(small_disk(place)) for place in (self.data, self.files)}
            self.mail = self.stack.enter_context(serving())
            if self.database == "postgresql":
                self.cluster = Cluster(self.data, without.options_of_postgresql(self.without))
                self.stack.callback(self.cluster.remove)
                self.proxy = self.stack.enter_context(Proxy(self.cluster.socket))
            self.hire()
            self.start("web")
            self.start("worker")
            threading.Thread(target=self.keep_alive, daemon=True).start()
            self.heals()
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    # --- what it runs with

    def environment(self):
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "INSTEG_VAR": str(self.folder),
            "FILES_ROOT": str(self.files),
            "FAULTS_SQLITE": str(self.sqlite),
            "STATIC_ROOT": str(self.folder / "static"),
            "FAULTS_PORT": str(self.port),
            "FAULTS_WITHOUT": ",".join(self.without),
            "EMAIL_PORT": str(self.mail.port),
            "ANCHORS_FILE": str(self.folder / "loggen.txt"),
            "PYTHONUNBUFFERED": "1",
        }
        if self.proxy:
            own |= {
                "DATABASE_URL": f"postgres://postgres@127.0.0.1:{self.proxy.port}/insteg",
                "SECRET_KEY": secrets.token_urlsafe(50),
                "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
                "ALLOWED_HOSTS": "127.0.0.1",
            }
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return inherited | own

    def hire(self):
        """The process that all others are forks of; it lays the tables and the town first."""
        (self.folder / "static").mkdir()
        log = self.stack.enter_context((self.folder / "log").open("ab"))
        command = [sys.executable, "-m", "tests.faults.nursery"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log, "text": True}
        self.nursery = subprocess.Popen(command, env=self.environment(), cwd=Path.cwd(), **pipes)
        self.stack.callback(self.dismiss)
        said = self.nursery.stdout.readline()
        if not said:
            raise RuntimeError(f"the city did not start:\n{self.log()}")
        town = json.loads(said)
        self.sessions, self.org, self.units, self.planned, self.agendas = (
            town[name] for name in ("sessions", "org", "units", "planned", "agendas")
        )

    def dismiss(self):
        self.wanted.clear()
        for kind in [*self.pids]:
            self.kill(kind)
        self.nursery.communicate()

    def log(self, last=4_000):
        """What the processes have written to stderr."""
        return (self.folder / "log").read_text(errors="replace")[-last:]

    # --- its processes: kind is "web" or "worker"

    def start(self, kind):
        """A new process of the kind, kept alive until `stop`."""
        with self.nursery_lock:
            print(kind, file=self.nursery.stdin, flush=True)
            self.pids[kind] = int(self.nursery.stdout.readline())
            self.wanted.add(kind)

    def stop(self, kind):
        """As systemctl stop: it may finish what it has in hand."""
        self.wanted.discard(kind)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pids[kind], signal.SIGTERM)
        until(lambda: not alive(self.pids[kind]), f"{kind} stops")

    def kill(self, kind):
        """kill -9 of the process and all that it has forked: the power went. It is started again, if it is wanted."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pids[kind], signal.SIGKILL)

    def children(self, kind):
        """The ids of the processes forked by it: gunicorn's workers, or those of the queue."""
        return forked(self.pids[kind])

    def kill_child(self, pid):
        with_no_regret(pid)

    def keep_alive(self):
        while self.nursery.poll() is None:
            for kind in [*self.wanted]:
                if not alive(self.pids[kind]) and kind in self.wanted:
                    self.restarts[kind] += 1
                    self.kill(kind)  # what it has left behind, as systemd does
                    with contextlib.suppress(OSError, ValueError):
                        self.start(kind)
            time.sleep(KEPT_ALIVE_SECONDS)

    def is_healthy(self):
        return self.visitor().get("/halsa/").status == 200

    def heals(self, seconds=PATIENCE):
        """Waits, without lifting a hand, until it answers. Raises TimeoutError when it does not."""
        until(self.is_healthy, f"the city answers again\n{self.log()}", seconds)

    # --- its people

    def visitor(self):
        return Client(self.port, {}, self.origin)

    def client(self, name):
        """The browser of one of the town's people (tests/town.py), signed in."""
        cookie = "__Host-session" if self.database == "postgresql" else "sessionid"
        return Client(self.port, {cookie: self.sessions[name]}, self.origin)

    @property
    def origin(self):
        """Production believes the proxy's word that the browser came by https; the example city asks no proxy."""
        return "https://127.0.0.1" if self.database == "postgresql" else f"http://127.0.0.1:{self.port}"

    # --- its rows

    def rows(self, question, *values):
        """The rows that SQL of one's own gives, read past the product. Write %s for a value."""
        if self.database == "postgresql":
            with psycopg.connect(host=str(self.cluster.home), user="postgres", dbname="insteg") as connection:
                return connection.execute(question, values).fetchall()
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(self.sqlite))}?mode=ro", uri=True, timeout=30)) as at:
            return at.execute(question.replace("%s", "?"), [plain(value) for value in values]).fetchall()

    @property
    def sqlite(self):
        return self.data / "insteg.sqlite3"


def plain(value):
    """As SQLite keeps it: an id is 32 signs without hyphens."""
    with contextlib.suppress(ValueError, AttributeError):
        return UUID(value).hex
    return value


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def forked(pid):
    with contextlib.suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def until(done, what, seconds=PATIENCE):
    """Waits for it. Raises TimeoutError, saying what was waited for."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)
