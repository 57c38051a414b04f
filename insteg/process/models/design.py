"""How a kind of case is done: phases, steps, what is to be done in each, and the ways on (R80).

One edition of each kind is in force. What is published is frozen by the database (migrations/0005).
"""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from insteg.access.actor import Role
from insteg.core.models import BaseModel


class Kind(models.TextChoices):
    """What cases are about. Internship and employment apart: an employment contract is the employer's own (R73)."""

    PLANNED_PROCUREMENT = "planned_procurement", _("Planerad upphandling")
    PROCUREMENT = "procurement", _("Upphandling")
    CONTRACT = "contract", _("Avtal")
    INTERNSHIP = "internship", _("Praktik")
    EMPLOYMENT = "employment", _("Anställning")


class Lane(models.TextChoices):
    """Whose move it is: the parties of the model, in the order of the picture (annex 1)."""

    STEERING = "steering", _("Styrgruppen")
    PROCUREMENT_UNIT = "procurement_unit", _("Upphandlingsenheten")
    BUYER = "buyer", _("Förvaltning eller bolag")
    MATCHING = "matching", _("AME och SIA")
    EMPLOYMENT_SERVICE = "employment_service", _("Arbetsförmedlingen")
    SUPPLIER = "supplier", _("Leverantören")
    PARTICIPANT = "participant", _("Deltagaren")


# Which roles can hold a lane at all; who holds it for one case, the room that owns the case says (guards.Subject).
LANE_ROLES: dict[Lane, frozenset[Role]] = {
    Lane.STEERING: frozenset({Role.STEERING}),
    Lane.PROCUREMENT_UNIT: frozenset({Role.PROCUREMENT_UNIT}),
    Lane.BUYER: frozenset({Role.PROCURING}),
    Lane.MATCHING: frozenset({Role.COACH, Role.UNIT_MANAGER}),
    Lane.EMPLOYMENT_SERVICE: frozenset({Role.EMPLOYMENT_SERVICE}),
    Lane.SUPPLIER: frozenset({Role.SUPPLIER}),
    Lane.PARTICIPANT: frozenset(),
}
# Outside the city: they may be without an account when a model is published.
EXTERNAL = frozenset({Lane.EMPLOYMENT_SERVICE, Lane.SUPPLIER, Lane.PARTICIPANT})


class ProcessQuerySet(models.QuerySet["Process"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_force(self) -> Self:
        """The newest published edition of each kind."""
        later = Process.objects.published().filter(kind=OuterRef("kind"), edition__gt=OuterRef("edition"))
        return self.published().filter(~Exists(later))


class Process(BaseModel):
    """One edition of how one kind of case is done. Running cases keep the edition that they began with."""

    kind = models.CharField(_("gäller"), max_length=20, choices=Kind)
    edition = models.PositiveSmallIntegerField(_("version"), default=1)
    note = models.CharField(_("vad som är nytt och varför"), max_length=1000, blank=True)
    published_at = models.DateTimeField(_("gäller sedan"), null=True, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Privacy:
        plain = {"kind", "edition", "note", "published_at"}

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processer")
        ordering = ["kind", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "edition"], name="one_process_per_edition"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(published_at=None),
                name="one_draft_process_per_kind",
                violation_error_message=_("Det finns redan ett utkast."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s, version %(edition)s") % {"kind": self.get_kind_display(), "edition": self.edition}


class Phase(BaseModel):
    """A column of the picture. Phases of several kinds with the same key are one column."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    key = models.SlugField(_("nyckel"), max_length=40)
    title = models.CharField(_("namn"), max_length=60)
    order = models.PositiveSmallIntegerField(_("ordning"))

    class Privacy:
        plain = {"process", "key", "title", "order"}

    class Meta:
        verbose_name = _("fas")
        verbose_name_plural = _("faser")
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["process", "key"], name="one_phase_per_key")]

    def __str__(self) -> str:
        return self.title


class Step(BaseModel):
    """Where a case can stand. `key` is the same in every edition, so that figures can be compared and a case moved
    to a newer one. A case begins in the first by `order`."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="steps")
    phase = models.ForeignKey(Phase, on_delete=models.RESTRICT, related_name="steps", verbose_name=_("fas"))
    key = models.SlugField(_("nyckel"), max_length=40)
    order = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("namn"), max_length=80)
    text = models.TextField(_("vad som görs här"), max_length=1000, blank=True)
    lane = models.CharField(_("vem som gör det"), max_length=20, choices=Lane)
    lead_workdays = models.PositiveSmallIntegerField(
        _("ska vara klart inom (arbetsdagar)"), validators=[MaxValueValidator(1500)]
    )

    class Privacy:
        plain = {"process", "phase", "key", "order", "title", "text", "lane", "lead_workdays"}

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("steg")
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "key"],
                name="one_step_per_key",
                violation_error_message=_("Det finns redan ett steg med den nyckeln."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Item(BaseModel):
    """Something to do in a step, beside others: who does it and when. Annex 2's parallel tracks are items."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(_("nyckel"), max_length=40)
    order = models.PositiveSmallIntegerField(_("ordning"))
    text = models.CharField(_("punkt"), max_length=200)
    lane = models.CharField(_("vem som gör det"), max_length=20, choices=Lane)
    offset_workdays = models.PositiveSmallIntegerField(
        _("klar så många arbetsdagar efter att steget börjat"), validators=[MaxValueValidator(1500)]
    )
    required = models.BooleanField(_("måste vara besvarad innan ärendet går vidare"), default=True)

    class Privacy:
        plain = {"step", "key", "order", "text", "lane", "offset_workdays", "required"}

    class Meta:
        verbose_name = _("punkt")
        verbose_name_plural = _("punkter")
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="one_item_per_key")]

    def __str__(self) -> str:
        return self.text


class Move(BaseModel):
    """An arrow. Without a target the case ends there. `begins` is the kind of case that begins then: it takes over, or
    goes on beside, as each place of a contract does."""

    source = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="exits")
    target = models.ForeignKey(
        Step, on_delete=models.CASCADE, related_name="entries", null=True, blank=True, verbose_name=_("leder till")
    )
    begins = models.CharField(_("då börjar"), max_length=20, choices=Kind, blank=True)
    key = models.SlugField(_("nyckel"), max_length=40)
    order = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("knappens text"), max_length=60)
    # Who takes it, when that is another than who does the step.
    lane = models.CharField(_("vem som går vidare"), max_length=20, choices=Lane, blank=True)
    guards = models.JSONField(_("villkor"), default=list, blank=True)  # keys in guards.GUARDS
    reason_required = models.BooleanField(_("kräver ett skäl"), default=False)
    # To break off or go back: one does not have to finish what one leaves.
    skips_items = models.BooleanField(_("får tas fast punkter är kvar"), default=False)

    class Privacy:
        plain = {
            "source", "target", "begins", "key", "order", "title", "lane", "guards", "reason_required", "skips_items",
        }  # fmt: skip

    class Meta:
        verbose_name = _("pil")
        verbose_name_plural = _("pilar")
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_move_per_key"),
        ]

    def __str__(self) -> str:
        return self.title
