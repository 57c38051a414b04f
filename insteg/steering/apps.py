from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "insteg.steering"
    verbose_name = _("Styrning")

    def ready(self) -> None:
        from insteg.access.catalogues import DEMO, NAVIGATION, SEARCH, TASKS, Entry
        from insteg.steering import access, actions, demo, queries  # noqa: F401  importing the actions fills ACTIONS

        NAVIGATION.append(Entry(60, _("Mål"), "target", "steering:goals", frozenset(access.SEE.table)))
        TASKS.append(queries.to_report)
        SEARCH.append(queries.found)
        DEMO.append((85, demo.fill))
