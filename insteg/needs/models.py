"""What a unit needs: places and jobs by occupation, and how many people wait for them (R67)."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.codes.models import Occupation
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations.models import Unit

MOST = 9999  # a slip of the keyboard above that


class PublishedNeedQuerySet(models.QuerySet["PublishedNeed"]):
    def current(self) -> Self:
        return self.filter(ended_at=None)


class PublishedNeed(BaseModel):
    """So many places of a form in an occupation, for so many people. Numbers only: nobody is named here."""

    class Form(models.TextChoices):
        INTERNSHIP = "internship", _("Praktik")
        EMPLOYMENT = "employment", _("Anställning")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="needs", verbose_name=_("enhet"))
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("yrke")
    )
    other_occupation = models.CharField(_("annat yrke"), max_length=100, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form)
    places = models.PositiveSmallIntegerField(
        _("platser som behövs"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    people = models.PositiveSmallIntegerField(_("personer som väntar"), validators=[MaxValueValidator(MOST)])
    wanted_from = models.DateField(_("från"), null=True, blank=True)  # empty: at once
    note = models.CharField(_("anmärkning"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("bekräftat"), default=clock.now)
    ended_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    objects = PublishedNeedQuerySet.as_manager()

    class Privacy:
        plain = {"occupation", "other_occupation", "form", "places", "wanted_from", "confirmed_at", "ended_at"}
        # No person, but few enough may give one away together with the unit, which tells of their health.
        sensitive = {"unit", "people", "note"}
        keep_months = 60

    class Meta:
        verbose_name = _("behov av platser")
        verbose_name_plural = _("behov av platser")
        constraints = [
            models.CheckConstraint(
                condition=Q(occupation=None) & ~Q(other_occupation="")
                | Q(occupation__isnull=False) & Q(other_occupation=""),
                name="a_need_has_an_occupation",
                violation_error_message=_("Välj ett yrke, eller skriv vilket."),
            ),
            models.UniqueConstraint(
                fields=["unit", "occupation", "form"],
                condition=Q(ended_at=None, occupation__isnull=False),
                name="one_need_of_a_form_in_an_occupation",
                violation_error_message=_("Det behovet finns redan i er lista. Ändra det i stället."),
            ),
            models.UniqueConstraint(
                fields=["unit", "other_occupation", "form"],
                condition=Q(ended_at=None) & ~Q(other_occupation=""),
                name="one_need_of_a_form_in_another_occupation",
                violation_error_message=_("Det behovet finns redan i er lista. Ändra det i stället."),
            ),
        ]

    def __str__(self) -> str:
        return self.work

    @property
    def work(self) -> str:
        """The occupation in words."""
        return self.occupation.title if self.occupation else self.other_occupation
