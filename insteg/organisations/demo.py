"""The example city: fictional, organised as the working model says. Nobody here exists."""

import datetime as dt

from insteg.access.actor import Role
from insteg.core import clock
from insteg.organisations.models import Membership, Organisation, Unit, User

DEPARTMENT, COMPANY = Organisation.Kind.DEPARTMENT, Organisation.Kind.COMPANY
SUPPLIER, PARTNER = Organisation.Kind.SUPPLIER, Organisation.Kind.PARTNER
TASK = Unit.Task
SOCIAL = "Social- och arbetsmarknadsförvaltningen"
CARE = "Vård- och omsorgsförvaltningen"
ORGANISATIONS = {
    "Stadsledningsförvaltningen": DEPARTMENT,
    SOCIAL: DEPARTMENT,
    CARE: DEPARTMENT,
    "Tekniska förvaltningen": DEPARTMENT,
    "Serviceförvaltningen": DEPARTMENT,
    "Skolförvaltningen": DEPARTMENT,
    "Exempelbostäder AB": COMPANY,
    "Exempel Energi AB": COMPANY,
    "Grönt & Rent AB": SUPPLIER,
    "Bygg i Exempelstaden AB": SUPPLIER,
    "Arbetsförmedlingen": PARTNER,
}
UNITS = {  # name: organisation, task, mandate
    "Upphandlingsenheten": ("Stadsledningsförvaltningen", TASK.PROCUREMENT, "Sammanställer, ger råd och följer upp."),
    "Arbetsmarknadsenheten": (SOCIAL, TASK.LABOUR_MARKET, "Stödjer och matchar till praktik och jobb."),
    "Enheten för ekonomiskt bistånd": (SOCIAL, TASK.REFERRING, "Beslutar om bistånd och remisser."),
    "Enheten för etablering": (SOCIAL, TASK.REFERRING, "Stödjer nyanlända."),
    "Stöd i arbete": (
        "Vård- och omsorgsförvaltningen",
        TASK.SUPPORTED_EMPLOYMENT,
        "Stöd till arbete, studier och praktik enligt IPS.",
    ),
}
PEOPLE = [  # (who, address before @, [(role, organisation, unit)])
    ("Eva Ström", "eva.strom", [
        (Role.PROCUREMENT_UNIT, "Stadsledningsförvaltningen", "Upphandlingsenheten"),
        (Role.STEERING, "Stadsledningsförvaltningen", "Upphandlingsenheten"),
    ]),
    ("Kim Berg", "kim.berg", [(Role.PROCURING, "Tekniska förvaltningen", None)]),
    ("Noor Haddad", "noor.haddad", [(Role.PROCURING, "Exempelbostäder AB", None)]),
    ("Anders Lind", "anders.lind", [(Role.PROCURING, "Serviceförvaltningen", None)]),
    ("Olle Falk", "olle.falk", [(Role.PROCURING, "Skolförvaltningen", None)]),
    ("Mira Lund", "mira.lund", [(Role.PROCURING, "Vård- och omsorgsförvaltningen", None)]),
    ("Sten Hall", "sten.hall", [(Role.PROCURING, "Stadsledningsförvaltningen", None)]),
    ("Ali Ros", "ali.ros", [(Role.PROCURING, SOCIAL, None)]),
    ("Tove Gran", "tove.gran", [(Role.PROCURING, "Exempel Energi AB", None)]),
    ("Maja Holm", "maja.holm", [
        (Role.COACH, "Social- och arbetsmarknadsförvaltningen", "Arbetsmarknadsenheten")]),
    ("Henrik Sand", "henrik.sand", [(Role.COACH, "Vård- och omsorgsförvaltningen", "Stöd i arbete")]),
    ("Lena Rask", "lena.rask", [
        (Role.UNIT_MANAGER, "Social- och arbetsmarknadsförvaltningen", "Arbetsmarknadsenheten"),
        (Role.STEERING, "Social- och arbetsmarknadsförvaltningen", "Arbetsmarknadsenheten"),
    ]),
    ("Omar Vik", "omar.vik", [(Role.STEERING, "Vård- och omsorgsförvaltningen", "Stöd i arbete")]),
    ("Sara Nyman", "sara.nyman", [(Role.EMPLOYMENT_SERVICE, "Arbetsförmedlingen", None)]),
    ("Petra Dahl", "petra.dahl", [
        (Role.REFERRER, "Social- och arbetsmarknadsförvaltningen", "Enheten för ekonomiskt bistånd")]),
    ("Ali Tran", "ali.tran", [(Role.SUPPLIER, "Grönt & Rent AB", None)]),
    ("Britt Ek", "britt.ek", [(Role.GOAL_COORDINATOR, "Stadsledningsförvaltningen", None)]),
    ("Jonas Admin", "jonas.admin", [(Role.ADMINISTRATOR, "Stadsledningsförvaltningen", None)]),
]  # fmt: skip


def fill() -> None:
    """Organisations, units and people, once: a second run changes nothing."""
    if Organisation.objects.exists():
        return
    organisations = {name: Organisation.objects.create(name=name, kind=kind) for name, kind in ORGANISATIONS.items()}
    units = {
        name: Unit.objects.create(organisation=organisations[where], name=name, task=task, mandate=mandate)
        for name, (where, task, mandate) in UNITS.items()
    }
    since = dt.date(clock.today().year - 1, 1, 1)  # before all that the city's history tells of
    for name, address, memberships in PEOPLE:
        user = User(name=name, email=f"{address}@exempelstaden.example", is_example=True)
        user.set_unusable_password()
        user.save(force_insert=True)
        for role, organisation, unit in memberships:
            Membership.objects.create(
                user=user, role=role, organisation=organisations[organisation], unit=units[unit] if unit else None,
                starts_on=since,
            )  # fmt: skip
