"""Rows by the dozen, for the pages of occupations."""

from insteg.codes.models import CpvOccupation, Occupation
from insteg.inventory.models import PlannedProcurement
from tests.nets.rounds_by_the_dozen import names


def occupations(house, count):
    """Each common in a CPV beginning of its own, that something planned has; and as many CPV codes without any."""
    first = CpvOccupation.objects.count() + 1000
    named = enumerate(names(count))
    made = Occupation.objects.bulk_create(Occupation(code=first + n, title_sv=name) for n, name in named)
    CpvOccupation.objects.bulk_create(CpvOccupation(cpv=f"45{one.code}", occupation=one) for one in made)
    cpvs = [f"45{one.code}00" for one in made] + [f"71{one.code}00" for one in made]
    facts = {"organisation": house.org["Park"], "rule_set": house.rule_set, "proposal": "suitable"}
    PlannedProcurement.objects.bulk_create(PlannedProcurement(title=cpv, cpv=cpv, **facts) for cpv in cpvs)
    return made


def table_of_occupations(house, count):
    occupations(house, count)


def occupations_to_confirm(house, count):
    """Of one with so many CPV codes, each with an occupation."""
    row = PlannedProcurement.objects.get(pk=house.planned["p"].pk)
    codes = [*row.more_cpvs, *(f"45{one.code}00" for one in occupations(house, count))]
    PlannedProcurement.objects.filter(pk=row.pk).update(more_cpvs=codes)
    return f"/planerade/{row.pk}/yrken/"
