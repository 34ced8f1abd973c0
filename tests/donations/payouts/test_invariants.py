"""The standing rules hold after money, goods and instalments went all their ways."""

import pytest

from core.money import Money
from donations.offline.services.goods import goods_confirm, goods_refuse
from donations.offline.services.instalments import instalment_refuse
from donations.payouts.services.disbursements import disbursement_refuse
from donations.tallies.services import tally_fold
from matching.models import Need
from tests.factories.donations import collect_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory
from tests.factories.payouts import Pairing, arrive, goods, officer, pay, propose, recorded
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db


def test_no_rule_is_broken_after_every_kind_of_decision(fake):
    campaign = CampaignFactory()
    MatchFundFactory(authorised_minor=30_000)
    need = NeedFactory(published=True, campaign=campaign)
    collect_gift(need, 40_000)
    pay(need, 25_000)
    refused = propose(need, 10_000, officer())
    disbursement_refuse(disbursement_id=refused.pk, actor=officer(), reason="账户不对")
    agreement = Pairing().active()
    arrive(agreement, 60_000)
    pay(agreement, 20_001)
    line = recorded(agreement, 5_000, "LINE-9", officer())
    instalment_refuse(instalment_id=line.pk, actor=officer(), reason="不是这份协议的")
    goods_confirm(goods_id=goods(campaign, officer()).pk, actor=officer())
    goods_refuse(goods_id=goods(campaign, officer()).pk, actor=officer(), reason="数量不符")
    tally_fold()

    assert_invariants()
    assert Need.objects.get(pk=need.pk).collected == Money(70_000)
