from django.db import models
from django.utils.translation import gettext_lazy as _

from insteg.core.models import BaseModel
from insteg.organisations.models import User


class Feedback(BaseModel):
    """What someone says about the product's accessibility (lag 2018:1937 13 §). Anyone may write, also nameless."""

    page = models.CharField(_("vilken sida det gäller"), max_length=300, blank=True)
    text = models.TextField(_("vad som inte fungerar"), max_length=4000)
    email = models.EmailField(_("e-postadress för svar"), blank=True)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("användare")
    )
    handled_at = models.DateTimeField(_("hanterad"), null=True, blank=True)
    answer = models.TextField(_("vad vi gjorde"), max_length=2000, blank=True)

    class Privacy:
        plain = {"page", "handled_at", "answer"}
        personal = {"text", "email", "user"}
        keep_months = 24

    class Meta:
        verbose_name = _("synpunkt")
        verbose_name_plural = _("synpunkter")
        ordering = ["-created_at", "pk"]
