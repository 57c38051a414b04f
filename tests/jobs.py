"""Does what the worker does, at once and in order: for tests that need the jobs done, not the worker."""

from django_q.models import OrmQ

from insteg.core import jobs


def run_queued():
    """Runs everything in the queue, also what the jobs themselves queue. Returns the names, in order."""
    done = []
    while queued := OrmQ.objects.order_by("pk").first():
        task = queued.task
        queued.delete()
        jobs.run(*task["args"])
        done.append(task["args"][0])
    return done
