"""`python -m tests.attacks [--short]`: send what nobody should send, and see that it does no harm.

Files: every named attack and many by lot, read in processes of their own, and sent to the pages that take a file.
Posts: forms and queries of every address, made odd by lot, as persons who may. The same `--seed` makes the same ones.
Ends with 1 when a promise broke. Without `--short` it goes on to PostgreSQL, where there is one.

`--part 2/5` does the second of five parts, `--only files,pages,posts` some kinds. `--switched-off` takes the
protections away one at a time, and ends with 1 when that is not seen.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insteg.config.settings.test")
    django.setup()
    from tests.attacks.run import main

    sys.exit(main(sys.argv[1:], __doc__ or ""))
