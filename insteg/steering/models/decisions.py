"""What the group has decided on a planned procurement (R32). Only added to; a new decision follows the old."""

import datetime as dt

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.inventory.cases import DO_NOT_REQUIRE, LATER, REQUIRE
from insteg.inventory.models import Assessment, PlannedProcurement
from insteg.inventory.terms import Term, term_of
from insteg.organisations.models import User
from insteg.steering.models.agenda import AgendaItem

LONGEST_REASON = 500  # as the case's own


class Decision(BaseModel):
    """One choice of the group, with what it saw and who was there. `created_at` is when.

    `follows` is the one that it takes the place of; one-to-one, so that the database lets no decision fork.
    `assessment` is the judgement that the group saw. `present` are the ids of those on the meeting's list who were
    noted as there. `again_from` is the first day of the term in which to look again.
    """

    class Choice(models.TextChoices):
        """Named as the ways on of the case."""

        REQUIRE = REQUIRE, _("Ställ krav")
        DO_NOT_REQUIRE = DO_NOT_REQUIRE, _("Ställ inte krav")
        LATER = LATER, _("Ta upp igen")

    class Requirement(models.TextChoices):
        """The model's kinds (R42); empty while the dialogue is to tell."""

        INTERNSHIP = "internship", _("Praktik")
        EMPLOYMENT = "employment", _("Visstidsanställning")
        TALKS = "talks", _("Samtal under avtalstiden")

    class Consideration(models.TextChoices):
        """Which social consideration it serves (R2)."""

        EMPLOYMENT = "employment", _("Sysselsättning")
        CONDITIONS = "conditions", _("Goda arbetsvillkor i leverantörskedjan")
        INTEGRATION = "integration", _("Social integration")
        EQUALITY = "equality", _("Lika möjligheter och rättigheter")

    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("planerad upphandling")
    )
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("punkt"))
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by",
        verbose_name=_("ersätter"),
    )  # fmt: skip
    choice = models.CharField(_("beslut"), max_length=20, choices=Choice)
    again_from = models.DateField(_("tas upp igen från"), null=True, blank=True)
    requirement = models.CharField(_("slag av krav"), max_length=10, choices=Requirement, blank=True)
    places = models.PositiveSmallIntegerField(_("platser"), null=True, blank=True, validators=[MaxValueValidator(999)])
    consideration = models.CharField(_("social hänsyn"), max_length=11, choices=Consideration, blank=True)
    reason = models.TextField(
        _("skäl"), max_length=LONGEST_REASON, blank=True, validators=[MaxLengthValidator(LONGEST_REASON)]
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="+", verbose_name=_("bedömningen som gruppen såg")
    )
    present = models.JSONField(_("närvarande"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("förde in beslutet")
    )

    class Privacy:
        plain = {
            "planned", "item", "follows", "choice", "again_from", "requirement", "places", "consideration",
            "assessment",
        }  # fmt: skip
        personal = {"reason", "present", "decided_by"}
        keep_months = 120  # decisions are looked up for as long as the contract that they led to runs

    class Meta:
        verbose_name = _("beslut om krav")
        verbose_name_plural = _("beslut om krav")
        ordering = ["planned", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["planned"],
                condition=Q(follows=None),
                name="a_procurement_has_one_first_decision",
                violation_error_message=_("Någon annan hann före: det finns redan ett beslut."),
            ),
            models.CheckConstraint(
                condition=Q(choice=LATER, again_from__isnull=False) | ~Q(choice=LATER) & Q(again_from=None),
                name="what_is_looked_at_again_says_when",
                violation_error_message=_("Välj när gruppen tar upp det igen."),
            ),
            models.CheckConstraint(
                condition=Q(choice=REQUIRE) & ~Q(consideration="")
                | ~Q(choice=REQUIRE) & Q(requirement="", places=None, consideration=""),
                name="a_requirement_serves_a_consideration",
                violation_error_message=_("Välj vilken social hänsyn kravet tjänar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_id}: {self.get_choice_display()}"

    @property
    def again(self) -> Term | None:
        """The term in which the group looks again."""
        return term_of(self.again_from) if self.again_from else None

    @property
    def is_against_the_proposal(self) -> bool:
        return is_against(self.choice, self.assessment.proposal)


def is_against(choice: str, proposal: str) -> bool:
    """Whether a choice goes against what the model proposed; then it needs a reason (R32). Where facts are missing
    nothing was proposed, and to look again later leaves the question open."""
    proposals = PlannedProcurement.Proposal
    against = {REQUIRE: proposals.NOT_SUITABLE, DO_NOT_REQUIRE: proposals.SUITABLE}
    return against.get(choice) == proposal


def first_day(term: Term) -> dt.date:
    return dt.date(term.year, 1 if term.season == "spring" else 7, 1)
