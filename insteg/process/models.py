"""The working model as data. So far its rule sets: what makes a planned procurement suitable (R20, R80)."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel


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
    """One edition of the criteria of R20. The defaults are the model's own (R20).

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
    note = models.TextField(
        _("vad som är nytt och varför"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)]
    )
    published_at = models.DateTimeField(_("gäller sedan"), null=True, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Privacy:
        plain = {
            "edition", "natures", "min_months", "more_than_fte", "framework_extent_known", "note", "published_at",
        }  # fmt: skip

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
        ]

    def __str__(self) -> str:
        return _("Regelverk %(edition)s") % {"edition": self.edition}

    def get_natures_display(self) -> str:
        return ", ".join(str(Nature(nature).label) for nature in self.natures)
