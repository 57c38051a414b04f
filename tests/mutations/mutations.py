"""Faults that the nets must catch: what is replaced by what in the code, and the tests that then fail.

Run by `python -m tests.mutations`. A test of the ordinary suite sees to it that every text to be replaced is still
there, once.
"""

from tests.mutations.analysis import ANALYSIS
from tests.mutations.answers import ANSWER_FAULTS, BITES
from tests.mutations.asking import QUESTIONS
from tests.mutations.away import DATABASE_AWAY
from tests.mutations.backups import BACKUPS
from tests.mutations.cases import CASES
from tests.mutations.changes import GATES, SENT_FORMS
from tests.mutations.compiling import COMPILING
from tests.mutations.design import DESIGN
from tests.mutations.files import FILES_HANDED_OUT
from tests.mutations.letters import LETTERS, SECOND_CLICKS
from tests.mutations.minutes import MINUTES_AND_FEEDBACK
from tests.mutations.model_rules import MODEL_RULES
from tests.mutations.occupations import OCCUPATIONS
from tests.mutations.pages import PAGE_FAULTS, ROOMS
from tests.mutations.picture import PICTURE
from tests.mutations.seals import SEALED_LOG
from tests.mutations.sent_files import SENT_FILES
from tests.mutations.tasks import WHAT_WAITS
from tests.mutations.who_may import SIGN_IN, WHO_MAY

MUTATIONS = [
    *WHO_MAY,
    *SIGN_IN,
    *BITES,
    *ANSWER_FAULTS,
    *GATES,
    *SENT_FORMS,
    *PAGE_FAULTS,
    *ROOMS,
    *MODEL_RULES,
    *QUESTIONS,
    *COMPILING,
    *FILES_HANDED_OUT,
    *SENT_FILES,
    *ANALYSIS,
    *OCCUPATIONS,
    *WHAT_WAITS,
    *CASES,
    *DESIGN,
    *PICTURE,
    *LETTERS,
    *SECOND_CLICKS,
    *BACKUPS,
    *DATABASE_AWAY,
    *SEALED_LOG,
    *MINUTES_AND_FEEDBACK,
]
