from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "insteg.audit"

    def ready(self) -> None:
        from insteg.access.catalogues import TASKS
        from insteg.access.views import SENT_BEFORE
        from insteg.audit import jobs, queries  # noqa: F401  jobs fill JOBS
        from insteg.audit.forms import answer_before

        SENT_BEFORE.append(answer_before)
        TASKS.append(queries.tasks)
