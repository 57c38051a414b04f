from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, every
from insteg.process.models import RuleSet


def published(actor: Actor) -> Q:
    return Q(published_at__isnull=False)


def draft(actor: Actor) -> Q:
    return Q(published_at=None)


# Everyone inside the city can read the model (R81); outsiders meet it in the documents.
SEE = Rule("se regelverk", RuleSet, {
    Role.PROCUREMENT_UNIT: published,
    Role.PROCURING: published,
    Role.COACH: published,
    Role.UNIT_MANAGER: published,
    Role.STEERING: published,
    Role.GOAL_COORDINATOR: published,
    Role.ADMINISTRATOR: every,
})  # fmt: skip
COPY = Rule("kopiera regelverk", RuleSet, {Role.ADMINISTRATOR: published})
EDIT = Rule("ändra regelverk", RuleSet, {Role.ADMINISTRATOR: draft})
