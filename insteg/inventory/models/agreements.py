"""Agreements that run now. Those that end within the horizon are proposed as coming procurements (R11)."""

import datetime as dt

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.core.months import months_later
from insteg.documents.models import StoredFile
from insteg.organisations.models import Organisation, User
from insteg.process.models import Nature


class RunningAgreement(BaseModel):
    """An agreement as the organisation's own register has it. `ends_on` is its last day without further options."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    title = models.CharField(_("avtal"), max_length=300, db_collation="swedish")
    reference = models.CharField(_("avtalsnummer"), max_length=60, blank=True)
    supplier = models.CharField(_("leverantör"), max_length=200, blank=True)
    nature = models.CharField(_("slag"), max_length=10, choices=Nature, blank=True)
    cpv = models.CharField(
        _("CPV-kod"), max_length=8, blank=True, validators=[RegexValidator(r"^\d{8}$", _("Skriv åtta siffror."))]
    )
    value = models.PositiveBigIntegerField(_("värde, kr"), null=True, blank=True)
    starts_on = models.DateField(_("första dag"), null=True, blank=True)
    ends_on = models.DateField(_("sista dag"))
    option_months = models.PositiveSmallIntegerField(
        _("möjlig förlängning, månader"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    ended_at = models.DateTimeField(_("ska inte upphandlas igen"), null=True, blank=True)
    ended_reason = models.CharField(_("skäl"), max_length=300, blank=True)

    class Privacy:
        plain = {
            "organisation", "title", "reference", "nature", "cpv", "value", "starts_on", "ends_on", "option_months",
            "ended_at", "ended_reason",
        }  # fmt: skip
        personal = {"supplier"}  # a sole trader's firm may bear a person's name
        keep_months = 60

    class Meta:
        verbose_name = _("löpande avtal")
        verbose_name_plural = _("löpande avtal")
        ordering = ["ends_on", "title", "pk"]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="agreements_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=~Q(reference=""),
                name="one_agreement_per_reference",
                violation_error_message=_("Organisationen har redan ett avtal med det numret."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="an_agreement_ends_after_it_starts",
                violation_error_message=_("Avtalet kan inte sluta innan det börjar."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="") | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="not_bought_again_for_a_reason",
                violation_error_message=_("Skriv varför det inte ska upphandlas igen."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def successor_start(self) -> dt.date:
        """The day on which a new agreement has to begin when no option is used."""
        return self.ends_on + dt.timedelta(days=1)

    @property
    def latest_successor_start(self) -> dt.date:
        """The same when every option is used."""
        return months_later(self.successor_start, self.option_months or 0)


class AgreementUpload(BaseModel):
    """A register of agreements as an organisation sent it, and what was read in it. Nothing is kept until saved."""

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
        plain = {"organisation", "file", "sha256", "saved_at", "discarded_at"}
        personal = {"reading", "uploaded_by"}  # the reading holds the names of suppliers
        keep_months = 24

    class Meta:
        verbose_name = _("uppladdat avtalsregister")
        verbose_name_plural = _("uppladdade avtalsregister")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at=None) | Q(discarded_at=None), name="a_register_is_saved_or_discarded"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)
