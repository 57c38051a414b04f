"""Something for the example city's administrator to answer. Nobody wrote it."""

from insteg.access.actor import VISITOR
from insteg.home.actions import say
from insteg.home.models import Remark, Statement


def fill() -> None:
    if Remark.objects.exists():
        return
    say(
        actor=VISITOR,
        target=Statement.objects.the_one(),
        seen=None,
        page="/planerade/",
        text="När jag förstorar till 400 procent hamnar värdet långt ner på kortet. Kan det stå direkt under namnet?",
    )
