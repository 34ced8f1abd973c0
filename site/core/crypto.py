"""Identity data at rest: encrypted columns and a blind index to find duplicates."""

import hashlib
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


@lru_cache(maxsize=4)
def _keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in keys])


def keyring() -> MultiFernet:
    """Return the keys, newest first: the first encrypts, all of them decrypt."""
    return _keyring(tuple(settings.FIELD_ENCRYPTION_KEYS))


def blind_index(value: str, *, purpose: str) -> str:
    """Return a keyed digest (64 hex) that equal values share and nobody can invert.

    ``purpose`` keeps the same text in two columns from being linkable. White space and
    letter case are folded, so ``530…x`` equals ``530…X``.
    """
    folded = "".join(value.split()).upper()
    message = f"{purpose}\x00{folded}".encode()
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


class EncryptedTextField(TextField):
    """Text encrypted before it reaches the database; empty stays empty.

    Never put one on a model with revisions: a revision keeps the clear text.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database."""
        value = super().get_prep_value(value)
        return keyring().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way back."""
        return keyring().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only ``isnull``: equal clear texts differ at rest, use a blind index."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
