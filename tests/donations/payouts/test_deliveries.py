"""Delivery: confirmed in the field by somebody who did not pay; every giver is told once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.exceptions import SamePersonError
from core.models import Outbox
from donations.exceptions import DeliveryRefusedError
from donations.models import Delivery, DeliveryNotice
from donations.payouts.selectors.deliveries import needs_confirmed, needs_to_confirm
from donations.payouts.services.deliveries import DeliveryFacts, delivery_confirm, delivery_tell
from donations.payouts.services.delivery_mail import delivery_mail
from matching.exceptions import EvidenceRefusedError, RoleMissingError
from matching.models import Evidence, Need, NeedEvent
from matching.states import NeedStatus, Role
from tests.factories.donations import DonationFactory, DonorFactory
from tests.factories.flow import picture
from tests.factories.matching import RoleAssignmentFactory, make_person, make_tree
from tests.factories.payouts import funded_need, officer, pay, superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(db):
    """Return a need whose money is paid out."""
    need = funded_need()
    pay(need, 100_000)
    need.refresh_from_db()
    return need


@pytest.fixture
def field(db):
    """Return an officer of the need's village."""
    return make_person(Role.VILLAGE_OFFICER, make_tree().village.region)


def facts(**changes) -> DeliveryFacts:
    values = {
        "delivered_on": clock.today(),
        "note": "课桌和台灯已送到并安装。",
        "note_en": "Desk and lamp delivered and set up.",
        "household_confirmed": True,
    }
    return DeliveryFacts(**(values | changes))


def confirm(need, actor, upload=None, **changes):
    return delivery_confirm(
        need_id=need.pk, actor=actor, upload=upload or picture(), facts=facts(**changes)
    )


def nothing_happened(need) -> bool:
    need.refresh_from_db()
    return (
        need.status == NeedStatus.DISBURSED
        and not Delivery.objects.exists()
        and not Evidence.objects.filter(purpose=Evidence.Purpose.DELIVERY).exists()
    )


def test_a_confirmed_delivery_keeps_its_photo_and_closes_the_need(need, field):
    delivery = confirm(need, field)

    need.refresh_from_db()
    assert need.status == NeedStatus.CLOSED
    assert need.closed_at is not None
    assert delivery.evidence.purpose == Evidence.Purpose.DELIVERY
    assert delivery.evidence.uploaded_by == field
    last = NeedEvent.objects.filter(need=need).latest("pk")
    assert (last.new_status, last.actor) == ("closed", field)
    assert last.evidence_digests == [delivery.evidence.sha256]
    assert list(needs_confirmed(field)) == [need]
    assert list(needs_to_confirm(field)) == []


def test_confirming_twice_changes_nothing_more(need, field):
    first = confirm(need, field)
    second = confirm(need, field, note="再写一遍。")

    assert first == second
    assert NeedEvent.objects.filter(need=need, new_status="closed").count() == 1
    assert Outbox.objects.filter(task="donations.delivery_tell").count() == 1
    with pytest.raises(DeliveryRefusedError):
        confirm(need, make_person(Role.VILLAGE_OFFICER, make_tree().village.region))


@pytest.mark.parametrize(
    "person",
    [
        superuser,
        officer,
        lambda: make_person(Role.VILLAGE_OFFICER, make_tree().neighbour_village.region),
        lambda: make_person(Role.COUNTY_APPROVER, make_tree().county),
        lambda: make_person(Role.AUDITOR),
    ],
)
def test_only_an_officer_of_that_village_confirms(need, person):
    with pytest.raises(RoleMissingError):
        confirm(need, person())

    assert nothing_happened(need)


@pytest.mark.parametrize("part", ["proposer", "approver"])
def test_who_paid_does_not_confirm_the_delivery(field, part):
    RoleAssignmentFactory(user=field, role=Role.FUND_OFFICER)
    need = funded_need()
    pay(need, 100_000, **{part: field})

    with pytest.raises(SamePersonError):
        confirm(need, field)

    assert nothing_happened(need)


@pytest.mark.parametrize(
    "changes",
    [
        {"delivered_on": clock.today() + timedelta(days=1)},
        {"delivered_on": clock.today() - timedelta(days=400)},
        {"note": " "},
        {"note": "送到张某某家。"},
        {"note_en": "Call 13800000000."},
    ],
)
def test_what_cannot_be_or_names_somebody_is_refused(need, field, changes):
    with pytest.raises(DeliveryRefusedError):
        confirm(need, field, **changes)

    assert nothing_happened(need)


def test_a_file_that_is_no_picture_is_refused(need, field):
    with pytest.raises(EvidenceRefusedError):
        confirm(need, field, upload=SimpleUploadedFile("photo.jpg", b"<script>", "image/jpeg"))

    assert nothing_happened(need)


def test_before_the_money_went_out_nothing_is_confirmed(field):
    need = funded_need()

    with pytest.raises(DeliveryRefusedError):
        confirm(need, field)

    need.refresh_from_db()
    assert need.status == NeedStatus.FUNDED


def test_every_giver_hears_once_in_their_language(need, field, deliver_outbox):
    zh, en, gone = (DonorFactory(email=f"{name}@example.org") for name in ("zh", "en", "gone"))
    for _number in range(2):
        DonationFactory(need=need, donor=zh, collected=True, language="zh-hans")
    DonationFactory(need=need, donor=en, collected=True, language="en")
    DonationFactory(need=need, donor=gone, collected=True, status="refunded")
    DonationFactory(need=need, donor=gone)

    delivery = confirm(need, field)
    deliver_outbox()
    delivery_tell(delivery_id=delivery.pk)
    deliver_outbox()

    assert sorted(message.to for message in mail.outbox) == [["en@example.org"], ["zh@example.org"]]
    told = {message.to[0]: message for message in mail.outbox}
    assert "已送达" in told["zh@example.org"].subject
    assert "Desk and lamp delivered and set up." in told["en@example.org"].body
    assert DeliveryNotice.objects.filter(sent_at__isnull=False).count() == 2
    notice = DeliveryNotice.objects.first()
    assert delivery_mail(notice_id=notice.pk) is False


def test_the_message_tells_nothing_of_the_household(need, field, deliver_outbox):
    DonationFactory(need=need, collected=True)

    confirm(need, field)
    deliver_outbox()

    identity = need.household.identity
    whole = mail.outbox[0].body + str(mail.outbox[0].alternatives)
    for secret in (identity.head_name, identity.id_number, need.household.code, field.username):
        assert secret not in whole
    assert f"/needs/{need.code}/" in whole


def test_a_need_no_longer_public_is_told_of_without_its_page(need, field, deliver_outbox):
    DonationFactory(need=need, collected=True)
    need.household.consents.update(withdrawn_at=clock.now())

    confirm(need, field)
    deliver_outbox()

    assert "/needs/" not in mail.outbox[0].body
    assert Need.objects.public().count() == 0


def test_queue_messages_hold_ids_alone(need, field, deliver_outbox):
    DonationFactory(need=need, collected=True)

    confirm(need, field)
    deliver_outbox()

    promised = Outbox.objects.filter(task__startswith="donations.delivery")
    assert {tuple(row.kwargs) for row in promised} == {("delivery_id",), ("notice_id",)}
    assert all(isinstance(value, int) for row in promised for value in row.kwargs.values())
