"""Proposing and deciding, apart from what is decided."""

import pytest

from core.exceptions import AlreadyDecidedError, FormReusedError, SamePersonError
from core.two_people.services import decide, require_form_unused, require_other_person
from core.two_people.states import PROPOSAL_TRANSITIONS, ProposalStatus
from donations.models import GoodsGift
from tests.factories.matching import CampaignFactory, UserFactory
from tests.factories.payouts import goods, officer

pytestmark = pytest.mark.django_db
P = ProposalStatus


@pytest.fixture
def proposal(db):
    return goods(CampaignFactory(), officer())


def test_a_decision_ends_the_proposal():
    assert set(PROPOSAL_TRANSITIONS) == set(P)
    assert PROPOSAL_TRANSITIONS[P.PROPOSED] == {P.CONFIRMED, P.REFUSED}
    assert not PROPOSAL_TRANSITIONS[P.CONFIRMED] | PROPOSAL_TRANSITIONS[P.REFUSED]


def test_proposing_is_no_decision(proposal):
    with pytest.raises(ValueError, match="no decision"):
        decide(proposal=proposal, actor=officer(), to=P.PROPOSED)


def test_a_row_read_before_somebody_else_decided_decides_nothing(proposal):
    first, second = officer(), officer()
    stale, again = GoodsGift.objects.get(), GoodsGift.objects.get()

    assert decide(proposal=proposal, actor=first, to=P.CONFIRMED)
    with pytest.raises(AlreadyDecidedError, match="已入账"):
        decide(proposal=stale, actor=second, to=P.REFUSED, reason="不符")
    assert not decide(proposal=again, actor=first, to=P.CONFIRMED)

    assert again.decided_by == first
    row = GoodsGift.objects.get()
    assert (row.status, row.decided_by, row.refusal_reason) == (P.CONFIRMED, first, "")


def test_a_form_is_one_proposal(proposal):
    require_form_unused(first=proposal, actor=proposal.proposed_by, same=True)
    for actor, same in [(proposal.proposed_by, False), (UserFactory(), True)]:
        with pytest.raises(FormReusedError, match="已提交过"):
            require_form_unused(first=proposal, actor=actor, same=same)


def test_one_of_many_proposers_is_one_too_many():
    first, second = UserFactory(), UserFactory(is_superuser=True)

    require_other_person(actor=UserFactory(), proposers=[first.pk, second.pk])
    with pytest.raises(SamePersonError):
        require_other_person(actor=second, proposers=[first.pk, second.pk])


def test_filters_tell_whose_turn_it_is(proposal):
    assert list(GoodsGift.objects.waiting().of_others(officer())) == [proposal]
    assert list(GoodsGift.objects.waiting().of_others(proposal.proposed_by)) == []
    decide(proposal=proposal, actor=officer(), to=P.CONFIRMED)
    assert list(GoodsGift.objects.waiting()) == []
    assert list(GoodsGift.objects.over()) == [proposal]
