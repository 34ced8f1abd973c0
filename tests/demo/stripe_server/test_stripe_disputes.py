"""Disputes: opened by a test card, answered with evidence, given up, seen by the SDK."""

import pytest
import stripe


@pytest.fixture
def disputed(client):
    intent = client.v1.payment_intents.create({
        "amount": 5000, "currency": "cny", "confirm": True,
        "payment_method": "pm_card_createDispute",
    })  # fmt: skip
    return client.v1.disputes.list({"payment_intent": intent.id}).data[0]


def test_the_test_card_pays_and_is_disputed_at_once(client, stripe_server, disputed):
    charge = client.v1.charges.retrieve(disputed.charge)

    assert (charge.status, charge.disputed, charge.amount_refunded) == ("succeeded", True, 0)
    assert (disputed.amount, disputed.currency) == (5000, "cny")
    assert (disputed.reason, disputed.status) == ("fraudulent", "needs_response")
    assert disputed.evidence_details.due_by > disputed.created
    (taken,) = disputed.balance_transactions
    assert (taken.amount, taken.fee, taken.net) == (-5000, 1500, -6500)
    assert stripe_server.event_types[-2:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
    ]


def test_winning_evidence_brings_the_money_back_without_the_fee(client, stripe_server, disputed):
    evidence = {"evidence": {"uncategorized_text": "winning_evidence"}}
    won = client.v1.disputes.update(disputed.id, evidence)

    assert won.status == "won"
    assert [row.amount for row in won.balance_transactions] == [-5000, 5000]
    assert sum(row.fee for row in won.balance_transactions) == 1500
    assert stripe_server.event_types[-2:] == [
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


@pytest.mark.parametrize("how", ["losing evidence", "giving up"])
def test_losing_keeps_the_money_away(client, stripe_server, disputed, how):
    if how == "giving up":
        lost = client.v1.disputes.close(disputed.id)
    else:
        evidence = {"evidence": {"uncategorized_text": "losing_evidence"}}
        lost = client.v1.disputes.update(disputed.id, evidence)

    assert lost.status == "lost"
    assert len(lost.balance_transactions) == 1
    assert stripe_server.event_types[-1] == "charge.dispute.closed"
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        client.v1.disputes.close(disputed.id)


def test_a_disputed_charge_is_not_refunded(client, stripe_server, disputed):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": disputed.charge})

    assert refused.value.code == "charge_disputed"
    assert stripe_server.objects("refund") == []


def test_other_evidence_is_looked_at(client, disputed):
    sent = client.v1.disputes.update(
        disputed.id, {"evidence": {"product_description": "课桌"}, "metadata": {"case": "7"}}
    )

    assert (sent.status, sent.evidence_details.submission_count) == ("under_review", 1)
    assert sent.metadata.to_dict() == {"case": "7"}


def test_an_unknown_dispute_is_missing(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.disputes.retrieve("du_none")

    assert refused.value.code == "resource_missing"
