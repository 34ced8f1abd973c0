"""Composing a message from its templates, and sending it."""

from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string
from django.utils import translation

from core.messages.channels import channel
from core.messages.message import Attachment, Message, Recipient


def compose(
    *,
    key: str,
    to: Recipient,
    subject: str,
    template: str,
    context: Mapping[str, object],
    attachments: Iterable[Attachment] = (),
) -> Message:
    """Return the message as its channel carries it, written in the recipient's language.

    Call within ``to.language_active()``: subject and context are texts already. ``key`` tells
    this message to this person from any other; nothing personal may be in it.

    Raises:
        RuntimeError: another language is active than the recipient's.
        LookupError: this installation has no such channel.
        TemplateDoesNotExist: the message has no template for the channel.
    """
    if translation.get_language() != to.language:
        raise RuntimeError(f"{key}: composed in {translation.get_language()}, not {to.language}")
    carried = channel(to.channel)
    values = {**context, "subject": subject}
    html = carried.html_template
    return Message(
        key=key,
        recipient=to,
        subject=subject,
        text=render_to_string(template + carried.text_template, values),
        html=render_to_string(template + html, values) if html else "",
        attachments=tuple(attachments),
    )


def send(message: Message) -> None:
    """Hand the message to its channel, outside any transaction.

    What the channel raises comes through: the promise that called for the message is then
    kept again later.
    """
    channel(message.recipient.channel).deliver(message)
