from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "insteg.mail"
    verbose_name = _("Brev")

    def ready(self) -> None:
        from insteg.access.actor import PERSONS
        from insteg.access.catalogues import PROFILE, TASKS, Entry
        from insteg.mail import actions, jobs, outbox, queries  # noqa: F401  actions fill ACTIONS, jobs fill JOBS
        from insteg.mail.holding import held
        from insteg.organisations.letters import POSTMEN
        from insteg.ui.templatetags.insteg_ui import LETTERS_WAIT

        POSTMEN.append(outbox.post)
        LETTERS_WAIT.append(lambda: held() is not None)
        TASKS.append(queries.tasks)
        PROFILE.append(Entry(10, _("När breven kommer"), "mail", "mail:pace", frozenset(PERSONS)))
