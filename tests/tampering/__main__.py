"""`python -m tests.tampering [--short]`: tamper with a sealed log in every known way, and see that each time is found.

On SQLite, and on PostgreSQL where it is found: as a database owner who has switched the triggers off. The log grows
between the trials with gaps, late writers and prunings, and must be found whole each time before it is touched. Then
each protection is switched off, and what it alone finds must pass unnoticed: otherwise the trials would show nothing.
Ends with 1 when something was not found, or when a whole log was found broken.

`--without=PROTECTION` switches one off in the trials themselves, which then fail.
"""

import os
import subprocess
import sys
import time

TIMES, TIMES_SWITCHED_OFF = 200, 40
SHORT, SHORT_SWITCHED_OFF = 5, 1
WITHOUT = "--without="
HERE = "--here"  # on the database that the settings name


def main(arguments: list[str]) -> int:
    short = "--short" in arguments
    if HERE in arguments:
        without = next((word.removeprefix(WITHOUT) for word in arguments if word.startswith(WITHOUT)), "")
        return here(*((SHORT, SHORT_SWITCHED_OFF) if short else (TIMES, TIMES_SWITCHED_OFF)), without)
    begun = time.monotonic()
    itself = [sys.executable, "-m", "tests.tampering", HERE, *arguments]
    broken = subprocess.run(itself, env=os.environ | {"DATABASE_URL": ""}).returncode
    broken |= subprocess.run([sys.executable, "-m", "tests.postgres", "--", *itself]).returncode
    print(f"{'ETT LÖFTE BRÖTS' if broken else 'Allt hittades'} ({time.monotonic() - begun:.0f} s)")
    return 1 if broken else 0


def here(times: int, times_switched_off: int, without: str) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "insteg.config.settings.test"
    import django

    django.setup()
    from tests.tampering.trial import on_this_database, switched_off_protection

    with switched_off_protection(without):
        return 0 if on_this_database(times, times_switched_off) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
