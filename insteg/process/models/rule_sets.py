"""The working model as data. So far its rule sets: what suits, how many places, how long it takes (R20-R22, R80)."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel

MILLION = 1_000_000
# What an edition decides: what suits, how many places, how long it takes. The rest of a row tells about the edition.
TERMS = (
    "natures", "min_months", "more_than_fte", "framework_extent_known",
    "full_time_months_per_place", "most_percent_of_staffing", "services_value_per_place", "works_value_per_place",
    "planning_months", "safe_planning_months", "procurement_months", "warn_below_months",
)  # fmt: skip


class Nature(models.TextChoices):
    SERVICES = "services", _("Tjänst")
    WORKS = "works", _("Entreprenad")
    SUPPLIES = "supplies", _("Vara")


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_force(self) -> "RuleSet":
        """The newest published edition. Raises DoesNotExist in a house that has none."""
        return self.published().latest("edition")


def known_natures(natures: object) -> None:
    if not isinstance(natures, list) or set(natures) - set(Nature.values):
        raise ValidationError(_("Välj bland de slag som finns."))


def suitable_by_the_model() -> list[str]:
    return [Nature.SERVICES, Nature.WORKS]


class RuleSet(BaseModel):
    """One edition of the criteria of R20, the reckonings of R21 and the lead times of R22.

    The defaults of the criteria and the lead times are the model's own (R20, annex 3: planning takes three to eight
    months and procurement two to four, eight to twelve in all). Those of the places are ours, and the value scale is
    the one that Trafikverket uses.

    What is published is frozen by the database (migrations/0002): an assessment points to the edition it was made by.
    """

    edition = models.PositiveSmallIntegerField(_("version"))
    natures = models.JSONField(_("lämpliga slag"), default=suitable_by_the_model, validators=[known_natures])
    min_months = models.PositiveSmallIntegerField(
        _("minsta avtalstid, månader"), default=4, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    more_than_fte = models.DecimalField(
        _("fler årsarbetare än"),
        max_digits=5,
        decimal_places=1,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    framework_extent_known = models.BooleanField(_("ramavtal räknas som känd omfattning"), default=False)
    # R21. One place for each so many full-time months, and never more than a share of the staffing at one time.
    full_time_months_per_place = models.PositiveSmallIntegerField(
        _("heltidsmånader per plats"), default=100, validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    most_percent_of_staffing = models.PositiveSmallIntegerField(
        _("högst så många procent av bemanningen samtidigt"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    # Whole kronor for each place: the scale of others, to compare with.
    services_value_per_place = models.PositiveBigIntegerField(
        _("tjänst: kronor per plats"), default=25 * MILLION, validators=[MinValueValidator(1)]
    )
    works_value_per_place = models.PositiveBigIntegerField(
        _("entreprenad: kronor per plats"), default=50 * MILLION, validators=[MinValueValidator(1)]
    )
    # R22, whole months: the first dialogue begins the planning, and the documents are ready when that ends.
    planning_months = models.PositiveSmallIntegerField(
        _("planering, kortaste tid i månader"), default=4, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    safe_planning_months = models.PositiveSmallIntegerField(
        _("planering, trygg tid i månader"), default=8, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    procurement_months = models.PositiveSmallIntegerField(
        _("upphandling, månader"), default=4, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    warn_below_months = models.PositiveSmallIntegerField(
        _("varna när det är kortare i allt, månader"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    note = models.TextField(
        _("vad som är nytt och varför"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)]
    )
    published_at = models.DateTimeField(_("gäller sedan"), null=True, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Privacy:
        plain = {"edition", *TERMS, "note", "published_at"}

    class Meta:
        verbose_name = _("regelverk")
        verbose_name_plural = _("regelverk")
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(fields=["edition"], name="one_rule_set_per_edition"),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(published_at=None),
                name="one_draft_rule_set",
                violation_error_message=_("Det finns redan ett utkast."),
            ),
            models.CheckConstraint(
                condition=Q(safe_planning_months__gte=models.F("planning_months")),
                name="the_safe_planning_is_the_longer",
                violation_error_message=_("Den trygga tiden för planering kan inte vara kortare än den kortaste."),
            ),
        ]

    def __str__(self) -> str:
        return _("Regelverk %(edition)s") % {"edition": self.edition}

    def get_natures_display(self) -> str:
        return ", ".join(str(Nature(nature).label) for nature in self.natures)
