"""What the city will buy (R12)."""

from typing import Self

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory.models.agreements import RunningAgreement
from insteg.inventory.models.plans import PlanUpload
from insteg.organisations.models import Organisation, User
from insteg.process.models import Nature, RuleSet, Run

# What somebody reports (R12); the rest of a row follows from it or tells what has happened to it.
FACTS = (
    "title", "description", "reference", "shared", "nature", "cpv", "framework", "extent_known", "value_min",
    "value_max", "months", "option_months", "fte", "procedure", "start", "unknown_fields",
)  # fmt: skip
MOST_FTE = 10_000  # more than any assignment takes: a slip of the keyboard
FAR_AWAY = models.Value("9999-12-31", output_field=models.DateField())


class PlannedProcurementQuerySet(models.QuerySet["PlannedProcurement"]):
    def current(self) -> Self:
        """Neither withdrawn nor joined into another, which then stands for it."""
        return self.filter(withdrawn_at=None, merged_into=None)


class PlannedProcurement(BaseModel):
    """A coming procurement as an organisation reported it (R12). The root of every chain.

    A fact that is null was not said; a fact whose name stands in `unknown_fields` was said to be unknown; 0 is nought.
    """

    class Proposal(models.TextChoices):
        SUITABLE = "suitable", _("Lämplig")
        NEEDS_FACTS = "needs_facts", _("Behöver uppgifter")
        NOT_SUITABLE = "not_suitable", _("Inte lämplig")

    class Procedure(models.TextChoices):
        OPEN = "open", _("Öppet förfarande")
        RESTRICTED = "restricted", _("Selektivt förfarande")
        NEGOTIATED = "negotiated", _("Förhandlat förfarande")
        BELOW_THRESHOLD = "below_threshold", _("Annonserat under tröskelvärdet")
        MINI_COMPETITION = "mini_competition", _("Förnyad konkurrensutsättning")
        DYNAMIC = "dynamic", _("Dynamiskt inköpssystem")
        DIRECT = "direct", _("Direktupphandling")

    class Ending(models.TextChoices):
        CANCELLED = "cancelled", _("Blir inte av")
        ADVERTISED = "advertised", _("Är redan annonserad")
        MISTAKE = "mistake", _("Anmäldes av misstag")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="planned", verbose_name=_("organisation")
    )
    title = models.CharField(_("upphandling"), max_length=300, db_collation="swedish")
    description = models.TextField(_("uppgiften"), blank=True, validators=[MaxLengthValidator(2000)])
    reference = models.CharField(_("diarienummer"), max_length=60, blank=True)
    shared = models.BooleanField(_("behovet delas av flera organisationer"), default=False)
    nature = models.CharField(_("slag"), max_length=10, choices=Nature, blank=True)
    nature_inferred = models.BooleanField(_("slaget är härlett ur CPV-koden"), default=False)
    cpv = models.CharField(
        _("CPV-kod"), max_length=8, blank=True, validators=[RegexValidator(r"^\d{8}$", _("Skriv åtta siffror."))]
    )
    more_cpvs = models.JSONField(_("fler CPV-koder"), default=list, blank=True)
    extent_known = models.BooleanField(_("omfattningen är känd"), null=True, blank=True)
    framework = models.BooleanField(_("ramavtal"), null=True, blank=True)
    value_min = models.PositiveBigIntegerField(_("värde från, kr"), null=True, blank=True)
    value_max = models.PositiveBigIntegerField(_("värde till, kr"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        _("avtalstid utan förlängning, månader"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    option_months = models.PositiveSmallIntegerField(
        _("möjlig förlängning, månader"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    fte = models.DecimalField(
        _("årsarbetare"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_FTE)],
    )
    procedure = models.CharField(_("förfarande"), max_length=20, choices=Procedure, blank=True)
    start = models.DateField(_("önskad avtalsstart"), null=True, blank=True)
    contact = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kontakt")
    )
    unknown_fields = models.JSONField(_("uppgifter som sagts vara okända"), default=list, blank=True)
    proposal = models.CharField(_("förslag"), max_length=12, choices=Proposal)
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("bedömd enligt regelverk")
    )
    # The facts that the judgement lacks, as names with commas between: for counting without judging again.
    missing = models.CharField(_("uppgifter som bedömningen saknar"), max_length=60, blank=True)
    # How many places its extent gives by the rule set (R21); null when the extent is not known. Kept for sums.
    places = models.PositiveSmallIntegerField(_("platser efter omfattning"), null=True, blank=True)
    # What people have said instead, and why.
    places_set = models.PositiveSmallIntegerField(
        _("antal platser"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    places_reason = models.CharField(_("skäl till antalet platser"), max_length=300, blank=True)
    # When somebody last said which occupations it needs (ExpectedOccupation); until then the table proposes them.
    occupations_confirmed_at = models.DateTimeField(_("yrkena bekräftades"), null=True, blank=True)
    upload = models.ForeignKey(
        PlanUpload, on_delete=models.PROTECT, null=True, blank=True, related_name="rows", verbose_name=_("läst ur")
    )
    upload_row = models.PositiveIntegerField(_("rad i bladet"), null=True, blank=True)
    # When somebody last said that the facts hold: by reporting, changing or confirming them (R11).
    confirmed_at = models.DateTimeField(_("bekräftad"), default=clock.now)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("upphandlas gemensamt i"),
    )
    renews = models.ForeignKey(
        RunningAgreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("följer på avtalet"),
    )
    # Where it stands in the working model. One that was withdrawn before there were cases has none.
    run = models.OneToOneField(
        Run, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ärende")
    )
    withdrawn_at = models.DateTimeField(_("tillbakadragen"), null=True, blank=True)
    withdrawn_as = models.CharField(_("vad som hände"), max_length=10, choices=Ending, blank=True)
    withdrawn_reason = models.CharField(_("skäl till att den dras tillbaka"), max_length=300, blank=True)

    objects = PlannedProcurementQuerySet.as_manager()

    class Privacy:
        plain = {
            "organisation", "title", "description", "reference", "shared", "nature", "nature_inferred", "cpv",
            "more_cpvs", "extent_known", "framework", "value_min", "value_max", "months", "option_months", "fte",
            "procedure", "start", "unknown_fields", "proposal", "rule_set", "upload", "upload_row", "confirmed_at",
            "merged_into", "renews", "withdrawn_at", "withdrawn_as", "withdrawn_reason", "missing", "places",
            "places_set", "places_reason", "occupations_confirmed_at", "run",
        }  # fmt: skip
        personal = {"contact"}
        keep_months = 60

    class Meta:
        verbose_name = _("planerad upphandling")
        verbose_name_plural = _("planerade upphandlingar")
        indexes = [
            # The list's order, for everyone and for one organisation; see queries.ORDER.
            models.Index(Coalesce("start", FAR_AWAY), "id", name="planned_by_start"),
            models.Index("organisation", Coalesce("start", FAR_AWAY), "id", name="planned_by_organisation"),
            # A few in a hundred: without this the list of withdrawn ones would read past all the others.
            models.Index(
                Coalesce("start", FAR_AWAY), "id", name="withdrawn_by_start", condition=Q(withdrawn_at__isnull=False)
            ),
            # The same for those that are joined into another, and for what UE may join: few as well.
            models.Index(
                Coalesce("start", FAR_AWAY), "id", name="joined_by_start", condition=Q(merged_into__isnull=False)
            ),
            models.Index(
                Coalesce("start", FAR_AWAY),
                "id",
                name="shared_by_start",
                condition=Q(shared=True, withdrawn_at=None, merged_into=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_min=None) | Q(value_max=None) | Q(value_max__gte=F("value_min")),
                name="value_from_is_not_above_value_to",
                violation_error_message=_("Det lägsta värdet kan inte vara större än det högsta."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_as="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_as="") & ~Q(withdrawn_reason="")),
                name="withdrawn_with_a_reason",
                violation_error_message=_("Skriv varför upphandlingen dras tillbaka."),
            ),
            models.CheckConstraint(
                condition=Q(places_set=None, places_reason="") | (Q(places_set__isnull=False) & ~Q(places_reason="")),
                name="places_set_with_a_reason",
                violation_error_message=_("Skriv varför antalet platser är det rimliga."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn_at=None) & ~Q(merged_into=F("pk")),
                name="joined_with_another_and_not_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title
