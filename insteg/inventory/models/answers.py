"""What each one answered in a round, as it was then (R11, R14). Later changes of the rows do not reach here."""

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.inventory.models.planned import PlannedProcurement
from insteg.inventory.models.rounds import RoundRequest
from insteg.organisations.models import User


class RoundAnswer(BaseModel):
    """An answer that was sent in. When it is taken up again it is stamped, and the next one follows."""

    request = models.ForeignKey(
        RoundRequest, on_delete=models.PROTECT, related_name="answers", verbose_name=_("förfrågan")
    )
    number = models.PositiveSmallIntegerField(_("svar nummer"), validators=[MinValueValidator(1)])
    nothing_to_report = models.BooleanField(_("inget att anmäla"), default=False)
    comment = models.TextField(_("kommentar"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)])
    needs = models.JSONField(_("behov av platser"), default=list, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("svarade"))
    on_behalf = models.BooleanField(_("upphandlingsenheten svarade åt dem"), default=False)
    reopened_at = models.DateTimeField(_("öppnades igen"), null=True, blank=True)

    class Privacy:
        plain = {"request", "number", "nothing_to_report", "comment", "on_behalf", "reopened_at"}
        personal = {"answered_by"}
        sensitive = {"needs"}  # how many wait at a unit for each occupation: see PublishedNeed
        keep_months = 60

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="answers_are_numbered"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(reopened_at=None),
                name="one_answer_stands",
                violation_error_message=_("Svaret är redan skickat. Öppna det igen om något ska ändras."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.number}"


class AnsweredRow(BaseModel):
    """A planned procurement as it stood in an answer. The database refuses every change."""

    class Change(models.TextChoices):
        """Against the same organisation's answer before."""

        NEW = "new", _("Ny")
        CHANGED = "changed", _("Ändrad")
        SAME = "same", _("Lika")
        GONE = "gone", _("Borttagen")

    answer = models.ForeignKey(RoundAnswer, on_delete=models.PROTECT, related_name="rows", verbose_name=_("svar"))
    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, related_name="answered", verbose_name=_("planerad upphandling")
    )
    facts = models.JSONField(_("uppgifterna då"))
    change = models.CharField(_("mot förra svaret"), max_length=8, choices=Change)
    changed = models.JSONField(_("ändrade uppgifter"), default=list, blank=True)

    class Privacy:
        plain = {"answer", "planned", "facts", "change", "changed"}

    class Meta:
        verbose_name = _("rad i ett svar")
        verbose_name_plural = _("rader i ett svar")
        ordering = ["answer", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "planned"], name="a_row_stands_once_in_an_answer")]

    def __str__(self) -> str:
        return str(self.facts.get("title", ""))
