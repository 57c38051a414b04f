from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "insteg.steering"
    verbose_name = _("Styrning")

    def ready(self) -> None:
        from insteg.access.catalogues import DEMO, NAVIGATION, SEARCH, TASKS, Entry
        from insteg.steering import access, actions, demo  # noqa: F401  importing the actions fills ACTIONS
        from insteg.steering.queries import goals, group

        NAVIGATION.append(Entry(60, _("Mål"), "target", "steering:goals", frozenset(access.SEE.table)))
        NAVIGATION.append(Entry(20, _("Styrgruppen"), "gavel", "steering:group", frozenset(access.SEE_SEAT.table)))
        TASKS.extend([goals.to_report, group.to_call])
        SEARCH.append(goals.found)
        DEMO.extend(demo.IN_ORDER)
