"""Files sent to every page that takes one, as a person who may: an answer with words, and all or nothing kept."""

import random
from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.attacks.answers import faults_of
from tests.attacks.exports import faults_of_exports
from tests.attacks.forms import Field, fields_of
from tests.attacks.ground import Before, Visitor
from tests.attacks.named import Attack
from tests.attacks.sheets import SECRET

WAYS = {"plan": "/planerade/las-in/", "avtal": "/inventering/avtal/las-in/"}
KEPT = {"plan": "/planerade/plan/", "avtal": "/inventering/avtal/register/"}


class Pages:
    def __init__(self, town: SimpleNamespace) -> None:
        self.town, self.visitor, self.before = town, Visitor(town, "park"), Before(town)
        self.hidden = {way: self.hidden_of(f"{address}{town.org['Park'].pk}/") for way, address in WAYS.items()}
        self.counts: Counter[str] = Counter()
        self.broken: list[str] = []

    def hidden_of(self, address: str) -> dict[str, str]:
        from lxml import html

        with self.visitor.visit():
            tree = html.fromstring(self.visitor.client.get(address).content)
        form = next(form for form in tree.iter("form") if form.get("enctype"))
        return {field.name: field.value for field in fields_of(form) if field.kind == "hidden"}

    def sent(self, attacks: Sequence[tuple[Attack, bool]], seed: int) -> None:
        """Each with whether it is read apart: where the reader is known to fall over it, it must be."""
        for attack, apart in attacks:
            for way in WAYS:
                with override_settings(READ_APART=apart), self.visitor.visit() as writes:
                    said = self.faults_of_one(attack, way, writes, random.Random(f"{seed}-{attack.name}-{way}"))
                self.broken += [f"{attack.name} till {way}: {fault}" for fault in said]

    def faults_of_one(self, attack: Attack, way: str, writes, dice: random.Random) -> list[str]:
        address = f"{WAYS[way]}{self.town.org['Park'].pk}/"
        file = attack.file()
        answer = self.visitor.client.generic("POST", address, body(self.hidden[way], file), MULTIPART_CONTENT)
        self.counts[f"{way}|{answer.status_code}"] += 1
        said = faults_of(answer) + self.leaks(answer)
        if answer.status_code == 422:
            changed = self.before.changed(writes)
            said += [f"422 changed {table}" for table in changed]
            said += [] if "ds-alert" in answer.content.decode() or "error" in answer.content.decode() else ["no words"]
            return said
        if answer.status_code != 302:
            return [*said, f"{answer.status_code} is no answer to a file"]
        return said + self.faults_of_kept(answer.headers["Location"], dice)

    def faults_of_kept(self, address: str, dice: random.Random) -> list[str]:
        """The review of what was read, what is saved of it, and the files that it then comes out in."""
        client = self.visitor.client
        review = client.get(address)
        said = [f"granskningen: {fault}" for fault in faults_of(review) + self.leaks(review)]
        if review.status_code != 200:
            return said
        from lxml import html

        forms = [form for form in html.fromstring(review.content).iter("form") if form.get("method") == "post"]
        form = max(forms, key=lambda form: len([*form.iter("input")]), default=None)
        if form is None:
            return said
        saved = client.post(
            address, {field.name: answer_to(field, dice) for field in fields_of(form) if is_sent(field)}
        )
        self.counts[f"sparad|{saved.status_code}"] += 1
        said += [f"sparandet: {fault}" for fault in faults_of(saved)]
        if saved.status_code == 302 and dice.random() < 0.3:
            said += [f"filerna: {fault}" for fault in faults_of_exports(client)]
        return said

    def leaks(self, answer) -> list[str]:
        return ["a file of the machine is shown"] if SECRET.encode() in answer.content else []


def body(hidden: dict[str, str], file) -> bytes:
    """A name may be what no upload of Django's would bear: it is put in afterwards."""
    whole = encode_multipart(BOUNDARY, hidden | {"file": SimpleUploadedFile("namn.bin", file.content)})
    name = file.name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")
    return whole.replace(b'filename="namn.bin"', b'filename="' + name + b'"', 1)


def is_sent(field: Field) -> bool:
    return field.kind not in ("submit", "button", "file", "checkbox")


def answer_to(field: Field, dice: random.Random) -> str:
    if field.options:
        return dice.choice(field.options)
    return field.value or dice.choice(("", "1", "2028-01-01"))
