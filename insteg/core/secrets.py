"""Seals short texts that the database must keep but nobody should be able to read there.

The keys are apart from SECRET_KEY, which changes when a session could have been stolen; what is sealed must outlive
that. The first key of ENCRYPTION_KEYS seals, all of them open: put a new key first to rotate.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@lru_cache(maxsize=1)
def keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """The text, unreadable without a key. The same text is never sealed alike twice."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when no key fits or the text was changed."""
    return keyring(tuple(settings.ENCRYPTION_KEYS)).decrypt(sealed.encode()).decode()


def proofs() -> list[str]:
    """For each key a word that it has sealed: kept with a backup, they tell later whether the keys are at hand."""
    return [Fernet(key).encrypt(b"insteg").decode() for key in settings.ENCRYPTION_KEYS]


def opens(sealed: list[str]) -> bool:
    """Whether the keys at hand open every proof."""
    try:
        return all(unseal(proof) == "insteg" for proof in sealed)
    except InvalidToken:
        return False
