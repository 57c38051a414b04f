from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "insteg.mail"
    verbose_name = _("Brev")

    def ready(self) -> None:
        from insteg.access.catalogues import TASKS
        from insteg.mail import jobs, outbox, queries  # noqa: F401  jobs fill JOBS
        from insteg.organisations.letters import POSTMEN

        POSTMEN.append(outbox.post)
        TASKS.append(queries.tasks)
