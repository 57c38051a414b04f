from insteg.access.actor import Role
from insteg.access.rules import Rule, every
from insteg.audit.models import LogCheck

SEE = Rule("se kontroller av loggen", LogCheck, {Role.ADMINISTRATOR: every})
