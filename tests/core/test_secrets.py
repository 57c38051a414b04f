"""What must be kept but not read: sealed with keys that are apart from the session's."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from insteg.core.secrets import seal, unseal


def test_what_is_sealed_can_be_opened_and_not_read():
    assert unseal(seal("hemligt")) == "hemligt"
    assert "hemligt" not in seal("hemligt")
    assert seal("hemligt") != seal("hemligt")


def test_a_new_key_opens_what_an_old_one_sealed_and_no_other_key_does(settings):
    old, new, other = (Fernet.generate_key().decode() for _ in range(3))
    settings.ENCRYPTION_KEYS = [old]
    sealed = seal("hemligt")
    settings.ENCRYPTION_KEYS = [new, old]
    assert unseal(sealed) == "hemligt"
    settings.ENCRYPTION_KEYS = [other]
    with pytest.raises(InvalidToken):
        unseal(sealed)
