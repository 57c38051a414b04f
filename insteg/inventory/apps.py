from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "insteg.inventory"
    verbose_name = _("Planerade upphandlingar")

    def ready(self) -> None:
        from insteg.access.catalogues import DEMO, NAVIGATION, TASKS, Entry
        from insteg.inventory import access, demo, jobs  # jobs import the actions, which fill ACTIONS
        from insteg.inventory.queries import planned as queries
        from insteg.process.actions import WHEN_PUBLISHED

        readers = frozenset(access.SEE.table)
        NAVIGATION.append(Entry(10, _("Planerade upphandlingar"), "inbox", "inventory:list", readers))
        TASKS.append(queries.tasks)
        DEMO.append((30, demo.fill))
        WHEN_PUBLISHED.append(jobs.JUDGE_AGAIN)
