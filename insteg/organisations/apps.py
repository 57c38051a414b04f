from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "insteg.organisations"
    verbose_name = _("Organisationer")

    def ready(self) -> None:
        from insteg.access.actor import Role
        from insteg.access.catalogues import DEMO, NAVIGATION, Entry
        from insteg.organisations import actions, demo  # noqa: F401  actions fill ACTIONS

        administrators = frozenset({Role.ADMINISTRATOR})
        NAVIGATION.append(Entry(80, _("Organisationer"), "building-2", "organisations:list", administrators))
        NAVIGATION.append(Entry(81, _("Användare"), "users", "organisations:users", administrators))
        DEMO.append((10, demo.fill))
