"""A PostgreSQL of one's own for as long as a command runs: `python -m tests.postgres -- pytest …`.

The cluster lies in a temporary folder and listens on a unix socket only, so no port is taken and nothing of the
machine's own server is touched. Where no server program is found the command is skipped, and that is said.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

WAIT_SECONDS = 30
# A test cluster is thrown away, so it need not survive a power cut, nor be copied; and its questions are short.
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "autovacuum=off", "jit=off", "max_connections=100",
)  # fmt: skip


def programs() -> Path | None:
    """The folder with initdb and postgres: the newest of Debian's, else the one on PATH; None where there is none."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = shutil.which("postgres")
    folders = [*reversed(newest), *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _other_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then its programs run as the user postgres."""
    return {} if os.geteuid() else {"user": "postgres", "group": "postgres", "extra_groups": []}


def _wait_until_ready(bin_folder: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    ready = [bin_folder / "pg_isready", "--quiet", "--host", home, "--username", "postgres"]
    while subprocess.run(ready).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start:\n{(home / 'log').read_text()}")
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends the connections that are left
    try:
        server.wait(WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextlib.contextmanager
def cluster(bin_folder: Path, options: Sequence[str] = FAST) -> Iterator[str]:
    """Start a new, empty cluster and yield the address of its database `insteg`; stop and remove it afterwards."""
    user = _other_user()
    home = Path(tempfile.mkdtemp(prefix="insteg-pg-", dir="/tmp"))  # short: a socket's path has 107 characters
    try:
        if user:
            owner = pwd.getpwnam("postgres")
            os.chown(home, owner.pw_uid, owner.pw_gid)
        data, log = home / "data", (home / "log").open("wb")
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        run = {"cwd": home, "env": environment, "stdout": log, "stderr": subprocess.STDOUT, **user}
        made = [bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(made, check=True, **run)
        settings = [f"unix_socket_directories={home}", "listen_addresses=", *options]
        started = [bin_folder / "postgres", "-D", data, *(part for each in settings for part in ("-c", each))]
        server = subprocess.Popen(started, **run)
        try:
            _wait_until_ready(bin_folder, home, server)
            subprocess.run([bin_folder / "createdb", "-h", home, "-U", "postgres", "insteg"], check=True, **run)
            yield f"postgres://postgres@{quote(str(home), safe='')}/insteg"
        finally:
            _stop(server)
            log.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    command, bin_folder = arguments[1:], programs()
    if bin_folder:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then too
        with cluster(bin_folder) as address:
            print(f"PostgreSQL ({bin_folder}):", flush=True)
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}).returncode
    print(f"PostgreSQL finns inte på den här datorn: {' '.join(command)} hoppas över där.", end=" ")
    print("(No PostgreSQL here: skipped.)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
