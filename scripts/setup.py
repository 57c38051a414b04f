"""Makes .venv and fills it: `python3 scripts/setup.py prod|dev`. Needs nothing but Python, and is called by make.

Written so that an old Python can read it, since its first task is to tell the reader that the Python is too old.
"""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python")

TOO_OLD = """Insteg behöver Python 3.11 eller senare, men här finns {0}: installera en nyare, eller peka ut den med \
`make PYTHON=python3.11 …`.
(Insteg needs Python 3.11 or later, and this is {0}: install a newer one, or name it with `make PYTHON=python3.11 …`.)
"""
NO_VENV = """Pythons modul venv saknas här: installera den, på Debian och Ubuntu med `apt install python3-venv`, och \
kör samma kommando igen.
(Python's venv module is missing: install it, on Debian and Ubuntu with `apt install python3-venv`, and try again.)
"""
NO_PACKAGES = """Biblioteken kunde inte hämtas: se felet ovanför, kontrollera nätet eller pips inställningar, och kör \
samma kommando igen.
(The libraries could not be fetched: see the error above, check the network or pip's settings, and try again.)
"""


def stop(text):
    sys.stderr.write(text)
    raise SystemExit(1)


def run(*command, **options):
    """Run a command in the project's folder; True when it went well."""
    return subprocess.call(command, cwd=ROOT, **options) == 0


def make_venv():
    try:
        import ensurepip  # noqa: F401  Debian ships venv without this part, and then venv fails halfway
        import venv  # noqa: F401
    except ImportError:
        stop(NO_VENV)
    whole = os.path.exists(PYTHON) and run(PYTHON, "-c", "import pip", stderr=subprocess.DEVNULL)
    if not whole and not run(sys.executable, "-m", "venv", "--clear", VENV):
        stop(NO_VENV)


def pip(*arguments, **options):
    return run(PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments, **options)


def environment_of_uv():
    """The environment for uv, which does not read pip's settings: a private index is handed on to it."""
    environment = dict(os.environ)
    asked = subprocess.run(
        [PYTHON, "-m", "pip", "config", "get", "global.index-url"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.decode().strip()
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    return environment


def install(kind):
    """Install requirements/<kind>.txt and this checkout; by uv, or by plain pip where uv cannot be had or fails."""
    wanted = ["--require-hashes", "-r", "requirements/{0}.txt".format(kind)]
    itself = ["--no-deps", "--no-build-isolation", "--editable", "."]
    if pip("install", "--quiet", "--require-hashes", "-r", "requirements/uv.txt"):
        uv = [os.path.join(BIN, "uv"), "pip", "install", "--quiet", "--python", PYTHON]
        environment = environment_of_uv()
        if run(*(uv + wanted), env=environment) and run(*(uv + itself), env=environment):
            return
    sys.stderr.write("uv kunde inte användas; pip installerar i stället, vilket tar längre tid.\n")
    if not (pip("install", "--quiet", *wanted) and pip("install", "--quiet", *itself)):
        stop(NO_PACKAGES)


def main():
    if sys.version_info < (3, 11):
        stop(TOO_OLD.format("Python {0}.{1}".format(*sys.version_info[:2])))
    kind = sys.argv[1]
    make_venv()
    sys.stderr.write("Installerar bibliotek (requirements/{0}.txt) …\n".format(kind))
    install(kind)


if __name__ == "__main__":
    main()
