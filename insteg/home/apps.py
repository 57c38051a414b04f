from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "insteg.home"
    verbose_name = _("Start")

    def ready(self) -> None:
        from insteg.access.actor import PERSONS
        from insteg.access.catalogues import NAVIGATION, Entry

        NAVIGATION.append(Entry(1, _("Att göra"), "list-checks", "home:tasks", frozenset(PERSONS)))
