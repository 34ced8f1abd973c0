"""Mail, by Django's own backends."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core.messages.message import Message


class MailChannel:
    """Plain text with an HTML version and attachments."""

    text_template = ".txt"
    html_template: str | None = ".html"

    def deliver(self, message: Message) -> None:
        """Send it. Its Message-ID is its key: sent twice, most mailboxes show it once."""
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            to=[message.recipient.address],
            headers={"Message-ID": f"<{message.key}@{_domain()}>"},
        )
        mail.attach_alternative(message.html, "text/html")
        for file in message.attachments:
            mail.attach(file.name, file.content, file.mimetype)
        mail.send()


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
