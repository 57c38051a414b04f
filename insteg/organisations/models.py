"""Who there is: organisations, their units, the people who work in them and in which role."""

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from insteg.access.actor import NOT_PERSONS, PERSONS, Actor, Role
from insteg.core.clock import today
from insteg.core.models import BaseModel


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def open(self) -> Self:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today()))

    def buying(self) -> Self:
        """The city's own departments and companies: those that report what they will buy (R10)."""
        return self.filter(kind__in=Organisation.BUYING)


class Organisation(BaseModel):
    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Förvaltning")
        COMPANY = "company", _("Kommunalt bolag")
        SUPPLIER = "supplier", _("Leverantör")
        PARTNER = "partner", _("Samarbetspart")

    BUYING = (Kind.DEPARTMENT, Kind.COMPANY)

    name = models.CharField(_("namn"), max_length=200, db_collation="swedish")
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    number = models.CharField(_("organisationsnummer"), max_length=11, blank=True)
    closed_on = models.DateField(_("upphör"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Privacy:
        plain = {"name", "kind", "number", "closed_on"}

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="one_organisation_per_name",
                violation_error_message=_("Det finns redan en organisation med det namnet."),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="one_organisation_per_number",
                violation_error_message=_("Det finns redan en organisation med det organisationsnumret."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(BaseModel):
    """A part of an organisation with a task of its own in the model: UE, AME, SIA and those who refer people."""

    class Task(models.TextChoices):
        """What the model asks of it. Who does the same work elsewhere may have another name for the unit."""

        PROCUREMENT = "procurement", _("Upphandling")
        LABOUR_MARKET = "labour_market", _("Arbetsmarknad")
        SUPPORTED_EMPLOYMENT = "supported_employment", _("Stöd i arbete")
        REFERRING = "referring", _("Remitterar deltagare")

    MATCHING = (Task.LABOUR_MARKET, Task.SUPPORTED_EMPLOYMENT)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="units", verbose_name=_("organisation")
    )
    name = models.CharField(_("namn"), max_length=200, db_collation="swedish")
    task = models.CharField(_("uppgift i modellen"), max_length=20, choices=Task, blank=True)
    mandate = models.TextField(_("uppdrag"), max_length=1000, blank=True)
    closed_on = models.DateField(_("upphör"), null=True, blank=True)

    class Privacy:
        plain = {"organisation", "name", "task", "mandate", "closed_on"}

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="one_unit_per_name",
                violation_error_message=_("Organisationen har redan en enhet med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    # The same as User.is_invited. The example city's people have no password either, and need none.
    INVITED = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, is_example=False)

    def invited(self) -> Self:
        """Those who may come in but have not chosen a password yet."""
        return self.filter(self.INVITED, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username: str | None) -> "User":
        """E-mail addresses are the same whatever the capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, BaseModel):
    """A person with an account. What they may do is said by their memberships, never here."""

    class Language(models.TextChoices):
        SWEDISH = "sv", "Svenska"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-postadress"), max_length=254)
    name = models.CharField(_("namn"), max_length=150, db_collation="swedish")
    language = models.CharField(_("språk"), max_length=2, choices=Language, default=Language.SWEDISH)
    is_active = models.BooleanField(_("får logga in"), default=True)
    is_example = models.BooleanField(_("finns bara i exempelstaden"), default=False, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Privacy:
        plain = {"language", "is_active", "is_example"}
        personal = {"email", "name", "password", "last_login"}
        keep_months = 24

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="one_account_per_address",
                violation_error_message=_("Det finns redan en användare med den e-postadressen."),
            ),
            # One person, one address: without this "Eva@" and "eva@" would be two.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def is_invited(self) -> bool:
        """Has never chosen a password: the way in is the link of an invitation, and nothing else."""
        return not self.is_example and not self.has_usable_password()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Those in force today, in organisations and units that are."""
        day = today()
        begun = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
        organisation = Q(organisation__closed_on=None) | Q(organisation__closed_on__gt=day)
        unit = Q(unit=None) | Q(unit__closed_on=None) | Q(unit__closed_on__gt=day)
        return self.filter(begun, organisation, unit, ended_at=None)


class Membership(BaseModel):
    """A person in a role. Someone with two chooses which one they act in; the log then knows with which right."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("användare"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("enhet")
    )
    role = models.CharField(_("roll"), max_length=20, choices=[(role.value, role.label) for role in PERSONS])
    starts_on = models.DateField(_("från och med"), default=today)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    # The last day counts. What is ended in the middle of a day is ended at once.
    ended_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Privacy:
        plain = {"organisation", "role", "starts_on", "ends_on", "ended_at"}
        personal = {"user", "unit"}
        keep_months = 60

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(role__in=NOT_PERSONS), name="no_person_is_the_system_or_a_link"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("Uppdraget kan inte sluta innan det börjar."),
            ),
        ]

    def __str__(self) -> str:
        where = self.unit or self.organisation
        return str(where) if str(where) == str(self.get_role_display()) else f"{self.get_role_display()}, {where}"

    def actor(self) -> Actor:
        return Actor(
            kind="member",
            id=str(self.user_id),
            role=Role(self.role),
            membership_id=self.pk,
            organisation_id=self.organisation_id,
            unit_id=self.unit_id,
            label=str(self),
        )

    def clean(self) -> None:
        if self.unit is not None and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("Enheten hör till en annan organisation.")})


class InvitationQuerySet(models.QuerySet["Invitation"]):
    # Neither used nor taken back; it may have expired.
    OPEN = Q(accepted_at=None, withdrawn_at=None)

    def open(self) -> Self:
        return self.filter(self.OPEN)


class Invitation(BaseModel):
    """A personal link by which someone sets a password. Only a digest of the link's secret is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("användare"))
    digest = models.CharField(_("avtryck av länken"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("gäller till"))
    accepted_at = models.DateTimeField(_("använd"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        plain = {"expires_at", "accepted_at", "withdrawn_at"}
        personal = {"user", "digest"}
        keep_months = 12

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
                violation_error_message=_("Personen har redan en inbjudan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"
