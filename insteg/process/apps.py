from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    name = "insteg.process"
    verbose_name = _("Arbetsmodellen")

    def ready(self) -> None:
        from insteg.access.actor import Role
        from insteg.access.catalogues import NAVIGATION, Entry
        from insteg.process import access, actions  # noqa: F401  actions fill ACTIONS

        readers = frozenset(access.SEE.table.keys() - {Role.SYSTEM})
        NAVIGATION.append(Entry(70, _("Arbetsmodellen"), "workflow", "process:rule_sets", readers))
