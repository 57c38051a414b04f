from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "insteg.organisations"
    verbose_name = _("Organisationer")

    def ready(self) -> None:
        from insteg.access.actor import Role
        from insteg.access.catalogues import DEMO, NAVIGATION, SEARCH, TASKS, Entry
        from insteg.organisations import actions, checks, demo, queries  # noqa: F401  actions fill ACTIONS
        from insteg.organisations.sign_in import jobs  # noqa: F401  jobs fill JOBS

        administrators = frozenset({Role.ADMINISTRATOR})
        NAVIGATION.append(Entry(80, _("Organisationer"), "building-2", "organisations:list", administrators))
        NAVIGATION.append(Entry(81, _("Användare"), "users", "organisations:users", administrators))
        TASKS.append(queries.tasks)
        SEARCH.append(queries.found_organisations)
        DEMO.append((10, demo.fill))
