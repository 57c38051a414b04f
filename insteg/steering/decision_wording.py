"""A decision of the group in words, as the minutes, the feedback and its letters say it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.steering.models import Decision
from insteg.ui.templatetags.insteg_ui import in_words

Choice = Decision.Choice


def decided(decision: Decision) -> str:
    """`Ställ krav: praktik, två platser.`; `Ta upp igen våren 2027.`"""
    if decision.choice == Choice.LATER:
        return _("Ta upp igen %(term)s.") % {"term": decision.again}
    if decision.choice == Choice.DO_NOT_REQUIRE:
        return _("Ställ inte krav.")
    known = [*what_is_required(decision)]
    return _("Ställ krav: %(what)s.") % {"what": ", ".join(known)} if known else _("Ställ krav.")


def what_is_required(decision: Decision) -> Iterator[str]:
    """Its kind and the number of places, as far as the group said."""
    if decision.requirement:
        kind = str(decision.get_requirement_display())
        yield kind[:1].lower() + kind[1:]
    if decision.places is not None:
        said = ngettext("en plats", "%(count)s platser", decision.places)
        yield said % {"count": in_words(decision.places)}


def serves(decision: Decision) -> str:
    """Which social consideration it serves (R2); empty where nothing is required."""
    return str(decision.get_consideration_display()) if decision.consideration else ""


def grounds(decision: Decision) -> Iterator[tuple[str, str]]:
    """What it serves, what was proposed and why it was decided: each with its name. The assessment is read."""
    if served := serves(decision):
        yield _("Social hänsyn"), served
    proposal = str(decision.assessment.get_proposal_display())
    if decision.is_against_the_proposal:
        proposal = _("%(proposal)s. Beslutet går emot förslaget.") % {"proposal": proposal}
    yield _("Modellens förslag"), proposal
    if decision.reason:
        yield _("Skäl"), decision.reason
