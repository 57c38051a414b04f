"""What each organisation is told after a meeting (R33), and what it does next."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.mail.models import Message
from insteg.organisations.models import Organisation, User
from insteg.steering.models.agenda import Agenda
from insteg.steering.models.decisions import Decision

LONGEST_TEXT, LONGEST_STEP = 2000, 500


class Feedback(BaseModel):
    """What one organisation is told of the decisions of one meeting. A draft until it is sent."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="feedback", verbose_name=_("dagordning"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    text = models.TextField(
        _("med egna ord"), max_length=LONGEST_TEXT, blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)]
    )
    sent_at = models.DateTimeField(_("skickad"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skickade")
    )
    read_at = models.DateTimeField(_("läst"), null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("läste först")
    )

    class Privacy:
        plain = {"agenda", "organisation", "sent_at", "read_at"}
        personal = {"text", "sent_by", "read_by"}
        keep_months = 60

    class Meta:
        verbose_name = _("återkoppling")
        verbose_name_plural = _("återkopplingar")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "organisation"], name="one_feedback_to_each_organisation"),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, read_at=None, read_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="feedback_is_sent_by_somebody_before_it_is_read",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="feedback_is_read_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.agenda_id}"


class FeedbackLine(BaseModel):
    """One decision, with what the organisation does next and by when. Nothing to do where `next_step` is empty."""

    feedback = models.ForeignKey(
        Feedback, on_delete=models.PROTECT, related_name="lines", verbose_name=_("återkoppling")
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="told", verbose_name=_("beslut om krav")
    )
    next_step = models.TextField(
        _("nästa steg"), max_length=LONGEST_STEP, blank=True, validators=[MaxLengthValidator(LONGEST_STEP)]
    )
    due_on = models.DateField(_("senast"), null=True, blank=True)
    done_at = models.DateTimeField(_("gjort"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gjorde")
    )

    class Privacy:
        plain = {"feedback", "decision", "next_step", "due_on", "done_at"}
        personal = {"done_by"}
        keep_months = 60

    class Meta:
        verbose_name = _("rad i en återkoppling")
        verbose_name_plural = _("rader i återkopplingar")
        ordering = ["feedback", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(next_step="") | Q(due_on=None, done_at=None),
                name="nothing_to_do_has_no_day",
                violation_error_message=_("Skriv vad organisationen ska göra till den dagen, eller ta bort dagen."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="what_is_done_was_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.decision_id}"

    @property
    def title(self) -> str:
        """The procurement's name as it is now."""
        return self.decision.planned.title

    @property
    def stands(self) -> bool:
        """Whether the group has decided nothing else since. Costs nothing where `decision__followed_by` is read too."""
        return not hasattr(self.decision, "followed_by")

    @property
    def is_over(self) -> bool:
        """Decided anew, withdrawn or joined: what it asked for is no longer asked."""
        planned = self.decision.planned
        return not self.stands or planned.withdrawn_at is not None or planned.merged_into_id is not None

    @property
    def asks_to_start(self) -> bool:
        """A requirement that stands: the next step is to start the procurement."""
        return self.decision.choice == Decision.Choice.REQUIRE and not self.is_over


class FeedbackLetter(BaseModel):
    """The letter about a feedback to one person. What became of it, the letter tells; null when that is gone."""

    feedback = models.ForeignKey(
        Feedback, on_delete=models.PROTECT, related_name="letters", verbose_name=_("återkoppling")
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("mottagare"))
    message = models.OneToOneField(
        Message, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("brev")
    )

    class Privacy:
        plain = {"feedback", "message"}
        personal = {"user"}
        keep_months = 60

    class Meta:
        verbose_name = _("brev om återkoppling")
        verbose_name_plural = _("brev om återkoppling")
        ordering = ["feedback", "pk"]
        constraints = [models.UniqueConstraint(fields=["feedback", "user"], name="one_letter_about_a_feedback")]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.user_id}"
