"""Cases and where they have stood. A case stands where its one open visit is, so no status column can drift."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations.models import Membership
from insteg.process.models.design import Item, Move, Process, Step


class Run(BaseModel):
    """A case: something that follows an edition of a process. The table it is about has a one-to-one `run`."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="runs", verbose_name=_("process"))

    class Privacy:
        plain = {"process"}

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")


class Visit(BaseModel):
    """A stay in a step. Written on entry, stamped once on leaving. While it is open, its due date and who has taken it
    may change."""

    class Left(models.TextChoices):
        MOVE = "move", _("Gick vidare")
        EDITION = "edition", _("Flyttades till en nyare version")
        CLOSED = "closed", _("Avslutades med det som det gäller")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="visits")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="visits")
    entered_at = models.DateTimeField(_("kom hit"), default=clock.now)
    entered_by = models.CharField(_("av"), max_length=40)
    due_on = models.DateField(_("ska vara klart"))
    # Who has taken it; nobody when it waits for whoever holds the lane.
    handler = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handläggare")
    )
    left_at = models.DateTimeField(_("gick vidare"), null=True, blank=True)
    left_by = models.CharField(_("av"), max_length=40, blank=True)
    left_how = models.CharField(_("hur"), max_length=10, choices=Left, blank=True)
    left_move = models.ForeignKey(
        Move, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("väg")
    )
    reason = models.CharField(_("skäl"), max_length=500, blank=True)

    class Privacy:
        plain = {"run", "step", "entered_at", "due_on", "left_at", "left_how", "left_move"}
        personal = {"entered_by", "left_by", "reason", "handler"}
        keep_months = 60

    class Meta:
        verbose_name = _("vistelse i ett steg")
        verbose_name_plural = _("vistelser i steg")
        ordering = ["entered_at", "pk"]
        indexes = [models.Index(fields=["step", "due_on"], condition=Q(left_at=None), name="open_visits_by_due_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(left_at=None),
                name="one_open_visit_per_run",
                violation_error_message=_("Ärendet har redan gått vidare."),
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by="", left_how="", left_move=None)
                | (
                    Q(left_at__isnull=False)
                    & ~Q(left_by="")
                    & (
                        Q(left_how="move", left_move__isnull=False)
                        | Q(left_how__in=["edition", "closed"], left_move=None)
                    )
                ),
                name="left_by_whom_when_and_how",
            ),
        ]


class ItemAnswer(BaseModel):
    """What was said of an item during a visit. Changed or taken back while the visit is open."""

    class Said(models.TextChoices):
        DONE = "done", _("Klart")
        NOT_NEEDED = "not_needed", _("Behövs inte")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(_("svar"), max_length=10, choices=Said)
    note = models.CharField(_("anteckning"), max_length=300, blank=True)
    by = models.CharField(_("av"), max_length=40)
    at = models.DateTimeField(_("när"), default=clock.now)

    class Privacy:
        plain = {"visit", "item", "said", "at"}
        personal = {"by", "note"}
        keep_months = 60

    class Meta:
        verbose_name = _("svar på en punkt")
        verbose_name_plural = _("svar på punkter")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "item"],
                name="an_item_is_answered_once",
                violation_error_message=_("Punkten är redan besvarad."),
            ),
            models.CheckConstraint(
                condition=Q(said="done") | ~Q(note=""),
                name="not_needed_with_a_reason",
                violation_error_message=_("Skriv varför punkten inte behövs."),
            ),
        ]
