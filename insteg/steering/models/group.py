"""Who sits in the steering group, from when to when (R30)."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.meetings.models import Attendance
from insteg.organisations.models import User


class SeatQuerySet(models.QuerySet["Seat"]):
    def in_force(self, day: dt.date) -> Self:
        """Those who sit in the group on that day. The last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def overlapping(self, starts_on: dt.date, ends_on: dt.date | None) -> Self:
        """Those that are in force on some day of a period; `ends_on` None: a period without an end."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        return found if ends_on is None else found.filter(starts_on__lte=ends_on)


class Seat(BaseModel):
    """Someone's place in the steering group, from a day to another (R30). What has ended stays as history.

    It gives no right in Insteg: what a person may see and do is said by their memberships.
    """

    class Party(models.TextChoices):
        UE = "ue", _("UE")
        AME = "ame", _("AME")
        SIA = "sia", _("SIA")
        AF = "af", _("Arbetsförmedlingen")

    Capacity = Attendance.Capacity  # as what one sits in the group is as what one comes to its meetings

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats", verbose_name=_("person"))
    party = models.CharField(_("företräder"), max_length=3, choices=Party)
    capacity = models.CharField(_("sitter som"), max_length=7, choices=Capacity)
    starts_on = models.DateField(_("från och med"), default=clock.today)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)  # empty: until further notice

    objects = SeatQuerySet.as_manager()

    class Privacy:
        plain = {"party", "capacity", "starts_on", "ends_on"}
        personal = {"user"}
        keep_months = 60

    class Meta:
        verbose_name = _("mandat i styrgruppen")
        verbose_name_plural = _("mandat i styrgruppen")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_seat_ends_after_it_begins",
                violation_error_message=_("Den sista dagen kan inte vara före den första."),
            ),
            models.CheckConstraint(
                condition=~Q(party="af") | Q(capacity="invited"),
                name="the_employment_service_is_invited",
                violation_error_message=_("Arbetsförmedlingen är med utan att besluta. Välj adjungerad."),
            ),
            # What the actions ask of every period, the database promises of those without an end.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ends_on=None),
                name="one_seat_for_each_person",
                violation_error_message=_("Personen sitter redan i styrgruppen."),
            ),
            models.UniqueConstraint(
                fields=["capacity"],
                condition=Q(capacity="chair", ends_on=None),
                name="one_chair_at_a_time",
                violation_error_message=_("Gruppen har redan en ordförande. Avsluta det mandatet först."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}, {self.get_capacity_display()}"
