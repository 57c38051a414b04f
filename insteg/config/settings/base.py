"""What is the same everywhere. dev, test and prod say only what differs."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("INSTEG_VAR", ROOT / "var"))  # what changes while it runs
MANUAL = ROOT / "docs" / "handbok"  # shown under /hjalp/

USE_TZ, TIME_ZONE = True, "Europe/Stockholm"
LANGUAGE_CODE, LANGUAGES = "sv", [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "insteg" / "locale"]
CITY_NAME = _("Exempelstaden")

ROOT_URLCONF = "insteg.config.urls"
WSGI_APPLICATION = "insteg.config.wsgi.application"
AUTH_USER_MODEL = "organisations.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "home", "steering", "inventory", "meetings", "needs", "process", "mail", "organisations", "audit", "access",
    "codes", "documents", "ui", "core",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"insteg.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's list of sessions speaks of time with it
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_q",
    "lucide",
    "template_partials.apps.SimpleAppConfig",
]
MIDDLEWARE = [
    # Those that write headers come first: what the ones below refuse, and their faults, then carry them too.
    "insteg.ui.answers.AnswerMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "insteg.home.away.AwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "insteg.organisations.middleware.SessionLimitMiddleware",
    "insteg.organisations.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "insteg.home.signed_out.SignedOutMiddleware",
    "insteg.organisations.middleware.ActorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "insteg.organisations.context.frame",
                "insteg.ui.context.city",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "insteg.ui.forms.Renderer"

# --- sign-in: by invitation only; see docs/adr
AUTHENTICATION_BACKENDS = ["insteg.organisations.sign_in.Backend"]
ACCOUNT_ADAPTER = "insteg.organisations.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by letter
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # every other session ends; the one at hand stays
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's own generator keeps a second table of addresses, and by that table a former address would lead in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
ACCOUNT_FORMS = {
    "login": "insteg.organisations.sign_in.forms.LoginForm",
    "change_password": "insteg.organisations.sign_in.forms.ChangePasswordForm",
    "reset_password": "insteg.organisations.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "insteg.organisations.sign_in.forms.ResetPasswordKeyForm",
    "reauthenticate": "insteg.organisations.sign_in.forms.ReauthenticateForm",
}
MFA_ADAPTER = "insteg.organisations.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "insteg.organisations.sign_in.forms.AuthenticateForm",
    "reauthenticate": "insteg.organisations.sign_in.forms.ReauthenticateByCodeForm",
    "activate_totp": "insteg.organisations.sign_in.forms.ActivateTOTPForm",
    "add_webauthn": "insteg.organisations.sign_in.forms.AddWebAuthnForm",
    "edit_webauthn": "insteg.organisations.sign_in.forms.EditWebAuthnForm",
}
ACCOUNT_RATE_LIMITS = {"accessibility_remark": "10/h/ip"}  # besides allauth's own
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to the address
MFA_TOTP_ISSUER = "Insteg"
USERSESSIONS_TRACK_ACTIVITY = False  # SessionLimitMiddleware knows when a session was seen
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home:tasks", "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_IDLE_SECONDS = 60 * 60
SESSION_ABSOLUTE_SECONDS = 10 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "insteg.home.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- headers
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- files, jobs, caches
STATIC_URL, STATIC_ROOT = "/static/", VAR / "static"
STATICFILES_DIRS = [("handbok", MANUAL / "bilder")]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has any use for them
MEDIA_ROOT = VAR / "files"
BACKUP_RECIPIENTS: list[str] = []  # public keys: whoever makes backups need not be able to open them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What strangers have sent is read in a process of its own. False is for tests, where it would cost a fifth of a second
# each time.
READ_APART = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # the review of a plan asks about hundreds of rows at a time
FILE_UPLOAD_PERMISSIONS = 0o600
ANCHORS_FILE = VAR / "forankring" / "loggen.txt"  # what the sealed log is held against; see docs/adr/0016
Q_CLUSTER = {
    "name": "insteg",
    "orm": "default",
    "workers": 1,
    "poll": 1,
    # A job killed half-way is taken again after `retry`; it must then be over, so timeout is shorter.
    "timeout": 300,
    "retry": 360,
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "label": "Insteg",
    "log_level": "WARNING",
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # The counts of failed sign-ins live here: too few rows, and whoever tries many addresses pushes them out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

BASE_URL = "http://localhost:8000"  # how links in letters begin
EXAMPLE_CITY = False  # the fictional city with one-click sign-in: `make run` and tests, nowhere else
DEFAULT_FROM_EMAIL = "insteg@localhost"
EMAIL_TIMEOUT = 20  # seconds for each answer of the mail server; one that hangs then gives way to the next letter

SQLITE_OPTIONS = {
    # A writer takes its turn when its transaction begins; SQLite has no row locks. FULL: a power cut loses nothing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def sqlite(path: Path | str) -> dict[str, object]:
    return {"ENGINE": "insteg.core.sqlite", "NAME": str(path), "OPTIONS": SQLITE_OPTIONS}


def postgresql(url: str, **more: bool | int) -> dict[str, object]:
    """A server that is away is found out in seconds: otherwise each request would wait for as long as the network."""
    parsed = dict(dj_database_url.parse(url, engine="insteg.core.postgresql", **more))  # type: ignore[arg-type]
    return parsed | {"OPTIONS": {"connect_timeout": 5, "tcp_user_timeout": 15_000, **parsed.get("OPTIONS", {})}}
