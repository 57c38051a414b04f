from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel


class Message(BaseModel):
    """A letter to one person. `created_at` is when it was queued.

    It may hold a secret link, so the text is blanked as soon as it is sent or given up. What is kept tells that a
    letter went out, to whom and about what.
    """

    to = models.EmailField(_("mottagare"), max_length=254)
    subject = models.CharField(_("ämne"), max_length=200)
    body = models.TextField(_("text"), max_length=10_000, blank=True)
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("gav upp"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("försök"), default=0)
    error = models.CharField(_("senaste fel"), max_length=500, blank=True)

    class Privacy:
        plain = {"sent_at", "given_up_at", "tries"}
        personal = {"to", "subject", "error"}
        sensitive = {"body"}
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
