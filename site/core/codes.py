"""Public codes: short, speakable, not countable."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Crockford's alphabet: no I, L, O, U, so that a code survives a phone call.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_system = secrets.SystemRandom()
_source: ContextVar[random.Random | None] = ContextVar("source", default=None)


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """Let codes come from ``source`` in this context.

    The demo's are the same at every start. Whoever knows the seed knows the codes: never
    where people give.
    """
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def new_code(prefix: str = "", *, length: int = 8) -> str:
    """Return a random code such as ``N7K2M9QX``; 40 bits at the default length."""
    source = _source.get() or _system
    return prefix + "".join(source.choice(ALPHABET) for _ in range(length))


def need_code() -> str:
    """Return a code for a need."""
    return new_code("N")


def household_code() -> str:
    """Return a code for a household; says nothing of who or where."""
    return new_code("H")


def notice_code() -> str:
    """Return a code for a publicity notice."""
    return new_code("G")


def objection_code() -> str:
    """Return a code by which an objector follows an objection."""
    return new_code("Y", length=10)


def complaint_code() -> str:
    """Return a code by which whoever complained follows it; 50 bits."""
    return new_code("T", length=10)


def donation_code() -> str:
    """Return a code for a gift; long, since it opens the giver's status page."""
    return new_code("D", length=16)


def agreement_code() -> str:
    """Return a code for a pairing agreement."""
    return new_code("P")


def fund_code() -> str:
    """Return a code for a match fund."""
    return new_code("F")


def payout_code() -> str:
    """Return a code for a disbursement."""
    return new_code("Z")


def verification_code() -> str:
    """Return the code printed on a receipt."""
    return new_code(length=20)
