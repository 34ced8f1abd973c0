"""Money on its way out, pairing agreements and goods, as small as they may be."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from core import clock
from core.accounts.models import User
from core.money import Money
from donations.models import Disbursement, GoodsGift, Instalment
from donations.offline.services.goods import GoodsLine, goods_record
from donations.offline.services.instalments import instalment_confirm, instalment_record
from donations.payouts.services.disbursements import disbursement_approve, disbursement_propose
from donations.states import PayeeKind
from matching.models import Campaign, Need, PairingAgreement
from matching.pairings.services import (
    AgreementTerms,
    MilestoneTerms,
    agreement_accept,
    agreement_propose,
)
from matching.states import Role
from tests.donations.booking import book_gift
from tests.factories.matching import (
    NeedFactory,
    OrganisationFactory,
    UserFactory,
    make_person,
    make_tree,
)


def officer(**fields) -> User:
    """Return a fund officer."""
    return make_person(Role.FUND_OFFICER, **fields)


def funded_need(minor: int = 100_000, **fields) -> Need:
    """Return a need with that much on its ledger account; funded unless told otherwise."""
    fields.setdefault("target_minor", minor)
    trait = {} if "published" in fields else {"funded": True}
    need = NeedFactory(**trait, **fields)
    if need.collected_minor == 0:
        Need.objects.filter(pk=need.pk).update(committed_minor=minor, collected_minor=minor)
        need.refresh_from_db()
    book_gift(need=need, campaign=need.campaign, minor=minor)
    return need


def propose(purpose: Need | PairingAgreement, minor: int, actor: User, **more) -> Disbursement:
    """Return a proposal to pay from a purpose."""
    key = "need_id" if isinstance(purpose, Need) else "agreement_id"
    values = {
        "payee_kind": PayeeKind.SUPPLIER,
        "payee": "供货商 6222020000001234567",
        "note": "购买课桌",
        key: purpose.pk,
    }
    return disbursement_propose(actor=actor, amount=Money(minor), **(values | more))


def pay(purpose: Need | PairingAgreement, minor: int, **more) -> Disbursement:
    """Return a disbursement proposed by one officer and approved by another."""
    payout = propose(purpose, minor, more.pop("proposer", None) or officer())
    return disbursement_approve(
        disbursement_id=payout.pk,
        actor=more.pop("approver", None) or officer(),
        bank_reference=more.pop("bank_reference", f"BANK-{payout.code}"),
    )


@dataclass
class Pairing:
    """The people of one agreement, and its terms."""

    organisation: object = field(default_factory=OrganisationFactory)
    partner: User = None
    approver: User = None
    village_officer: User = None

    def __post_init__(self) -> None:
        tree = make_tree()
        self.partner = make_person(Role.PARTNER, organisation=self.organisation)
        self.approver = make_person(Role.COUNTY_APPROVER, tree.county)
        self.village_officer = make_person(Role.VILLAGE_OFFICER, tree.village.region)

    def terms(self, *amounts: int, **changes) -> AgreementTerms:
        """Return terms with one step per amount."""
        start = clock.today()
        values = {
            "organisation_id": self.organisation.pk,
            "village_id": make_tree().village.pk,
            "title": "茶园共建协议",
            "title_en": "Tea garden agreement",
            "starts_on": start,
            "ends_on": start + timedelta(days=365),
            "milestones": [
                MilestoneTerms(f"第{number}步", start + timedelta(days=30 * number), minor)
                for number, minor in enumerate(amounts or (60_000, 40_000), start=1)
            ],
        }
        return AgreementTerms(**(values | changes))

    def proposed(self, *amounts: int) -> PairingAgreement:
        """Return a proposal."""
        return agreement_propose(actor=self.partner, terms=self.terms(*amounts))

    def active(self, *amounts: int) -> PairingAgreement:
        """Return an agreement in force."""
        agreement = self.proposed(*amounts)
        return agreement_accept(agreement_id=agreement.pk, actor=self.approver)


def arrive(agreement: PairingAgreement, minor: int, reference: str = "") -> Instalment:
    """Return a confirmed instalment tied to the agreement's first step."""
    row = recorded(agreement, minor, reference or f"IN-{agreement.code}-{minor}", officer())
    return instalment_confirm(instalment_id=row.pk, actor=officer())


def recorded(
    agreement: PairingAgreement, minor: int, reference: str, actor: User, on: date | None = None
) -> Instalment:
    """Return a recorded instalment that waits to be confirmed."""
    return instalment_record(
        actor=actor,
        milestone_id=agreement.milestones.first().pk,
        amount=Money(minor),
        bank_reference=reference,
        received_on=on or clock.today(),
    )


def goods(campaign: Campaign, actor: User, minor: int = 50_000, **changes) -> GoodsGift:
    """Return recorded goods that wait to be confirmed."""
    values = {
        "description": "棉被",
        "quantity": 10,
        "unit": "床",
        "value": Money(minor),
        "basis": "发票 0042",
    }
    code = changes.pop("code", "")
    return goods_record(
        actor=actor,
        campaign_id=campaign.pk,
        village_id=changes.pop("village_id", make_tree().village.pk),
        line=GoodsLine(**(values | changes)),
        code=code,
    )


def superuser() -> User:
    """Return somebody who may do anything in Django and holds no role here."""
    return UserFactory(is_superuser=True, is_staff=True)
