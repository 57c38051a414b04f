"""Letters that tell somebody that something waits for them: a line, an address and nothing about any person."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.mail.outbox import post
from insteg.organisations.letters import address
from insteg.organisations.models import User


def notify(user: User, *, subject: str, text: str, path: str) -> None:
    """Tells one person, in the transaction at hand. `path` is the page to open. Write in the user's own language."""
    with override(user.language):
        greeting = _("Hej %(name)s!") % {"name": user.name}
    post(to=user.email, subject=subject, body="\n\n".join([greeting, text, address(path)]) + "\n")
