import datetime as dt
import logging

from insteg.audit import anchors
from insteg.audit.models import FormKey, LogCheck, Seal
from insteg.audit.sealing import seal_log
from insteg.audit.verifying import faults_of_anchors, faults_of_chain, faults_of_prunings
from insteg.core import clock
from insteg.core.jobs import DAILY, every, job, queue

REMEMBERED = dt.timedelta(days=7)  # a page left open over a weekend is still answered once; a session lasts ten hours
SEALS_AT_A_TIME = 1_000  # of a night's verification: other jobs take their turns in between
LOG = logging.getLogger(__name__)


@every("audit.forget_form_keys", minutes=DAILY)
def forget_form_keys() -> None:
    """The keys of forms that nobody will send again."""
    FormKey.objects.filter(at__lt=clock.now() - REMEMBERED).delete()


@every("audit.seal", minutes=1)
def seal() -> None:
    """Seals what was appended, and anchors it. A file that cannot be written is no reason to seal less."""
    seal_log()
    try:
        anchors.anchor_seals()
    except (OSError, anchors.Contradicted) as error:
        LOG.error("the seals of the log cannot be anchored in %s: %r", anchors.file(), error)


@every("audit.verify", minutes=DAILY)
def verify() -> None:
    """Every night: what it finds stands among the administrator's tasks."""
    faults = len([*faults_of_prunings(anchors.file()), *faults_of_anchors(anchors.file())])
    queue("audit.verify_part", after=0, faults=faults)


@job("audit.verify_part")
def verify_part(after: int, faults: int) -> None:
    """A part of the chain, and then the next."""
    faults += len(list(faults_of_chain(after, SEALS_AT_A_TIME)))
    reached = (
        Seal.objects.filter(number__gt=after).order_by("number").values_list("number", flat=True)[:SEALS_AT_A_TIME]
    )
    numbers = list(reached)
    if len(numbers) == SEALS_AT_A_TIME:
        queue("audit.verify_part", after=numbers[-1], faults=faults)
    else:
        LogCheck.objects.create(seals=Seal.objects.count(), faults=faults)
