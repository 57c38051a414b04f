"""Where Chromium is: `python -m tests.browser -- command` runs the command if there is one, and else says why not."""

import os
import shutil
import subprocess
import sys

# The shell is the same engine without a window: pages cost a third less time in it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of the browser: CHROMIUM in the environment, else the first one on PATH; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def main(arguments: list[str]) -> int:
    found, command = chromium(), arguments[1:]
    if not found:
        print("Chromium finns inte på den här datorn: resorna i webbläsaren hoppas över.", end=" ")
        print("(No Chromium here: the browser journeys are skipped.)")
        return 0
    if not command:
        print("Resorna i webbläsaren körs för sig: make journeys. (Browser journeys: make journeys.)")
        return 0
    return subprocess.run(command, env=os.environ | {"CHROMIUM": found}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
