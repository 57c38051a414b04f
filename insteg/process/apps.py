from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    name = "insteg.process"
    verbose_name = _("Arbetsmodellen")

    def ready(self) -> None:
        from insteg.access.actor import Role
        from insteg.access.catalogues import COUNTS, DEMO, NAVIGATION, TASKS, Entry
        from insteg.process import access, actions, demo  # noqa: F401  actions fill ACTIONS
        from insteg.process.queries import tasks

        readers = frozenset(access.SEE_PROCESS.table.keys() - {Role.SYSTEM})
        NAVIGATION.append(Entry(70, _("Arbetsmodellen"), "workflow", "process:picture", readers))
        TASKS.append(tasks.tasks)
        COUNTS[tasks.tasks] = tasks.count
        DEMO.append((30, demo.fill))  # some planned procurements have begun by the first edition
