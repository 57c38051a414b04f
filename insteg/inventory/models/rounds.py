"""The inventory round: who is asked, until when, and what they were reminded of (R10)."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel, label_of
from insteg.organisations.models import Organisation, Unit
from insteg.process.models import Nature

MOST_YEARS = 3  # R10: the coming one to three years
MOST_REMINDERS = 2


def natures_of_a_round(natures: object) -> None:
    if not isinstance(natures, list) or not natures or set(natures) - set(Nature.values):
        raise ValidationError(_("Välj minst ett slag."))


class InventoryRoundQuerySet(models.QuerySet["InventoryRound"]):
    def under_way(self) -> Self:
        """Sent out and not closed: answers are taken."""
        return self.filter(opened_at__isnull=False, closed_at=None)


class InventoryRound(BaseModel):
    """The half-yearly collection of coming procurements. A draft until it is opened, and letters go to those asked."""

    class Term(models.TextChoices):
        SPRING = "spring", _("våren")
        AUTUMN = "autumn", _("hösten")

    year = models.PositiveSmallIntegerField(_("år"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    term = models.CharField(_("termin"), max_length=6, choices=Term)
    first_year = models.PositiveSmallIntegerField(_("upphandlingar som börjar från och med år"))
    last_year = models.PositiveSmallIntegerField(_("till och med år"))
    closes_on = models.DateField(_("svarsdag"))
    message = models.TextField(_("meddelande"), max_length=2000, blank=True, validators=[MaxLengthValidator(2000)])
    value_floor = models.PositiveBigIntegerField(_("anmäl det som är värt minst, kr"), null=True, blank=True)
    natures = models.JSONField(_("slag att anmäla"), default=list, validators=[natures_of_a_round])
    opened_at = models.DateTimeField(_("öppnades"), null=True, blank=True)
    closed_at = models.DateTimeField(_("stängdes"), null=True, blank=True)

    objects = InventoryRoundQuerySet.as_manager()

    class Privacy:
        plain = {
            "year", "term", "first_year", "last_year", "closes_on", "message", "value_floor", "natures", "opened_at",
            "closed_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("inventering")
        verbose_name_plural = _("inventeringar")
        ordering = ["-year", "term", "pk"]  # autumn before spring, as the newest first
        constraints = [
            models.UniqueConstraint(
                fields=["year", "term"],
                name="one_round_per_term",
                violation_error_message=_("Det finns redan en inventering den terminen."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), last_year__lt=F("first_year") + MOST_YEARS),
                name="a_round_looks_one_to_three_years_ahead",
                violation_error_message=_("En inventering gäller ett till tre år framåt."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="only_an_opened_round_is_closed"
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(opened_at__isnull=False, closed_at=None),
                name="one_round_under_way",
                violation_error_message=_("En annan inventering pågår. Stäng den först."),
            ),
        ]

    def __str__(self) -> str:
        return f"{label_of(self.Term, self.term)} {self.year}"

    @property
    def is_under_way(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class RoundRequest(BaseModel):
    """What one organisation is asked to report in a round; with a unit, what that unit needs (R10, R67)."""

    round = models.ForeignKey(
        InventoryRound, on_delete=models.PROTECT, related_name="requests", verbose_name=_("inventering")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    extended_to = models.DateField(_("förlängd svarsdag"), null=True, blank=True)
    extended_because = models.CharField(_("skäl till förlängningen"), max_length=200, blank=True)
    looked_at = models.DateTimeField(_("öppnades av den som ska svara"), null=True, blank=True)
    written_at = models.DateTimeField(_("senaste brevet"), null=True, blank=True)
    held_at = models.DateTimeField(_("påminnelser hålls inne sedan"), null=True, blank=True)

    class Privacy:
        plain = {
            "round", "organisation", "unit", "extended_to", "extended_because", "looked_at", "written_at", "held_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("förfrågan")
        verbose_name_plural = _("förfrågningar")
        ordering = ["organisation__name", "unit__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], condition=Q(unit=None), name="an_organisation_is_asked_once"
            ),
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(unit__isnull=False), name="a_unit_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.organisation)

    @property
    def due_on(self) -> dt.date:
        """The day by which the answer is wanted: the round's, or a later one that was given."""
        return max(self.extended_to or self.round.closes_on, self.round.closes_on)


class Reminder(BaseModel):
    """A reminder that has gone out. The database allows no third."""

    request = models.ForeignKey(
        RoundRequest, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("förfrågan")
    )
    number = models.PositiveSmallIntegerField(_("påminnelse"))
    sent_on = models.DateField(_("dag"))
    letters = models.PositiveSmallIntegerField(_("antal brev"))

    class Privacy:
        plain = {"request", "number", "sent_on", "letters"}

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="each_reminder_goes_once"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_REMINDERS)), name="never_a_third_reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"
