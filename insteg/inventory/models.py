"""What the city will buy: planned procurements (R12) and the plans that they were read from (R11)."""

from typing import Self

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.documents.models import StoredFile
from insteg.organisations.models import Organisation, User
from insteg.process.models import Nature, RuleSet

FAR_AWAY = models.Value("9999-12-31", output_field=models.DateField())


class PlanUpload(BaseModel):
    """A spreadsheet as an organisation sent it, and what was read in it. Nothing is reported until it is saved."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))
    sha256 = models.CharField(_("avtryck"), max_length=64)
    reading = models.JSONField(_("vad som lästes"))
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("uppladdad av"))
    saved_at = models.DateTimeField(_("sparad"), null=True, blank=True)
    discarded_at = models.DateTimeField(_("avbruten"), null=True, blank=True)

    class Privacy:
        plain = {"organisation", "file", "sha256", "reading", "saved_at", "discarded_at"}
        personal = {"uploaded_by"}
        keep_months = 24

    class Meta:
        verbose_name = _("uppladdad plan")
        verbose_name_plural = _("uppladdade planer")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"],
                condition=Q(saved_at__isnull=False),
                name="a_plan_is_saved_once",
                violation_error_message=_("Just den här filen är redan sparad för organisationen."),
            ),
            models.CheckConstraint(
                condition=Q(saved_at=None) | Q(discarded_at=None), name="a_plan_is_saved_or_discarded"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class PlannedProcurementQuerySet(models.QuerySet["PlannedProcurement"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)


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
        _("årsarbetare"), max_digits=7, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
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
    upload = models.ForeignKey(
        PlanUpload, on_delete=models.PROTECT, null=True, blank=True, related_name="rows", verbose_name=_("läst ur")
    )
    upload_row = models.PositiveIntegerField(_("rad i bladet"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("tillbakadragen"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("skäl till att den dras tillbaka"), max_length=300, blank=True)

    objects = PlannedProcurementQuerySet.as_manager()

    class Privacy:
        plain = {
            "organisation", "title", "description", "reference", "shared", "nature", "nature_inferred", "cpv",
            "more_cpvs", "extent_known", "framework", "value_min", "value_max", "months", "option_months", "fte",
            "procedure", "start", "unknown_fields", "proposal", "rule_set", "upload", "upload_row", "withdrawn_at",
            "withdrawn_reason",
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
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_min=None) | Q(value_max=None) | Q(value_max__gte=F("value_min")),
                name="value_from_is_not_above_value_to",
                violation_error_message=_("Det lägsta värdet kan inte vara större än det högsta."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_with_a_reason",
                violation_error_message=_("Skriv varför upphandlingen dras tillbaka."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
