"""A PostgreSQL that can be killed and started again, and whose commits are as durable as in production."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests import postgres

# Nothing about durability is relaxed but what only a power cut would show: the machine itself stays up here.
MOST_CONNECTIONS = 40
OPTIONS = (
    "fsync=off", f"max_connections={MOST_CONNECTIONS}", "jit=off", "autovacuum=off", "listen_addresses=",
    "min_wal_size=4MB", "max_wal_size=16MB",
)  # fmt: skip


class Cluster:
    """A new, empty cluster in a folder of its own, on a unix socket. `data` may be laid elsewhere (a small disk)."""

    def __init__(self, data=None, options=OPTIONS):
        self.bin, self.user, self.options, self.server = postgres.programs(), postgres._other_user(), options, None
        self.home = Path(tempfile.mkdtemp(prefix="insteg-pg-", dir="/tmp"))  # short: a socket's path has 107 characters
        self.data = Path(data or self.home) / "pg"
        for folder in (self.home, self.data.parent):
            self.give(folder)
        self.run = {"cwd": self.home, "env": os.environ | {"LC_ALL": "C.UTF-8"}, **self.user}
        self.log = (self.home / "log").open("ab")
        made = [self.bin / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made.append("--wal-segsize=1")  # a small disk is full sooner
        subprocess.run(made, check=True, stdout=self.log, stderr=self.log, **self.run)
        self.start()
        create = [self.bin / "createdb", "-h", self.home, "-U", "postgres", "insteg"]
        subprocess.run(create, check=True, stdout=self.log, stderr=self.log, **self.run)

    @property
    def address(self):
        return f"postgres://postgres@{quote(str(self.home), safe='')}/insteg"

    @property
    def socket(self):
        return str(self.home / ".s.PGSQL.5432")

    def give(self, folder):
        if self.user:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)

    def start(self, wait=True):
        """As the harness's own child: after kill -9 `pg_ctl` may refuse."""
        settings = [f"unix_socket_directories={self.home}", *self.options]
        started = [self.bin / "postgres", "-D", self.data, *(part for each in settings for part in ("-c", each))]
        self.server = subprocess.Popen(started, stdout=self.log, stderr=self.log, start_new_session=True, **self.run)
        if wait:
            postgres._wait_until_ready(self.bin, self.home, self.server)

    def kill(self):
        """kill -9 of the postmaster and of every process it has: what a machine does that runs out of memory."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        self.server.kill()
        for pid in children:
            with_no_regret(int(pid))
        self.server.wait()

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast, ends the connections that are left. SIGQUIT: immediate, as if it had crashed."""
        if self.server.poll() is None:
            self.server.send_signal(how)
        self.server.wait(60)

    def remove(self):
        self.stop(signal.SIGQUIT)
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)


def with_no_regret(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
