"""When people meet: time, place, who is called, what they answer and who came. Used by every kind of meeting (R30)."""

import datetime as dt
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations.models import Organisation, User

LONGEST_TEXT, LONGEST_NOTES = 2000, 10_000


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def called(self) -> Self:
        """Those that people have been called to and that were not cancelled: coming, going on and held."""
        return self.filter(called_at__isnull=False, cancelled_at=None)

    def to_come(self) -> Self:
        """Not begun, and not cancelled."""
        return self.filter(starts_at__gt=clock.now(), cancelled_at=None)


class Meeting(BaseModel):
    """A meeting that is planned, called, held or cancelled. Its UID in calendars is `id`, the same for ever.

    `sequence` counts the changes that calendars are told of after the call (RFC 5545, SEQUENCE).
    """

    class Kind(models.TextChoices):
        STEERING = "steering", _("Styrgruppens möte")

    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation som kallar")
    )
    title = models.CharField(_("rubrik"), max_length=200)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("plats"), max_length=300)  # a room, or the address of a meeting at a distance
    text = models.TextField(
        _("text i kallelsen"), max_length=LONGEST_TEXT, blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)]
    )
    sequence = models.PositiveIntegerField(_("ändringar efter kallelsen"), default=0, editable=False)
    called_at = models.DateTimeField(_("kallat"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("inställt"), null=True, blank=True)
    cancelled_reason = models.CharField(_("skäl till att det ställdes in"), max_length=500, blank=True)
    notes = models.TextField(
        _("anteckningar"), max_length=LONGEST_NOTES, blank=True, validators=[MaxLengthValidator(LONGEST_NOTES)]
    )

    objects = MeetingQuerySet.as_manager()

    class Privacy:
        plain = {
            "kind", "organisation", "title", "starts_at", "ends_at", "place", "sequence", "called_at", "cancelled_at",
        }  # fmt: skip
        # Free text about people's time: who is away and why may stand there.
        personal = {"text", "cancelled_reason", "notes"}
        keep_months = 60

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_meeting_ends_after_it_starts",
                violation_error_message=_("Mötet måste sluta efter att det börjar."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_reason=""),
                name="a_meeting_is_cancelled_with_a_reason",
                violation_error_message=_("Skriv varför mötet ställs in."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_called(self) -> bool:
        """Those who are to come have been told, and it was not cancelled."""
        return self.called_at is not None and self.cancelled_at is None

    @property
    def length(self) -> dt.timedelta:
        return self.ends_at - self.starts_at


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def unanswered(self) -> Self:
        """Of meetings that are called and have not begun: who has not said whether they come."""
        return self.filter(answer="", meeting__in=Meeting.objects.called().to_come())


class Attendance(BaseModel):
    """One person at one meeting: as what, what they answered to the call, and whether they came.

    `present` is null until somebody has noted it.
    """

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("Ordförande")
        MEMBER = "member", _("Ledamot")
        INVITED = "invited", _("Adjungerad")

    class Answer(models.TextChoices):
        COMING = "coming", _("Kommer")
        DECLINED = "declined", _("Kan inte komma")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("möte"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("användare"))
    capacity = models.CharField(_("deltar som"), max_length=10, choices=Capacity)
    represents = models.CharField(_("företräder"), max_length=100, blank=True)  # UE, AME, SIA, Arbetsförmedlingen
    answer = models.CharField(_("svar på kallelsen"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("svarade"), null=True, blank=True)
    present = models.BooleanField(_("närvarande"), null=True, blank=True)
    note = models.CharField(_("anmärkning om närvaron"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Privacy:
        plain = {"meeting", "capacity", "represents"}
        personal = {"user", "answer", "answered_at", "present", "note"}
        keep_months = 60

    class Meta:
        verbose_name = _("deltagare i möte")
        verbose_name_plural = _("deltagare i möten")
        ordering = ["meeting", "capacity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                name="one_attendance_at_a_meeting",
                violation_error_message=_("Personen är redan med på listan."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(capacity="chair"),
                name="one_chair_at_a_meeting",
                violation_error_message=_("Mötet har redan en ordförande."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_to_a_call_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_capacity_display()}"
