"""Who answers for those a round asks, and so gets its letters (R10)."""

from collections.abc import Iterable
from uuid import UUID

from insteg.access.actor import Role
from insteg.inventory.models import RoundRequest
from insteg.organisations.models import Membership, User

# For a unit the first of these that anyone has: a coach is written to only where there is no manager.
FOR_A_UNIT = (Role.UNIT_MANAGER, Role.COACH)


def recipients(requests: Iterable[RoundRequest]) -> dict[UUID, list[User]]:
    """{request's id: the people to write to, by name}. An empty list where the place is empty. One query.

    For an organisation those who procure there; for a unit its managers, or its coaches where it has none.
    """
    asked = list(requests)
    organisations: dict[object, list[User]] = {each.organisation_id: [] for each in asked if each.unit_id is None}
    units: dict[object, dict[str, list[User]]] = {each.unit_id: {} for each in asked if each.unit_id is not None}
    held = Membership.objects.current().filter(
        organisation__in={each.organisation_id for each in asked}, user__is_active=True,
        role__in=(Role.PROCURING, *FOR_A_UNIT),
    )  # fmt: skip
    for membership in held.select_related("user").order_by("user__name", "user_id", "pk"):
        if membership.role == Role.PROCURING and membership.organisation_id in organisations:
            add(organisations[membership.organisation_id], membership.user)
        elif membership.role in FOR_A_UNIT and membership.unit_id in units:
            add(units[membership.unit_id].setdefault(membership.role, []), membership.user)
    return {
        each.pk: organisations[each.organisation_id] if each.unit_id is None else first_of(units[each.unit_id])
        for each in asked
    }


def add(people: list[User], user: User) -> None:
    if user not in people:
        people.append(user)


def first_of(by_role: dict[str, list[User]]) -> list[User]:
    return next((by_role[role] for role in FOR_A_UNIT if by_role.get(role)), [])


def those_who_procure(organisations: Iterable[UUID]) -> dict[UUID, list[User]]:
    """{organisation's id: those who procure there, by name}; an empty list where the place is empty. One query."""
    found: dict[UUID, list[User]] = {key: [] for key in organisations}
    held = Membership.objects.current().filter(organisation__in=found, user__is_active=True, role=Role.PROCURING)
    for membership in held.select_related("user").order_by("user__name", "user_id", "pk"):
        add(found[membership.organisation_id], membership.user)
    return found
