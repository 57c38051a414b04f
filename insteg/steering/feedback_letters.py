"""The letters of the feedback (R33): to each who procures in the organisation, and to the unit when a case starts.

The first go at once, so that the unit sees that they arrive; names of procurements and what was decided, and the page
for the rest: what people have written in their own words stays there.
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.access.actor import Actor, Role
from insteg.audit.gate import insert
from insteg.mail.models import Message
from insteg.mail.notices import notify
from insteg.mail.outbox import post
from insteg.meetings import words
from insteg.organisations.letters import address
from insteg.organisations.models import Membership, User
from insteg.steering.decision_wording import decided
from insteg.steering.models import Feedback, FeedbackLetter, FeedbackLine
from insteg.steering.queries.feedback import lines_of
from insteg.ui import figures

NAMED = 20  # procurements in a letter; the rest stand on the page that it leads to
LONGEST = 120  # letters of a name, so that twenty are a letter and not a book


def send(feedback: Feedback, to: Iterable[User]) -> list[FeedbackLetter]:
    """To each of them in their own language, in the transaction at hand. Returns the letters."""
    lines = lines_of(feedback)
    return [insert(FeedbackLetter(feedback=feedback, user=user, message=write(feedback, lines, user))) for user in to]


def write(feedback: Feedback, lines: Sequence[FeedbackLine], user: User) -> Message:
    meeting = feedback.agenda.meeting
    with override(user.language):
        said = {"when": words.when_of(meeting), "organisation": feedback.organisation}
        subject = _("Styrgruppens beslut om upphandlingar hos %(organisation)s") % said
        named = [
            f"– {Truncator(each.decision.planned.title).chars(LONGEST)}: {decided(each.decision)}" for each in lines
        ]
        if len(named) > NAMED:
            left = figures.grouped(len(named) - NAMED)
            named = [*named[:NAMED], _("och %(count)s till") % {"count": left}]
        paragraphs = [
            _("Hej %(name)s!") % {"name": user.name},
            _("Styrgruppen hade möte %(when)s. Så här beslutade den om upphandlingar hos %(organisation)s:") % said,
            "\n".join(named),
            _("Läs skälen, vad ni ska göra härnäst och senast när:"),
            address(reverse("steering:feedback", args=[feedback.pk])),
        ]
    return post(to=user.email, subject=subject, body="\n\n".join(paragraphs) + "\n")


def tell_that_it_started(line: FeedbackLine, actor: Actor) -> None:
    """To those of the unit that sent it, but not to whoever started it."""
    planned, unit = line.decision.planned, line.feedback.agenda.meeting.organisation_id
    held = Membership.objects.current().filter(organisation=unit, role=Role.PROCUREMENT_UNIT, user__is_active=True)
    people = User.objects.filter(pk__in=held.values("user")).exclude(pk=actor.id)
    for user in people.order_by("name", "pk"):
        with override(user.language):
            said = {"title": planned.title, "organisation": line.feedback.organisation}
            subject = _("Upphandlingen ”%(title)s” har startat") % said
            text = _("%(organisation)s har startat upphandlingen ”%(title)s”, som styrgruppen har beslutat om.") % said
        notify(user, subject=subject, text=text, path=reverse("inventory:detail", args=[planned.pk]))
