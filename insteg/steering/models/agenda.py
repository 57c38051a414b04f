"""What a meeting of the steering group is about (R31): its items, each organisation's own view, and the minutes."""

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.documents.models import StoredFile
from insteg.inventory.models import PlannedProcurement
from insteg.meetings.models import Meeting
from insteg.organisations.models import User

LONGEST_TEXT, LONGEST_VIEW, LONGEST_NOTE = 4000, 1000, 2000


class Agenda(BaseModel):
    """The agenda of one meeting, and the pack that it is read as.

    `shared_at`: when those who are called were told that it can be read. `handed_over_at`: when the procurement unit
    left the minutes for approval; until they are approved it can take them back.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="agenda", verbose_name=_("möte"))
    views_by = models.DateField(_("organisationernas syn önskas senast"), null=True, blank=True)
    shared_at = models.DateTimeField(_("underlaget skickades"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("protokollet lämnades för godkännande"), null=True, blank=True)

    class Privacy:
        plain = {"meeting", "views_by", "shared_at", "handed_over_at"}

    class Meta:
        verbose_name = _("dagordning")
        verbose_name_plural = _("dagordningar")
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.meeting_id}"


class AgendaItem(BaseModel):
    """A point on the agenda. A planned procurement to decide on, one of the standing points, or the unit's own.

    `view` is what the organisation itself thinks, in its own words; null time when it has said nothing. `note` is what
    the minutes say of the point. `decision` is the one that stands, of those made under this point.
    """

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Uppföljning av förra mötets beslut")
        DECISION = "decision", _("Beslut om en planerad upphandling")
        REPORTS = "reports", _("Rapporter från AME och SIA")
        RISKS = "risks", _("Avtal som riskerar att inte nå kravet")
        OUTLOOK = "outlook", _("Omvärlden")
        OWN = "own", _("Egen punkt")

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="items", verbose_name=_("dagordning"))
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    order = models.PositiveSmallIntegerField(_("plats på dagordningen"), validators=[MinValueValidator(1)])
    title = models.CharField(_("rubrik"), max_length=200, blank=True)  # of the unit's own; the others name themselves
    text = models.TextField(
        _("text"), max_length=LONGEST_TEXT, blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)]
    )
    planned = models.ForeignKey(
        PlannedProcurement, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name=_("planerad upphandling"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("organisationen frågades"), null=True, blank=True)
    view = models.TextField(
        _("organisationens egen syn"), max_length=LONGEST_VIEW, blank=True,
        validators=[MaxLengthValidator(LONGEST_VIEW)],
    )  # fmt: skip
    viewed_at = models.DateTimeField(_("organisationen svarade"), null=True, blank=True)
    viewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("svarade")
    )
    note = models.TextField(
        _("anteckning till protokollet"), max_length=LONGEST_NOTE, blank=True,
        validators=[MaxLengthValidator(LONGEST_NOTE)],
    )  # fmt: skip
    decision = models.OneToOneField(
        "Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("beslut")
    )

    class Privacy:
        plain = {"agenda", "kind", "order", "title", "planned", "asked_at", "viewed_at", "decision"}
        # Free text, where somebody may be named.
        personal = {"text", "view", "viewed_by", "note"}
        keep_months = 60

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering = ["agenda", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "planned"],
                name="a_procurement_stands_once_on_an_agenda",
                violation_error_message=_("Upphandlingen står redan på dagordningen."),
            ),
            models.UniqueConstraint(
                fields=["agenda", "kind"],
                condition=~Q(kind__in=["decision", "own"]),
                name="a_standing_point_stands_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(kind="decision", planned__isnull=False) | ~Q(kind="decision") & Q(planned=None),
                name="a_decision_is_about_a_procurement",
            ),
            models.CheckConstraint(
                condition=~Q(kind="own") | ~Q(title=""),
                name="an_own_point_has_a_title",
                violation_error_message=_("Skriv en rubrik."),
            ),
            models.CheckConstraint(
                condition=Q(viewed_at=None, viewed_by=None, view="")
                | Q(viewed_at__isnull=False, viewed_by__isnull=False) & ~Q(view=""),
                name="a_view_has_its_author_and_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class AgendaFile(BaseModel):
    """A file that the unit has put beside a point."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="files", verbose_name=_("punkt"))
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))

    class Privacy:
        plain = {"item", "file"}

    class Meta:
        verbose_name = _("fil till en punkt")
        verbose_name_plural = _("filer till punkter")
        ordering = ["item", "created_at", "pk"]

    def __str__(self) -> str:
        return str(self.file_id)


class Minutes(BaseModel):
    """The minutes of a meeting as they were approved: one file, the same for ever. The database refuses changes."""

    agenda = models.OneToOneField(
        Agenda, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("dagordning")
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("godkände"))

    class Privacy:
        plain = {"agenda", "file"}
        personal = {"approved_by"}
        keep_months = 120  # as long as the decisions are looked up

    class Meta:
        verbose_name = _("protokoll")
        verbose_name_plural = _("protokoll")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.agenda_id}"
