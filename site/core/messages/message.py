"""One message to one person."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.utils import translation

# The channel that every installation has.
MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where one person is reached: channel, address there, and the language they read."""

    channel: str
    address: str
    language: str

    def language_active(self) -> AbstractContextManager[None]:
        """Return a context in which texts, dates and addresses are in their language."""
        return translation.override(self.language)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; a channel that carries none leaves it out."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told. ``key`` names it: sent twice under one key, it is one message.

    ``html`` is empty on a channel of plain text.
    """

    key: str
    recipient: Recipient
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
