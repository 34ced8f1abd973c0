"""A second channel, as small as one can be: short texts to a phone."""

from typing import ClassVar

from core.messages.message import Message


class TextingChannel:
    """Keeps what it was given; one address is out of reach."""

    text_template = ".texting"
    html_template = None
    OUT_OF_REACH = "+86 100 0000 0001"
    delivered: ClassVar[list[Message]] = []

    def deliver(self, message: Message) -> None:
        if message.recipient.address == self.OUT_OF_REACH:
            raise ConnectionError("out of reach")
        self.delivered.append(message)
