"""Held events: shown in words, tried again, explained by one, booked by two."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from core import clock
from core.exceptions import ReasonMissingError, SamePersonError
from core.models import AuditEvent
from core.money import Money
from donations.exceptions import SettlementRefusedError
from donations.models import EventSettlement, Payment, ProviderEvent
from donations.provider.services.inbox import event_process
from donations.provider.services.settlements import (
    event_explain,
    event_retry,
    return_confirm,
    return_propose,
    return_refuse,
)
from donations.provider.services.synchronising import payment_sync
from matching.exceptions import RoleMissingError
from matching.states import Role
from tests.donations.giving.steps import balance, checkout
from tests.donations.provider.steps import refund_sent_back, store
from tests.factories.donations import start_gift
from tests.factories.matching import make_person
from tests.factories.payouts import officer, superuser
from tests.invariants import violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(fake, need) -> ProviderEvent:
    """Return a held event: ¥50 were refunded, and the bank sent them back."""
    return refund_sent_back(fake, need)


def test_a_refund_that_came_back_is_booked_by_two_and_held_for_its_donor(fake, returned):
    maker, checker = officer(), officer()
    proposal = return_propose(event_id=returned.pk, actor=maker, reason="后台显示银行退回。")
    assert proposal.amount_minor == 5_000
    assert balance("funds:returned") == 0

    for person in (maker, superuser()):
        with pytest.raises((SamePersonError, RoleMissingError)):
            return_confirm(settlement_id=proposal.pk, actor=person)
    assert balance("funds:returned") == 0
    return_confirm(settlement_id=proposal.pk, actor=checker)

    returned.refresh_from_db()
    assert returned.status == "settled"
    assert balance("funds:returned") == -5_000
    assert Payment.objects.get().returned_minor == 5_000
    with pytest.raises(SettlementRefusedError):
        return_confirm(settlement_id=proposal.pk, actor=checker)
    # What the provider says now agrees with our record.
    assert payment_sync(provider="stripe", object_id=returned.object_id)
    assert violations() == []
    actions = AuditEvent.objects.filter(object_ref=returned.pk).order_by("pk")
    assert list(actions.values_list("action", "actor_id")) == [
        ("event.return_proposed", maker.pk),
        ("event.return_booked", checker.pk),
    ]


def test_a_proposal_is_not_booked_by_other_figures(fake, returned):
    proposal = return_propose(event_id=returned.pk, actor=officer(), reason="银行退回。")
    fake.refund(charge_id=Payment.objects.get().charge_id, amount=Money(2_000), key="by hand")

    with pytest.raises(SettlementRefusedError):
        return_confirm(settlement_id=proposal.pk, actor=officer())
    assert balance("funds:returned") == 0
    assert EventSettlement.objects.get().status == "proposed"


def test_two_events_about_the_same_money_book_it_once(fake, returned):
    twin = store(returned.object_id, "charge.refund.updated", status="held")
    proposals = [
        return_propose(event_id=event.pk, actor=officer(), reason="银行退回。")
        for event in (returned, twin)
    ]
    first = [proposals[0].pk]

    def confirm_first(execute, statement, *rest):
        # The other is booked after the provider was asked, before our transaction begins.
        if statement.startswith("SAVEPOINT") and first:
            return_confirm(settlement_id=first.pop(), actor=officer())
        return execute(statement, *rest)

    checker = officer()
    with connection.execute_wrapper(confirm_first), pytest.raises(SettlementRefusedError):
        return_confirm(settlement_id=proposals[1].pk, actor=checker)

    assert first == []
    assert balance("funds:returned") == -5_000
    assert Payment.objects.get().returned_minor == 5_000
    assert violations() == []


def test_a_refused_proposal_leaves_the_event_waiting(fake, returned):
    maker, checker = officer(), officer()
    proposal = return_propose(event_id=returned.pk, actor=maker, reason="银行退回。")
    with pytest.raises(SettlementRefusedError):
        return_propose(event_id=returned.pk, actor=checker, reason="再提一次。")
    with pytest.raises(ReasonMissingError):
        return_refuse(settlement_id=proposal.pk, actor=checker, reason=" ")

    return_refuse(settlement_id=proposal.pk, actor=checker, reason="后台没有这笔。")
    returned.refresh_from_db()
    assert returned.status == "held"
    assert return_propose(event_id=returned.pk, actor=checker, reason="已再核对。").pk


def test_where_nothing_came_back_nothing_is_proposed(fake, need):
    payment = checkout(start_gift(need, 5_000))
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    event = store(Payment.objects.get().intent_id, status="held", problem="refused")

    with pytest.raises(SettlementRefusedError):
        return_propose(event_id=event.pk, actor=officer(), reason="看错了。")
    assert not EventSettlement.objects.exists()


def test_one_officer_explains_what_changes_no_books(fake):
    event = store("pi_unknown", "charge.updated")
    assert event_process(event_id=event.pk).problem == "refused"
    actor = officer()
    for person, reason, refusal in [
        (superuser(), "x", RoleMissingError),
        (make_person(Role.AUDITOR), "x", RoleMissingError),
        (actor, "  ", SettlementRefusedError),
    ]:
        with pytest.raises(refusal):
            event_explain(event_id=event.pk, actor=person, reason=reason)
    assert ProviderEvent.objects.get().status == "held"

    event_explain(event_id=event.pk, actor=actor, reason="另一个系统的付款。")
    event.refresh_from_db()
    assert event.status == "settled"
    # A settled event is not worked on again.
    assert event_process(event_id=event.pk).status == "settled"
    with pytest.raises(SettlementRefusedError):
        event_explain(event_id=event.pk, actor=actor, reason="再来一次。")


def test_a_retry_goes_through_once_the_contradiction_is_gone(fake, need):
    donation = start_gift(need, 5_000)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    intent_id = fake.sessions[payment.session_id].intent_id
    event = store(intent_id, "payment_intent.succeeded", status="held", problem="unknown_gift")

    assert event_retry(event_id=event.pk, actor=officer()).status == "processed"
    donation.refresh_from_db()
    assert donation.status == "collected"


def test_an_event_that_was_never_worked_off_is_shown_too(client):
    stuck = store("pi_1", received_at=clock.now() - timedelta(minutes=11))
    fresh = store("pi_2")
    client.force_login(officer())

    page = client.get(reverse("money_events")).text
    assert f"/{stuck.pk}/" in page
    assert "一直没有处理成功" in page
    assert f"/{fresh.pk}/" not in page


def test_the_desk_says_what_is_wrong_and_leads_through_both_persons_steps(client, fake, returned):
    maker, checker = officer(), officer()
    client.force_login(maker)
    page = client.get(reverse("money_events")).text
    assert "退款被银行退回，钱又回到支付平台" in page
    detail = reverse("money_event", args=[returned.pk])
    assert client.get(detail).status_code == 200

    empty = client.post(reverse("money_event_settle", args=[returned.pk]), {"reason": "核对过"})
    assert empty.status_code == 400
    assert "核对过" in empty.text
    form = {"kind": "refund_returned", "reason": "后台显示银行退回。"}
    assert client.post(reverse("money_event_settle", args=[returned.pk]), form).url == detail
    assert "要由另一位资金专员复核" in client.get(detail).text
    own = client.post(reverse("money_event_confirm", args=[returned.pk]))
    assert own.status_code == 403

    client.force_login(make_person(Role.AUDITOR))
    read = client.get(detail).text
    assert "<form" not in read[read.index("<main") :]
    assert client.post(reverse("money_event_confirm", args=[returned.pk])).status_code == 403
    client.force_login(checker)
    bad = client.post(reverse("money_event_refuse", args=[returned.pk]), {})
    assert bad.status_code == 400
    assert client.post(reverse("money_event_confirm", args=[returned.pk])).url == detail
    assert "人工办结" in client.get(detail).text
    assert returned.pk in client.get(reverse("money_events")).text


def test_a_silent_provider_is_told_and_changes_nothing(client, fake, returned):
    client.force_login(officer())
    fake.fail_next(2)

    answer = client.post(reverse("money_event_retry", args=[returned.pk]))
    assert answer.status_code == 503
    form = {"kind": "refund_returned", "reason": "后台显示银行退回。"}
    settle = client.post(reverse("money_event_settle", args=[returned.pk]), form)
    assert settle.status_code == 503
    assert "后台显示银行退回。" in settle.text
    assert ProviderEvent.objects.get(pk=returned.pk).status == "held"
    assert not EventSettlement.objects.exists()
