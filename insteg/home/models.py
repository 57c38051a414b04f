"""How accessible the product is, and what people say about it (lag 2018:1937 13 §)."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel

ONLY = UUID("00000000-0000-4000-8000-000000000001")
# What we know of in the product itself, whoever runs it. The administrator adds what the city finds.
KNOWN = """\
Insteg är inte provat av personer som dagligen använder skärmläsare. Där kan finnas brister som vi inte känner till.
Kalkylblad som organisationerna läser in ändras inte. Det som lästes går alltid att läsa på en sida i Insteg.
Kalkylblad som du hämtar följer inte alla krav på dokument. Samma uppgifter finns på sidan som du hämtar dem från.
Fönstret för säkerhetsnyckel kommer från webbläsaren eller telefonen. Du kan logga in med engångskod i stället."""


class StatementManager(models.Manager["Statement"]):
    def the_one(self) -> "Statement":
        """The migration makes it; a database that was emptied gets it back."""
        return self.get_or_create(pk=ONLY)[0]


class Statement(BaseModel):
    """The city's accessibility statement. There is one; the audit log tells when it was changed."""

    class Compliance(models.TextChoices):
        FULL = "full", _("Helt förenlig")
        PARTLY = "partly", _("Delvis förenlig")
        NOT = "not", _("Inte förenlig")

    compliance = models.CharField(_("följer kraven"), max_length=10, choices=Compliance, blank=True)
    assessed_on = models.DateField(_("bedömd"), null=True, blank=True)
    method = models.TextField(_("så bedömdes den"), max_length=1000, blank=True)
    shortcomings = models.TextField(_("det som inte är tillgängligt"), max_length=8000, blank=True, default=KNOWN)
    exceptions = models.TextField(_("undantag"), max_length=8000, blank=True)
    email = models.EmailField(_("e-postadress för frågor"), blank=True)
    updated_on = models.DateField(_("uppdaterad"), null=True, blank=True)

    objects = StatementManager()

    class Privacy:
        plain = {"compliance", "assessed_on", "method", "shortcomings", "exceptions", "email", "updated_on"}

    class Meta:
        verbose_name = _("tillgänglighetsredogörelse")
        verbose_name_plural = _("tillgänglighetsredogörelser")
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="there_is_one_statement"),
            models.CheckConstraint(
                condition=Q(compliance="", assessed_on=None) | (~Q(compliance="") & Q(assessed_on__isnull=False)),
                name="an_assessment_has_a_day",
                violation_error_message=_("Fyll i både hur väl kraven följs och vilken dag det bedömdes."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Tillgänglighetsredogörelsen"))


class Remark(BaseModel):
    """What someone says about the product's accessibility. Anyone may write, also nameless."""

    page = models.CharField(_("vilken sida det gäller"), max_length=300, blank=True)
    text = models.TextField(_("vad som inte fungerar"), max_length=4000)
    email = models.EmailField(_("e-postadress för svar"), blank=True)
    answer = models.TextField(_("vad vi gjorde"), max_length=2000, blank=True)
    handled_at = models.DateTimeField(_("besvarad"), null=True, blank=True)

    class Privacy:
        plain = {"handled_at"}
        personal = {"page", "text", "email", "answer"}
        keep_months = 24

    class Meta:
        db_table = "home_feedback"  # its first name, as its index has: the previous release asks for it (docs/adr/0019)
        verbose_name = _("synpunkt")
        verbose_name_plural = _("synpunkter")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None, answer="") | (Q(handled_at__isnull=False) & ~Q(answer="")),
                name="what_is_answered_says_how",
                violation_error_message=_("Skriv vad ni har gjort."),
            )
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="feedback_newest_first")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.created_at:%Y-%m-%d}"
