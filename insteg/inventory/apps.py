from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "insteg.inventory"
    verbose_name = _("Planerade upphandlingar")

    def ready(self) -> None:
        from insteg.access.catalogues import DEMO, NAVIGATION, SEARCH, TASKS, Entry
        from insteg.inventory import access, cases, demo, jobs, plan_jobs  # noqa: F401
        from insteg.inventory.queries import answering, occupations_again, plans, reported, round_tasks, search, shared
        from insteg.process.actions import WHEN_PUBLISHED
        from insteg.process.guards import GUARDS, SUBJECTS

        readers = frozenset(access.SEE.table)
        asked = frozenset(access.SEE_ROUND.table)
        NAVIGATION.append(Entry(9, _("Inventering"), "inbox", "inventory:rounds", asked))
        NAVIGATION.append(Entry(10, _("Sammanställning"), "chart-no-axes-gantt", "inventory:compilation", readers))
        NAVIGATION.append(Entry(11, _("Planerade upphandlingar"), "clipboard-list", "inventory:list", readers))
        buyers = frozenset(access.SEE_AGREEMENT.table)
        NAVIGATION.append(Entry(13, _("Löpande avtal"), "file-text", "inventory:agreements", buyers))
        editors = frozenset(access.ADD_OCCUPATION.table)
        NAVIGATION.append(Entry(71, _("Yrken för CPV-koder"), "briefcase", "inventory:occupations", editors))
        TASKS.append(plans.plans_not_saved)
        TASKS.append(answering.facts_to_fill_in)
        TASKS.append(answering.answers_awaited)
        TASKS.append(occupations_again.tasks)
        TASKS.append(reported.tasks)
        TASKS.append(shared.tasks)
        TASKS.append(round_tasks.tasks)
        SEARCH.extend([search.planned, search.agreements, search.organisations])
        DEMO.extend(demo.IN_ORDER)
        WHEN_PUBLISHED.append(jobs.JUDGE_AGAIN)
        SUBJECTS[cases.KIND] = cases.PLANNED
        GUARDS.update({guard.key: guard for guard in cases.IN_ORDER})
