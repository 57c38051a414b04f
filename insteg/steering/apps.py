from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "insteg.steering"
    verbose_name = _("Styrning")

    def ready(self) -> None:
        from insteg.access.actor import Role
        from insteg.access.catalogues import DEMO, NAVIGATION, PANELS, SEARCH, TASKS, Entry
        from insteg.inventory.queries.planned import WORDS
        from insteg.steering import access, actions, demo, in_histories  # noqa: F401  importing the actions fills ACTIONS
        from insteg.steering.cards import decisions, follow_up, whose_move
        from insteg.steering.models import AgendaItem
        from insteg.steering.pack_sections import SECTIONS
        from insteg.steering.queries import feedback, goals, group, minutes, papers

        NAVIGATION.append(Entry(60, _("Mål"), "target", "steering:goals", frozenset(access.SEE.table)))
        NAVIGATION.append(Entry(20, _("Styrgruppen"), "gavel", "steering:group", frozenset(access.SEE_SEAT.table)))
        TASKS.extend([goals.to_report, group.to_call])
        told = frozenset({Role.PROCURING})  # the unit and the group come to it from the meeting
        NAVIGATION.append(Entry(25, _("Återkoppling"), "message-square-reply", "steering:feedback_list", told))
        TASKS.extend([papers.before_the_meeting, papers.to_tell_view])
        TASKS.extend([minutes.tasks, feedback.tasks])
        SEARCH.append(goals.found)
        PANELS.setdefault("meetings.Meeting", []).append(whose_move.papers)
        PANELS.setdefault("inventory.PlannedProcurement", []).append(decisions.panel)
        SECTIONS[AgendaItem.Kind.FOLLOW_UP].append(follow_up.earlier_decisions)
        WORDS.update(in_histories.WORDS)
        DEMO.extend(demo.IN_ORDER)
