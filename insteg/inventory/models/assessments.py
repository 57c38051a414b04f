"""How a planned procurement was judged, each time; and what was asked of those who report (R13, R20)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from insteg.codes.models import Occupation
from insteg.core.models import BaseModel
from insteg.inventory.models.planned import PlannedProcurement
from insteg.organisations.models import User
from insteg.process.models import RuleSet


class Assessment(BaseModel):
    """A judgement by an edition of the rule set, of the facts as they were. The database refuses every change.

    The newest is the one that the planned procurement shows. A decision keeps the one that was seen when it was made.
    """

    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("planerad upphandling")
    )
    number = models.PositiveIntegerField(_("bedömning nummer"), validators=[MinValueValidator(1)])
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("regelverk"))
    facts = models.JSONField(_("uppgifterna då"))
    answers = models.JSONField(_("svar på villkoren"))
    proposal = models.CharField(_("förslag"), max_length=12, choices=PlannedProcurement.Proposal)
    places = models.PositiveSmallIntegerField(_("platser efter omfattning"), null=True, blank=True)

    class Privacy:
        plain = {"planned", "number", "rule_set", "facts", "answers", "proposal", "places"}

    class Meta:
        verbose_name = _("bedömning")
        verbose_name_plural = _("bedömningar")
        ordering = ["planned", "number"]
        constraints = [models.UniqueConstraint(fields=["planned", "number"], name="assessments_are_numbered")]

    def __str__(self) -> str:
        return f"{self.planned_id} {self.number}"


class ExpectedOccupation(BaseModel):
    """An occupation that somebody has said the assignment needs people in. Until then the table proposes (R13, R23)."""

    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, related_name="occupations", verbose_name=_("planerad upphandling")
    )
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("yrke"))

    class Privacy:
        plain = {"planned", "occupation"}

    class Meta:
        verbose_name = _("väntat yrke")
        verbose_name_plural = _("väntade yrken")
        ordering = ["planned", "occupation"]
        constraints = [models.UniqueConstraint(fields=["planned", "occupation"], name="an_occupation_is_expected_once")]

    def __str__(self) -> str:
        return f"{self.planned_id} {self.occupation_id}"


class FactQuestion(BaseModel):
    """That an organisation was asked for facts that a judgement lacks, and which. Whether they came, the row tells."""

    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, related_name="questions", verbose_name=_("planerad upphandling")
    )
    fields = models.JSONField(_("uppgifter som saknas"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("frågade"))
    wanted_by = models.DateField(_("svar önskas senast"), null=True, blank=True)

    class Privacy:
        plain = {"planned", "fields", "wanted_by"}
        personal = {"asked_by"}
        keep_months = 60

    class Meta:
        verbose_name = _("fråga om uppgifter")
        verbose_name_plural = _("frågor om uppgifter")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.planned_id}: {', '.join(self.fields)}"
