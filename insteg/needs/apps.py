from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "insteg.needs"
    verbose_name = _("Behov av platser")

    def ready(self) -> None:
        from insteg.access.catalogues import DEMO, NAVIGATION, Entry
        from insteg.needs import access, actions, demo  # noqa: F401  importing the actions fills ACTIONS

        readers = frozenset(access.COUNT.table)
        NAVIGATION.append(Entry(30, _("Behov av platser"), "users", "needs:totals", readers))
        DEMO.append((20, demo.fill))
