"""Starts `make run`, waits for its address, fetches the first page, and stops it. Fails after five minutes."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
WAIT_SECONDS = 300
ADDRESS = re.compile(r"https?://\S+")


def main() -> int:
    # A session of its own, so that make, the server and the worker can all be told to stop.
    process = subprocess.Popen(
        ["make", "run"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    late = threading.Timer(WAIT_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    late.start()
    status = None
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            found = ADDRESS.search(line)
            if found and status is None:
                status = fetch(found[0])
                os.killpg(process.pid, signal.SIGINT)
    finally:
        late.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
    print(f"Första sidan svarade {status}." if status else "Ingen adress kom.", flush=True)
    return 0 if status == 200 else 1


def fetch(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    for _attempt in range(50):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                page = answer.read().decode()
                return int(answer.status) if "Insteg" in page else 0
        except urllib.error.HTTPError as refused:
            return refused.code
        except urllib.error.URLError:
            time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
