"""Time that passes for the city's rows, since nobody can wait for it: written past the product, between two faults."""

import contextlib
import sqlite3
import time
from urllib.parse import quote

import psycopg

from tests.faults.city import alive


def write(city, statement, *values):
    if city.database == "postgresql":
        with psycopg.connect(host=str(city.cluster.home), user="postgres", dbname="insteg") as connection:
            connection.execute(statement, values)
        return
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(city.sqlite))}?mode=rw", uri=True, timeout=30)) as at, at:
        at.execute(statement.replace("%s", "?"), values)


def retire(city):
    """No worker, and none is started again until somebody does. For when the queue is empty: it is killed."""
    while "worker" in city.wanted or alive(city.pids["worker"]):
        city.wanted.discard("worker")
        city.kill("worker")
        time.sleep(0.3)


def late(city, job):
    """The recurring job fell due while no worker ran: the next one that starts queues it."""
    an_hour_ago = "now() - interval '1 hour'" if city.database == "postgresql" else "datetime('now', '-1 hour')"
    write(city, f"UPDATE django_q_schedule SET next_run = {an_hour_ago} WHERE name = %s", job)


def due_now(city, job):
    late(city, job)
    city.kill("worker")  # and is started again


def letters_wait(city, minutes):
    """So much later for every letter that has not gone, and the worker has rested from the mail server."""
    for column in ("created_at", "not_before"):
        if city.database == "postgresql":
            earlier = f"{column} - interval '{minutes} minutes'"
        else:
            earlier = f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{minutes} minutes')"
        write(city, f"UPDATE mail_message SET {column} = {earlier} WHERE sent_at IS NULL AND {column} IS NOT NULL")
    write(city, "DELETE FROM cache WHERE cache_key LIKE '%%mail.server_is_away'")
