from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.organisations.models import User


class Message(BaseModel):
    """A letter to one person. `created_at` is when it was queued.

    It may hold a secret link, so text and calendar file are blanked as soon as it is sent or given up. What is kept
    tells that a letter went out, to whom and about what. Nobody sends it before `not_before`: a worker has it in hand,
    or the server never said whether it took it. `unanswered` is how often it was given it whole and kept silent.
    """

    to = models.EmailField(_("mottagare"), max_length=254)
    subject = models.CharField(_("ämne"), max_length=200)
    body = models.TextField(_("text"), max_length=10_000, blank=True)
    # Sent beside the text, as a part that calendars read. The previous release knows nothing of it: hence no check.
    calendar = models.TextField(_("kalenderfil"), max_length=10_000, blank=True, default="", db_default="")
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("gav upp"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("försök"), default=0)
    error = models.CharField(_("senaste fel"), max_length=500, blank=True)
    not_before = models.DateTimeField(_("inte före"), null=True, blank=True)
    # Counted by us alone, so no check: to add one, the database would read every letter while all others wait.
    unanswered = models.SmallIntegerField(_("lämnat utan svar"), default=0, db_default=0)

    class Privacy:
        plain = {"sent_at", "given_up_at", "tries", "not_before", "unanswered"}
        personal = {"to", "subject", "error"}
        sensitive = {"body", "calendar"}
        keep_months = 6

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(sent_at=None), name="letters_that_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None) | Q(body=""), name="a_letter_that_is_over_keeps_no_text"
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(given_up_at=None), name="sent_or_given_up_not_both"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"


class Preference(BaseModel):
    """How someone wants to be told that something waits. Whoever has chosen nothing is told at once."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("Genast, ett brev i taget")
        DAILY = "daily", _("Samlat, ett brev varje arbetsdag klockan 07.30")

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="mail_preference", verbose_name=_("användare")
    )
    pace = models.CharField(_("när breven ska komma"), max_length=8, choices=Pace, default=Pace.AT_ONCE)

    class Privacy:
        plain = {"pace"}
        personal = {"user"}
        keep_months = 24

    class Meta:
        verbose_name = _("val om brev")
        verbose_name_plural = _("val om brev")
        ordering = ["user", "pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.pace}"


class Notice(BaseModel):
    """Something to tell a person, that waits for the day's letter. Gone when the letter is written.

    A line, an address and nothing about any person, like every letter of this kind; in the reader's language.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("användare"))
    subject = models.CharField(_("ämne"), max_length=200)
    text = models.TextField(_("text"), max_length=2000)
    path = models.CharField(_("sida"), max_length=500)

    class Privacy:
        plain = {"subject", "text", "path"}
        personal = {"user"}
        keep_months = 1

    class Meta:
        verbose_name = _("besked som väntar")
        verbose_name_plural = _("besked som väntar")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["user", "created_at"], name="notices_that_wait")]

    def __str__(self) -> str:
        return self.subject


class Hold(BaseModel):
    """No letter leaves, from `created_at`, when a backup was restored, until an administrator releases them.

    What was written before the backup may have left before the system that it was made of was lost.
    """

    backup_from = models.DateTimeField(_("säkerhetskopian gjordes"))
    released_at = models.DateTimeField(_("släppta"), null=True, blank=True)
    dropped = models.PositiveIntegerField(_("kastade brev"), default=0)

    class Privacy:
        plain = {"backup_from", "released_at", "dropped"}

    class Meta:
        verbose_name = _("brevstopp")
        verbose_name_plural = _("brevstopp")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(released_at=None), name="letters_are_held_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.created_at:%Y-%m-%d}"
