from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "insteg.documents"

    def ready(self) -> None:
        from insteg.documents import jobs  # noqa: F401  jobs fill JOBS
