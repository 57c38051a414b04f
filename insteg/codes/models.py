"""Official codes and amounts as rows, since they change by decisions that others make."""

import datetime as dt

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from insteg.codes.annex_2 import in_annex_2
from insteg.codes.check_digit import cpv_check_digit
from insteg.codes.nature import Nature, nature_of_cpv
from insteg.core.models import BaseModel


class Code(models.Model):
    """`official` rows came from an imported list; the others are the short list that the product brings."""

    title_sv = models.CharField(_("svensk benämning"), max_length=300, db_collation="swedish")
    title_en = models.CharField(_("engelsk benämning"), max_length=300, blank=True)
    official = models.BooleanField(_("ur officiell lista"), default=False)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """In the reader's language; in Swedish where there is no English."""
        return (get_language() == "en" and self.title_en) or self.title_sv


class Cpv(Code):
    """What is bought, by the common procurement vocabulary of 2008."""

    code = models.CharField(
        _("CPV-kod"), max_length=8, primary_key=True, validators=[RegexValidator(r"^\d{8}$", _("Skriv åtta siffror."))]
    )

    class Privacy:
        plain = {"code", "title_sv", "title_en", "official"}

    class Meta:
        verbose_name = _("CPV-kod")
        verbose_name_plural = _("CPV-koder")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}-{cpv_check_digit(self.code)} {self.title}"

    @property
    def nature(self) -> Nature | None:
        return nature_of_cpv(self.code)

    @property
    def social_service(self) -> bool:
        return in_annex_2(self.code)


class Occupation(Code):
    """A group of occupations, by SSYK 2012."""

    code = models.CharField(
        _("SSYK-kod"), max_length=4, primary_key=True, validators=[RegexValidator(r"^\d{4}$", _("Skriv fyra siffror."))]
    )

    class Privacy:
        plain = {"code", "title_sv", "title_en", "official"}

    class Meta:
        verbose_name = _("yrkesgrupp")
        verbose_name_plural = _("yrkesgrupper")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CpvOccupationQuerySet(models.QuerySet["CpvOccupation"]):
    def current(self) -> "CpvOccupationQuerySet":
        return self.filter(removed_at=None)


class CpvOccupation(BaseModel):
    """An occupation that is common in what a CPV code covers: the longest beginning that fits a code speaks for it.

    A pair that was removed stays, so that loading the short list again does not bring it back.
    """

    cpv = models.CharField(
        _("CPV-kodens början"),
        max_length=8,
        validators=[RegexValidator(r"^\d{2,8}$", _("Skriv två till åtta siffror: de första i CPV-koden."))],
    )
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("yrke"))
    removed_at = models.DateTimeField(_("borttaget"), null=True, blank=True)

    objects = CpvOccupationQuerySet.as_manager()

    class Privacy:
        plain = {"cpv", "occupation", "removed_at"}

    class Meta:
        verbose_name = _("yrke för CPV-kod")
        verbose_name_plural = _("yrken för CPV-koder")
        ordering = ["cpv", "occupation"]
        constraints = [
            models.UniqueConstraint(
                fields=["cpv", "occupation"],
                name="an_occupation_once_for_a_cpv",
                violation_error_message=_("Det yrket finns redan för den CPV-koden."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cpv} {self.occupation_id}"


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def in_force(self, kind: str, on: dt.date) -> "Threshold | None":
        """The row that holds on the day; None before the first that we know."""
        return self.filter(kind=kind, valid_from__lte=on).order_by("-valid_from").first()


class Threshold(models.Model):
    """An amount of the procurement acts, in kronor without VAT, from a date until the next row of its kind."""

    class Kind(models.TextChoices):
        LOU_GOODS_SERVICES = "lou_goods_services", _("LOU: varor och tjänster, kommun")
        LOU_WORKS = "lou_works", _("LOU: byggentreprenad")
        LOU_SOCIAL = "lou_social", _("LOU: tjänster enligt bilaga 2")
        LOU_DIRECT = "lou_direct", _("LOU: direktupphandling")
        LUF_GOODS_SERVICES = "luf_goods_services", _("LUF: varor och tjänster")
        LUF_DIRECT = "luf_direct", _("LUF: direktupphandling")

    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    valid_from = models.DateField(_("gäller från"))
    known_until = models.DateField(_("känt till och med"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("belopp, kr"), validators=[MinValueValidator(1)])
    source = models.CharField(_("källa"), max_length=200)
    read = models.BooleanField(_("läst i källan"), default=False)

    objects = ThresholdQuerySet.as_manager()

    class Privacy:
        plain = {"kind", "valid_from", "known_until", "amount", "source", "read"}

    class Meta:
        verbose_name = _("tröskelvärde")
        verbose_name_plural = _("tröskelvärden")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_threshold_of_a_kind_and_day"),
            models.CheckConstraint(
                condition=models.Q(known_until=None) | models.Q(known_until__gte=models.F("valid_from")),
                name="a_threshold_is_known_for_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"

    def must_be_checked(self, on: dt.date) -> bool:
        """Nobody has read it in its source, or it was known for a shorter time than to this day."""
        return not self.read or (self.known_until is not None and on > self.known_until)
