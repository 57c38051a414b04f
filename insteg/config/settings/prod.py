"""Production. Everything that differs between cities comes from the environment; what is missing stops the start."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from insteg.config.settings.base import *  # noqa: F403
from insteg.config.settings.base import STORAGES, postgresql


def required(name: str) -> str:
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"{name} is not set; see docs/drift/")
    return os.environ[name]


SECRET_KEY = required("SECRET_KEY")
ENCRYPTION_KEYS = required("ENCRYPTION_KEYS").split(",")
ALLOWED_HOSTS = required("ALLOWED_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
BASE_URL = CSRF_TRUSTED_ORIGINS[0]
CITY_NAME = os.environ.get("CITY_NAME", "Insteg")
# Tables belong to one role of the database and are used by another, which may not change what it must not.
AS_OWNER = sys.argv[1:2] in (["migrate"], ["prune_log"], ["restore"]) and "DATABASE_OWNER_URL" in os.environ
DATABASES = {
    "default": postgresql(
        required("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL"), conn_max_age=60, conn_health_checks=True
    )
}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = os.environ.get("FILES_ROOT", "/var/lib/insteg/files")
STATIC_ROOT = os.environ.get("STATIC_ROOT", "/var/lib/insteg/static")
ANCHORS_FILE = os.environ.get("ANCHORS_FILE", "/var/lib/insteg/forankring/loggen.txt")
EMAIL_BACKEND = "insteg.mail.server.Backend"
BACKUP_RECIPIENTS = os.environ.get("BACKUP_RECIPIENTS", "").split(",")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "insteg@localhost")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1"))
SECURE_SSL_REDIRECT = True
SECURE_SSL_HOST = ALLOWED_HOSTS[0]  # never to a host that the visitor made up
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"

# Faults go to stderr, where the supervisor keeps them; Django's own default would send them to no one.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
