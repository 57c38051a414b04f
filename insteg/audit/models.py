from django.db import models
from django.utils.translation import gettext_lazy as _

from insteg.core import clock


class Entry(models.Model):
    """Who did what, with which right. Names of changed fields, never their values. The database refuses changes.

    Ids and not foreign keys: people and rows can be removed while the log stays.
    """

    at = models.DateTimeField(_("när"), default=clock.now)
    action = models.CharField(_("åtgärd"), max_length=100)
    actor_kind = models.CharField(_("slags aktör"), max_length=10)
    actor_id = models.CharField(_("aktör"), max_length=40)
    membership_id = models.UUIDField(_("uppdrag"), null=True)
    changed = models.JSONField(_("ändrade fält"), default=list)
    reason = models.CharField(_("skäl"), max_length=200, blank=True)

    class Privacy:
        plain = {"at", "action", "actor_kind", "changed"}
        personal = {"actor_id", "membership_id", "reason"}
        keep_months = 60

    class Meta:
        verbose_name = _("loggpost")
        verbose_name_plural = _("loggposter")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class EntrySubject(models.Model):
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")
    model = models.CharField(_("tabell"), max_length=60)
    row = models.UUIDField(_("rad"))
    row_version = models.PositiveIntegerField(_("radens version efteråt"))

    class Privacy:
        plain = {"entry", "model", "row", "row_version"}

    class Meta:
        verbose_name = _("loggpostens rad")
        verbose_name_plural = _("loggpostens rader")
        indexes = [models.Index(fields=["row", "row_version"], name="entries_about_a_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


class FormKey(models.Model):
    """One sending of one form, with the answer it got."""

    key = models.UUIDField(_("nyckel"))
    actor_id = models.CharField(_("aktör"), max_length=40)
    answer = models.CharField(_("svar"), max_length=200, blank=True)
    at = models.DateTimeField(_("när"), default=clock.now)

    class Privacy:
        plain = {"key", "answer", "at"}
        personal = {"actor_id"}
        keep_months = 1

    class Meta:
        verbose_name = _("formulärnyckel")
        verbose_name_plural = _("formulärnycklar")
        constraints = [models.UniqueConstraint(fields=["key", "actor_id"], name="a_form_is_sent_once")]

    def __str__(self) -> str:
        return str(self.key)
