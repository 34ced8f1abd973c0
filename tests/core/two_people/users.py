"""Whatever takes two people, each as the same few steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.accounts.models import User
from core.exceptions import AlreadyDecidedError, ReasonMissingError, RefusedError
from core.two_people.models import Proposal
from donations.exceptions import SettlementRefusedError
from donations.models import Disbursement, EventSettlement, GoodsGift, Instalment
from donations.offline.services.goods import goods_confirm, goods_refuse
from donations.offline.services.instalments import instalment_confirm, instalment_refuse
from donations.payouts.services.disbursements import disbursement_approve, disbursement_refuse
from donations.provider import gateways
from donations.provider.services.settlements import (
    return_confirm,
    return_propose,
    return_refuse,
)
from matching.exceptions import AgreementRefusedError
from matching.models import PairingAgreement, RoleAssignment
from matching.pairings.services import agreement_accept, agreement_end, agreement_propose
from matching.states import Role
from tests.donations.provider.steps import refund_sent_back
from tests.factories.matching import (
    CampaignFactory,
    NeedFactory,
    RoleAssignmentFactory,
    make_person,
    make_tree,
)
from tests.factories.payouts import Pairing, funded_need, goods, officer, propose, recorded


@dataclass(frozen=True)
class TakesTwo:
    """One user of the rule. ``proposed`` makes a proposal of somebody who could decide too."""

    name: str
    model: type[Proposal]
    proposed: Callable[[User], Proposal]
    confirm: Callable[[Proposal, User], Proposal]
    refuse: Callable[[Proposal, User, str], Proposal]
    proposer: Callable[..., User] = officer
    decider: Callable[..., User] = officer
    # Columns that go with a confirmation.
    facts: dict[str, Any] = field(default_factory=dict)
    # The refusal of a confirmation that comes after one, by anybody.
    late: type[RefusedError] = AlreadyDecidedError
    # Whether the one who confirmed may say so again.
    repeatable: bool = True
    without_reason: type[RefusedError] = ReasonMissingError

    def __str__(self) -> str:
        return self.name


def _instalment(actor: User) -> Instalment:
    return recorded(Pairing().active(), 60_000, "LINE-1", actor)


def _settlement(actor: User) -> EventSettlement:
    need = NeedFactory(published=True, campaign=CampaignFactory())
    event = refund_sent_back(gateways.named("stripe"), need)
    return return_propose(event_id=event.pk, actor=actor, reason="银行退回。")


def _representative(**fields) -> User:
    return make_person(Role.PARTNER, organisation=Pairing().organisation, **fields)


def _agreement(actor: User) -> PairingAgreement:
    """Propose for an organisation; whoever did so changes sides to the county afterwards."""
    own = RoleAssignment.objects.get(user=actor)
    pairing = Pairing(organisation=own.organisation)
    agreement = agreement_propose(actor=actor, terms=pairing.terms())
    own.delete()
    RoleAssignmentFactory(user=actor, role=Role.COUNTY_APPROVER, region=make_tree().county)
    return agreement


def _approver(**fields) -> User:
    return make_person(Role.COUNTY_APPROVER, make_tree().county, **fields)


USERS = (
    TakesTwo(
        "disbursement",
        Disbursement,
        lambda actor: propose(funded_need(), 100_000, actor),
        lambda row, actor: disbursement_approve(
            disbursement_id=row.pk, actor=actor, bank_reference="OUT-1"
        ),
        lambda row, actor, reason: disbursement_refuse(
            disbursement_id=row.pk, actor=actor, reason=reason
        ),
        facts={"bank_reference": "OUT-1"},
    ),
    TakesTwo(
        "instalment",
        Instalment,
        _instalment,
        lambda row, actor: instalment_confirm(instalment_id=row.pk, actor=actor),
        lambda row, actor, reason: instalment_refuse(
            instalment_id=row.pk, actor=actor, reason=reason
        ),
    ),
    TakesTwo(
        "goods",
        GoodsGift,
        lambda actor: goods(CampaignFactory(), actor),
        lambda row, actor: goods_confirm(goods_id=row.pk, actor=actor),
        lambda row, actor, reason: goods_refuse(goods_id=row.pk, actor=actor, reason=reason),
    ),
    TakesTwo(
        "settlement",
        EventSettlement,
        _settlement,
        lambda row, actor: return_confirm(settlement_id=row.pk, actor=actor),
        lambda row, actor, reason: return_refuse(settlement_id=row.pk, actor=actor, reason=reason),
        # The provider's figures are asked first: nothing more came back.
        late=SettlementRefusedError,
        repeatable=False,
    ),
    TakesTwo(
        "agreement",
        PairingAgreement,
        _agreement,
        lambda row, actor: agreement_accept(agreement_id=row.pk, actor=actor),
        lambda row, actor, reason: agreement_end(agreement_id=row.pk, actor=actor, reason=reason),
        proposer=_representative,
        decider=_approver,
        facts={"signed_on": clock.today()},
        without_reason=AgreementRefusedError,
    ),
)
