import threading
from collections import Counter

import pytest
from django.db import connection, connections

AT_ONCE = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time: needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


def press(*acts):
    """Runs all at once, each on a connection of its own, and counts what they answered: a value or a kind of error."""
    together, answers = threading.Barrier(len(acts)), []

    def run(act):
        together.wait()
        try:
            answers.append(act())
        except Exception as error:
            answers.append(type(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)
