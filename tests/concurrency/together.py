import threading
from collections import Counter

from django.db import connections


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
