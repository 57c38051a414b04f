"""The letters of sign-in and administration: their words, in the reader's language. The mail room sends them.

Nothing here says more than the reader knows already; a secret link stands alone on its line.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.organisations.models import Membership, User

POSTMEN: list[Callable[..., object]] = []  # the mail room lies above this one, and hangs its outbox here


def address(path: str) -> str:
    """The whole address of a path, as a letter must say it."""
    return settings.BASE_URL.rstrip("/") + path


def post(user: User, subject: str, *paragraphs: str) -> None:
    greeting = _("Hej %(name)s!") % {"name": user.name}
    signed = _("Hälsningar\nInsteg, %(city)s") % {"city": settings.CITY_NAME}
    for deliver in POSTMEN:
        deliver(to=user.email, subject=subject, body="\n\n".join([greeting, *paragraphs, signed]) + "\n")


def invitation(user: User, link: str, days: int) -> None:
    with override(user.language):
        post(
            user,
            _("Du är inbjuden till Insteg"),
            _("%(city)s har gett dig ett uppdrag i Insteg, där vi arbetar med sociala krav i upphandling.")
            % {"city": settings.CITY_NAME},
            _("Öppna länken och välj ett lösenord:"),
            link,
            _("Länken gäller i %(days)s dagar och kan användas en gång. Skicka den inte vidare.") % {"days": days},
            _("Vet du inte varför du får brevet? Då kan du kasta det."),
        )


def new_membership(user: User, membership: Membership, path: str) -> None:
    with override(user.language):
        said = {"membership": membership, "organisation": membership.organisation, "day": membership.starts_on}
        post(
            user,
            _("Du har fått ett nytt uppdrag i Insteg"),
            _("Uppdraget är %(membership)s hos %(organisation)s, från och med %(day)s.") % said,
            _("Logga in som vanligt och välj uppdraget:"),
            address(path),
        )


def password_link(user: User, link: str, hours: int) -> None:
    with override(user.language):
        post(
            user,
            _("Välj ett nytt lösenord i Insteg"),
            _("Någon, troligen du, har bett om ett nytt lösenord. Öppna länken och välj ett:"),
            link,
            _("Länken gäller i %(hours)s timmar. Var det inte du behöver du inte göra något: lösenordet är oförändrat.")
            % {"hours": hours},
        )


def no_password_yet(user: User) -> None:
    with override(user.language):
        post(
            user,
            _("Du har inte valt något lösenord i Insteg än"),
            _("Någon, troligen du, har bett om ett nytt lösenord. Du har fått en inbjudan men inte använt den."),
            _("Öppna länken i inbjudan. Har den gått ut ber du administratören om en ny."),
        )


def new_address(user: User, old: str) -> None:
    """To the address that no longer leads in, so that nobody is moved unseen."""
    with override(user.language):
        reader = User(name=user.name, email=old)
        post(
            reader,
            _("Din e-postadress i Insteg är ändrad"),
            _("Administratören har ändrat adressen som du loggar in med. Den här adressen gäller inte längre."),
            _("Är det fel? Hör av dig till administratören."),
        )


def factor_reset(user: User) -> None:
    with override(user.language):
        post(
            user,
            _("Din tvåstegsinloggning i Insteg är nollställd"),
            _("Administratören har tagit bort dina koder och nycklar. Du har loggats ut överallt."),
            _("Nästa gång du loggar in lägger du till ett nytt andra steg. Var det inte på din begäran? Hör av dig."),
        )


def of_sign_in(user: User, what: str) -> None:
    """What allauth wants told, by its own name for it. Raises KeyError for a letter that nobody has worded."""
    with override(user.language):
        subject, text = OF_SIGN_IN[what]()
        if what.startswith("mfa/"):
            elsewhere = _("Du är utloggad överallt utom där du gjorde ändringen.")
            text = f"{text} {elsewhere}"
        closing = _("Var det inte du? Byt lösenord genast och hör av dig till administratören.")
        post(user, subject, text, closing)


OF_SIGN_IN: dict[str, Callable[[], tuple[str, str]]] = {
    "account/email/password_changed": lambda: (
        _("Ditt lösenord i Insteg är bytt"),
        _("Lösenordet är bytt och du är utloggad överallt utom där du bytte det."),
    ),
    "account/email/password_reset": lambda: (
        _("Ditt lösenord i Insteg är bytt"),
        _("Ett nytt lösenord är valt genom en länk i ett brev. Du är utloggad överallt."),
    ),
    "mfa/email/totp_activated": lambda: (
        _("En app för inloggning är tillagd"),
        _("Från och med nu frågar Insteg efter en kod från appen när du loggar in."),
    ),
    "mfa/email/totp_deactivated": lambda: (
        _("Din app för inloggning är borttagen"),
        _("Insteg frågar inte längre efter en kod från appen när du loggar in."),
    ),
    "mfa/email/webauthn_added": lambda: (
        _("En nyckel för inloggning är tillagd"),
        _("Du kan nu använda nyckeln när du loggar in i Insteg."),
    ),
    "mfa/email/webauthn_removed": lambda: (
        _("En nyckel för inloggning är borttagen"),
        _("Nyckeln leder inte längre in i Insteg."),
    ),
    "mfa/email/recovery_codes_generated": lambda: (
        _("Dina reservkoder i Insteg är nya"),
        _("Nya reservkoder är skapade. De gamla gäller inte längre."),
    ),
}
