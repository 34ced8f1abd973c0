"""The interface of a channel, and the channels of this installation by name."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from core.messages.message import Message


class Channel(Protocol):
    """A way to reach people.

    ``text_template`` and ``html_template`` end the names of its templates: a message called
    ``emails/receipt`` is written with ``emails/receipt.txt``. Without ``html_template`` the
    channel carries plain text alone.
    """

    text_template: str
    html_template: str | None

    def deliver(self, message: Message) -> None:
        """Hand the message on. Any exception says that it was not; it may come again."""
        ...


def channel(name: str) -> Channel:
    """Return the channel of this name.

    Raises:
        LookupError: ``MESSAGE_CHANNELS`` knows no such channel.
    """
    try:
        path = settings.MESSAGE_CHANNELS[name]
    except KeyError:
        raise LookupError(f"no channel called {name!r} in MESSAGE_CHANNELS") from None
    return _made(path)


@cache
def _made(path: str) -> Channel:
    return import_string(path)()
