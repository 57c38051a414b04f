"""Odd posts and queries against every address, as persons who may, and what must hold of every answer."""

import random
from collections import Counter
from types import SimpleNamespace
from typing import NamedTuple

from django.db import connection

from tests.attacks.answers import MARK, faults_of, is_kept
from tests.attacks.forms import found
from tests.attacks.ground import Before, Visitor
from tests.attacks.odd import Sending, form_sending, query_sending

REFUSED = range(400, 500)
TOLD = 500  # how many there are between two lines of how far it has come
# To look at what one is asked is itself worth a line: the procurement unit sees who has opened it.
SEEN = {"inventory_roundrequest", "audit_entry", "audit_entrysubject"}
KEEPS = {"inventory_planupload"}  # a refused review keeps what its writer has typed: on purpose, and only that


class Posted(NamedTuple):
    counts: Counter[str]
    broken: list[str]


class Posts:
    def __init__(self, town: SimpleNamespace, people: list[str | None], pages_each: int = 99, every: int = 1) -> None:
        self.town = town
        self.visitors = {name: Visitor(town, name) for name in people}
        self.before = Before(town)
        self.forms, self.queries = found(self.visitors, pages_each, every)
        self.ids = [
            str(row.pk)
            for rows in vars(town).values()
            if isinstance(rows, dict)
            for row in rows.values()
            if hasattr(row, "pk")
        ]

    def sent(self, first: int, last: int, seed: int) -> Posted:
        counts: Counter[str] = Counter()
        broken = []
        for number in range(first, last):
            if number > first and (number - first) % TOLD == 0:
                print(f"  … {number - first} sända, {len(broken)} brutna", *broken[-1:], flush=True)
            sending = self.sending(number, seed)
            status, faults = self.asked(sending)
            counts[f"{sending.way}|{status // 100}xx"] += 1
            broken += [
                f"nr {number}, {sending.who}, {sending.method} {sending.address[:150]} ({sending.way}): {said}"
                for said in faults
            ]
        return Posted(counts, broken)

    def sending(self, number: int, seed: int) -> Sending:
        """Each form and each query in turn, three forms for each query."""
        dice = random.Random(f"{seed}-{number}")
        if number % 4:
            return form_sending([self.forms[number % len(self.forms)]], self.ids, dice)
        return query_sending([self.queries[number // 4 % len(self.queries)]], self.ids, dice)

    def asked(self, sending: Sending) -> tuple[int, list[str]]:
        visitor = self.visitors[sending.who]
        with visitor.visit() as writes:
            more = {"content_type": sending.kind, "data": sending.body} if sending.method == "post" else {}
            answer = visitor.client.generic(
                sending.method.upper(),
                sending.address,
                more.get("data", b""),
                more.get("content_type", ""),
                **sending.headers,
            )
            faults = faults_of(answer)
            if connection.needs_rollback or answer.status_code >= 500:
                return answer.status_code, faults or ["the transaction is broken"]
            faults += self.faults_of_what_it_did(sending, visitor, answer, writes)
        return answer.status_code, faults

    def faults_of_what_it_did(self, sending: Sending, visitor: Visitor, answer, writes) -> list[str]:
        said = []
        if sending.method != "post":
            found = self.before.changed(writes)
            said += [f"{sending.method} changed {table}" for table in found] if not {*found} <= SEEN else []
        elif answer.status_code in REFUSED:
            said += [
                f"{answer.status_code} changed {table}"
                for table in self.before.changed(writes)
                if not self.may_keep(answer, table)
            ]
        elif visitor.actor and visitor.actor.role == "procuring":
            said += [
                f"changed others' {label}"
                for label in self.before.changed_of_others(writes, visitor.actor.organisation_id)
            ]
        if sending.marked and answer.status_code in (409, 422) and not is_kept(answer, MARK):
            said.append("what was typed is gone")
        if answer.status_code in (301, 302) and sending.method == "post" and answer.headers["Location"].startswith("/"):
            said += [
                f"{answer.headers['Location']}: {fault}"
                for fault in faults_of(visitor.client.get(answer.headers["Location"]))
            ]
        return said

    def may_keep(self, answer, table: str) -> bool:
        return answer.status_code in (409, 422) and table in KEEPS | {
            "audit_entry",
            "audit_entrysubject",
            "audit_formkey",
        }
