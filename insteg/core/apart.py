"""Work on what strangers have sent, in a process of its own with little memory and little time.

A file of four kilobytes can ask a reader for four hundred gigabytes; where that reader is not Python, the answer is the
end of the whole process. So the process that ends is one that holds nothing: no database, no keys, no one else's page.
"""

import contextlib
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

MOST_MEMORY: Final = 768 * 1024 * 1024  # bytes; 20,000 rows of thirty columns take 160 MB
MOST_SECONDS: Final = 20  # of work; such a sheet takes one
LONGEST_WAIT: Final = 60  # seconds by the clock, when the machine is busy with other things

_ONE_AT_A_TIME: Final = threading.Lock()  # within each process of the web server, so that many at once bound memory too


class Stopped(Exception):
    """The work took more than it may, or its process fell."""


def run_apart(module: str, sent: bytes) -> bytes:
    """What `python -m module` writes when it is sent the bytes. The module calls `be_bounded` before it reads them.

    It is told nothing of the environment but where the code lies. Raises Stopped.
    """
    told = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", module]
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(command, input=sent, capture_output=True, env=told, cwd="/", timeout=LONGEST_WAIT)
        except subprocess.TimeoutExpired as error:
            raise Stopped(module) from error
    if done.returncode:
        raise Stopped(module, done.returncode, done.stderr[-500:])
    return done.stdout


def be_bounded() -> None:
    """From here on the process may write no file, and ends when it asks for too much. Others survive it."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # when memory runs out, Linux ends this one first
        Path("/proc/self/oom_score_adj").write_text("1000")
