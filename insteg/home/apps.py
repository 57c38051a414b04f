from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "insteg.home"
    verbose_name = _("Start")

    def ready(self) -> None:
        from insteg.access.actor import PERSONS
        from insteg.access.catalogues import DEMO, NAVIGATION, TASKS, Entry
        from insteg.home import access, demo, queries

        NAVIGATION.append(Entry(1, _("Att göra"), "list-checks", "home:tasks", frozenset(PERSONS)))
        NAVIGATION.append(Entry(95, _("Synpunkter"), "message-square", "home:remarks", frozenset(access.SEE.table)))
        TASKS.append(queries.remarks_to_answer)
        DEMO.append((90, demo.fill))
