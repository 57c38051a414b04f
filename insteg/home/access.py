from insteg.access.actor import PERSONS, Role
from insteg.access.rules import Rule, every
from insteg.home.models import Remark, Statement

# Anyone may say what does not work, also without an account (lag 2018:1937 13 §). A remark belongs to the statement.
SAY = Rule("lämna synpunkt om tillgänglighet", Statement, dict.fromkeys((*PERSONS, Role.VISITOR), every))
EDIT = Rule("ändra tillgänglighetsredogörelsen", Statement, {Role.ADMINISTRATOR: every})
SEE = Rule("se synpunkter", Remark, {Role.ADMINISTRATOR: every})
# An answer can be mended afterwards; what was answered meanwhile is told as a stale edit, not refused.
ANSWER = Rule("svara på synpunkt", Remark, {Role.ADMINISTRATOR: every})
