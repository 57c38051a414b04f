"""The goal tree (R1): what is wanted, how much each year, and when it is reported."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel

YEAR = [MinValueValidator(2000), MaxValueValidator(2100)]


class GoalQuerySet(models.QuerySet["Goal"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)


class Goal(BaseModel):
    """Something that the council wants, under what it serves. What has ended stays, with what it was measured by."""

    class Level(models.TextChoices):
        VISION = "vision", _("Vision")
        FOCUS_AREA = "focus_area", _("Fokusområde")
        GOAL = "goal", _("Mål")
        ASSIGNMENT = "assignment", _("Fullmäktiges uppdrag")

    # What each level may stand under. Goals stand under the vision where a city has no focus areas.
    UNDER = {
        Level.VISION: (),
        Level.FOCUS_AREA: (Level.VISION,),
        Level.GOAL: (Level.VISION, Level.FOCUS_AREA),
        Level.ASSIGNMENT: (Level.GOAL,),
    }

    level = models.CharField(_("slag"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("hör till")
    )
    title = models.CharField(_("lydelse"), max_length=300)
    text = models.TextField(_("förklaring"), blank=True, max_length=1000, validators=[MaxLengthValidator(1000)])
    order = models.PositiveSmallIntegerField(_("plats i listan"), default=1, validators=[MinValueValidator(1)])
    from_year = models.PositiveSmallIntegerField(_("från och med år"), null=True, blank=True, validators=YEAR)
    to_year = models.PositiveSmallIntegerField(_("till och med år"), null=True, blank=True, validators=YEAR)
    ended_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Privacy:
        plain = {"level", "parent", "title", "text", "order", "from_year", "to_year", "ended_at"}

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["order", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="vision", parent=None) | (~Q(level="vision") & Q(parent__isnull=False)),
                name="only_a_vision_stands_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
                name="a_goal_ends_after_it_begins",
                violation_error_message=_("Det sista året kan inte vara före det första."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.parent is not None and self.parent.level not in self.UNDER[self.Level(self.level)]:
            raise ValidationError({"level": _("Det slaget kan inte stå under %(parent)s.") % {"parent": self.parent}})


class Target(BaseModel):
    """How much of a goal is to be reached in a year, as a number that can later be held against an outcome."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets", verbose_name=_("mål"))
    year = models.PositiveSmallIntegerField(_("år"), validators=YEAR)
    measure = models.CharField(_("vad som räknas"), max_length=200)
    value = models.PositiveIntegerField(_("minst så många"))
    unit = models.CharField(_("enhet"), max_length=40, blank=True)

    class Privacy:
        plain = {"goal", "year", "measure", "value", "unit"}

    class Meta:
        verbose_name = _("årsmål")
        verbose_name_plural = _("årsmål")
        ordering = ["year", "measure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "year", "measure"],
                name="one_target_per_measure_and_year",
                violation_error_message=_("Det finns redan ett årsmål för det året. Ändra det i stället."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}"


class Occasion(BaseModel):
    """When the council is told how it goes: the annual report and its other occasions (R79)."""

    title = models.CharField(_("tillfälle"), max_length=200)
    due_on = models.DateField(_("rapporteras senast"))
    note = models.TextField(_("vad som ska med"), blank=True, max_length=1000, validators=[MaxLengthValidator(1000)])
    reported_at = models.DateTimeField(_("rapporterat"), null=True, blank=True)

    class Privacy:
        plain = {"title", "due_on", "note", "reported_at"}

    class Meta:
        verbose_name = _("tillfälle för rapportering")
        verbose_name_plural = _("tillfällen för rapportering")
        ordering = ["due_on", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "due_on"],
                name="one_occasion_per_day",
                violation_error_message=_("Det tillfället finns redan."),
            )
        ]

    def __str__(self) -> str:
        return self.title
