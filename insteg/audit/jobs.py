import datetime as dt

from insteg.audit.models import FormKey
from insteg.core import clock
from insteg.core.jobs import DAILY, every

REMEMBERED = dt.timedelta(days=7)  # a page left open over a weekend is still answered once; a session lasts ten hours


@every("audit.forget_form_keys", minutes=DAILY)
def forget_form_keys() -> None:
    """The keys of forms that nobody will send again."""
    FormKey.objects.filter(at__lt=clock.now() - REMEMBERED).delete()
