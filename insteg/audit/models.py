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


class Seal(models.Model):
    """What was appended to the log, in one digest that also holds the seal before. The database refuses changes.

    `missing` are the ids of the range that no entry has, as [from, to]: of what was rolled back. docs/adr/0016.
    """

    number = models.BigIntegerField(_("nummer"), primary_key=True)
    previous = models.CharField(_("föregående försegling"), max_length=64, unique=True)  # so that no chain can fork
    first = models.BigIntegerField(_("första loggpost"))
    last = models.BigIntegerField(_("sista loggpost"))
    missing = models.JSONField(_("nummer som saknas"), default=list)
    count = models.PositiveIntegerField(_("antal loggposter"))
    content = models.CharField(_("loggposternas kontrollsumma"), max_length=64)
    hash = models.CharField(_("kontrollsumma"), max_length=64)
    at = models.DateTimeField(_("när"), default=clock.now)

    class Privacy:
        plain = {"number", "previous", "first", "last", "missing", "count", "content", "hash", "at"}

    class Meta:
        verbose_name = _("försegling")
        verbose_name_plural = _("förseglingar")

    def __str__(self) -> str:
        return str(self.number)


class Pruning(models.Model):
    """The entries up to and with a seal were removed, being older than `before`. Only the owner's role adds these.

    What the database's promise against removal lets through, and what the verifier accepts.
    """

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, verbose_name=_("sista försegling"))
    before = models.DateTimeField(_("äldre än"))
    count = models.PositiveIntegerField(_("antal loggposter"))
    at = models.DateTimeField(_("när"), default=clock.now)

    class Privacy:
        plain = {"seal", "before", "count", "at"}

    class Meta:
        verbose_name = _("gallring av loggen")
        verbose_name_plural = _("gallringar av loggen")

    def __str__(self) -> str:
        return f"{self.before:%Y-%m-%d}"


class LogCheck(models.Model):
    """What a night's verification found."""

    at = models.DateTimeField(_("när"), default=clock.now)
    seals = models.PositiveIntegerField(_("antal förseglingar"))
    faults = models.PositiveIntegerField(_("antal fel"))

    class Privacy:
        plain = {"at", "seals", "faults"}

    class Meta:
        verbose_name = _("kontroll av loggen")
        verbose_name_plural = _("kontroller av loggen")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.faults}"


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
