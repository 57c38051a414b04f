from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "insteg.meetings"
    verbose_name = _("Möten")

    def ready(self) -> None:
        from insteg.access.catalogues import NAVIGATION, TASKS, Entry
        from insteg.meetings import access, actions, queries  # noqa: F401  importing the actions fills ACTIONS

        # Others may be called as well, and come here from Att göra and their letters.
        NAVIGATION.append(Entry(59, _("Möten"), "calendar", "meetings:meetings", frozenset(queries.USUAL)))
        TASKS.append(queries.to_answer)
