"""Messages and their channels: what a channel must hold, shown with a second one."""

from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.utils import translation

from core.messages.channels import channel
from core.messages.message import MAIL, Attachment, Recipient
from core.messages.sending import compose, send
from donations.models import Dispute
from donations.provider.mail import dispute_message
from donations.receipts.mail import receipt_message
from donations.receipts.services.receipts import receipt_issue
from donations.states import DisputeStatus
from tests.core.messages.texting import TextingChannel
from tests.factories.donations import collect_gift
from tests.factories.matching import NeedFactory

pytestmark = pytest.mark.django_db
TEXTING = "tests.core.messages.texting.TextingChannel"
TEMPLATES = Path(__file__).with_name("templates")
PHONE = Recipient("texting", "+86 100 0000 0000", "en")


@pytest.fixture
def gift(db):
    return collect_gift(NeedFactory(published=True), 8_850)


@pytest.fixture
def texting(settings):
    """A second channel as a project would add it: a class, a line, a template."""
    settings.MESSAGE_CHANNELS = {**settings.MESSAGE_CHANNELS, "texting": TEXTING}
    settings.TEMPLATES[0]["DIRS"] = [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]
    settings.TEMPLATES = list(settings.TEMPLATES)
    TextingChannel.delivered.clear()
    return TextingChannel.delivered


def told(to: Recipient, **changes):
    values = {
        "key": "told-1",
        "to": to,
        "subject": "Arrived",
        "template": "emails/told",
        "context": {"what": "<desk>"},
    }
    with to.language_active():
        return compose(**(values | changes))


def test_a_rooms_own_message_goes_out_on_a_channel_it_does_not_know(texting, gift, mailoutbox):
    receipt = receipt_issue(donation_id=gift.pk)

    send(receipt_message(receipt=receipt, to=PHONE, pdf=b"%PDF-"))

    (message,) = texting
    assert message.recipient == PHONE
    assert message.key == f"receipt-{receipt.number}"
    assert message.text.strip() == f"Receipt {receipt.number}: ¥88.50 arrived."
    assert message.html == ""
    assert mailoutbox == []


def test_both_channels_carry_one_message(texting, mailoutbox):
    for to in (PHONE, Recipient(MAIL, "giver@example.org", "en")):
        send(told(to, attachments=[Attachment("a.pdf", b"%PDF-", "application/pdf")]))

    (message,), (mail,) = texting, mailoutbox
    assert message.text.strip() == "<desk> has arrived."
    assert mail.body.strip() == "Arrived: <desk>"
    assert mail.to == ["giver@example.org"]
    assert mail.extra_headers == {"Message-ID": "<told-1@example.org>"}
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    assert '<html lang="en">' in html
    assert "<title>Arrived</title>" in html
    assert "<p>&lt;desk&gt;</p>" in html
    assert [tuple(file) for file in mail.attachments] == [("a.pdf", b"%PDF-", "application/pdf")]


def test_its_address_is_whole_and_in_the_recipients_language(gift):
    dispute = Dispute(pk="one", payment=gift.payments.get(), amount_minor=8_850)
    messages = [
        dispute_message(
            dispute=dispute,
            status=DisputeStatus.OPEN,
            officer_id=7,
            to=Recipient(MAIL, "officer@example.org", language),
        )
        for language in ("zh-hans", "en")
    ]

    chinese, english = messages
    assert "\nhttp://127.0.0.1:8000/desk/money/disputes/\n" in chinese.text
    assert 'href="http://127.0.0.1:8000/en/desk/money/disputes/"' in english.html
    assert chinese.key == english.key == f"dispute-{dispute.pk}-open-7"
    assert chinese.subject != english.subject


def test_composed_in_another_language_it_is_refused(texting):
    with translation.override("zh-hans"), pytest.raises(RuntimeError, match="told-1"):
        compose(key="told-1", to=PHONE, subject="Arrived", template="emails/told", context={})


def test_a_channel_that_is_not_there_is_named(mailoutbox):
    with pytest.raises(LookupError, match="carrier pigeon"):
        told(Recipient("carrier pigeon", "the roof", "en"))


def test_without_a_template_for_the_channel_nothing_is_sent(texting):
    with pytest.raises(TemplateDoesNotExist, match=r"emails/delivery\.texting"):
        told(PHONE, template="emails/delivery")
    assert texting == []


def test_what_a_channel_raises_comes_through(texting):
    message = told(Recipient("texting", TextingChannel.OUT_OF_REACH, "en"))

    with pytest.raises(ConnectionError):
        send(message)
    assert texting == []


@pytest.mark.parametrize("name", ["mail", "texting"])
def test_every_channel_is_of_the_interface(texting, name):
    found = channel(name)

    assert found.text_template.startswith(".")
    assert found.html_template is None or found.html_template.startswith(".")
    assert callable(found.deliver)
