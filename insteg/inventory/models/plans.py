"""Plans as an organisation sent them (R11)."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.documents.models import StoredFile
from insteg.organisations.models import Organisation, User

LONGEST_JOB = dt.timedelta(hours=1)  # five tries of five minutes each, with what lies between them


class PlanUpload(BaseModel):
    """A spreadsheet as an organisation sent it, and what was read in it. Nothing is reported until it is saved."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))
    sha256 = models.CharField(_("avtryck"), max_length=64)
    reading = models.JSONField(_("vad som lästes"), null=True, blank=True)  # null until it has been read
    unreadable = models.CharField(_("varför den inte kunde läsas"), max_length=500, blank=True)
    chosen_columns = models.JSONField(_("kolumner som valts för hand"), default=dict, blank=True)
    typed = models.JSONField(_("svar som inte är sparade än"), default=dict, blank=True)
    saving_since = models.DateTimeField(_("håller på att sparas sedan"), null=True, blank=True)
    not_saved = models.CharField(_("varför den inte blev sparad"), max_length=1000, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("uppladdad av"))
    saved_at = models.DateTimeField(_("sparad"), null=True, blank=True)
    discarded_at = models.DateTimeField(_("avbruten"), null=True, blank=True)

    class Privacy:
        plain = {
            "organisation", "file", "sha256", "reading", "unreadable", "chosen_columns", "typed", "saving_since",
            "not_saved", "saved_at", "discarded_at",
        }  # fmt: skip
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

    @property
    def is_being_read(self) -> bool:
        return self.reading is None and not self.unreadable

    @property
    def is_being_saved(self) -> bool:
        """A job that was given up without a word no longer counts: it can be begun anew."""
        return self.saving_since is not None and clock.now() - self.saving_since < LONGEST_JOB


class ColumnChoice(BaseModel):
    """What an organisation has said that a heading means. Goes before what words and content say, next time."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    heading = models.CharField(_("rubrik"), max_length=300)
    field = models.CharField(_("läses som"), max_length=30, blank=True)  # empty: is not read

    class Privacy:
        plain = {"organisation", "heading", "field"}

    class Meta:
        verbose_name = _("valt sätt att läsa en kolumn")
        verbose_name_plural = _("valda sätt att läsa kolumner")
        ordering = ["organisation", "heading"]
        constraints = [models.UniqueConstraint(fields=["organisation", "heading"], name="one_choice_per_heading")]

    def __str__(self) -> str:
        return self.heading
