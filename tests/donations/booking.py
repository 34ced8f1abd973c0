"""Entries as the services book them, for tests of the ledger, the board and the reports."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from core import clock
from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.models import Donor, Entry
from donations.states import EntryKind
from donations.tallies.services import tally_record
from matching.models import Milestone, PairingAgreement
from matching.purpose import Purpose
from matching.states import AgreementStatus
from tests.factories.matching import OrganisationFactory, UserFactory, make_tree

_numbers = count(1)
TOWN = "530627102000"
OTHER_TOWN = "530627103000"


def make_donor(**fields) -> Donor:
    """Return a donor of its own."""
    number = next(_numbers)
    return Donor.objects.create(
        email=f"donor{number}@example.org", email_index=f"{number:064d}", **fields
    )


def make_agreement(*, promised_minor=100_000, **fields) -> PairingAgreement:
    """Return an agreement in force with one milestone over all of it."""
    agreement = PairingAgreement.objects.create(
        organisation=OrganisationFactory(),
        village=make_tree().village,
        title="产业帮扶协议",
        title_en="Agreement on local produce",
        promised_minor=promised_minor,
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=365),
        status=AgreementStatus.ACTIVE,
        proposed_by=UserFactory(),
        decided_by=UserFactory(),
        decided_at=clock.now(),
        signed_on=clock.today(),
        **fields,
    )
    Milestone.objects.create(
        agreement=agreement, title="首期", due_on=clock.today(), amount_minor=promised_minor
    )
    return agreement


def _fund(need, campaign) -> str:
    return chart.fund_of((need or campaign).purpose)


def _for(need, campaign, township_code="") -> Purpose:
    """Return a purpose as a test puts it together, whatever the rows say of each other."""
    return replace(
        (need or campaign).purpose,
        campaign_id=campaign.pk if campaign else None,
        township_code=township_code,
    )


def book_gift(
    *, campaign=None, need=None, minor=1000, township_code="", donor=None, key="", **fields
) -> Entry:
    """Book a gift and its change on the board."""
    entry = post(
        key=key or f"test:gift:{next(_numbers)}",
        kind=EntryKind.GIFT,
        memo="捐赠到账",
        legs=[
            debit(chart.provider_balance("stripe"), Money(minor)),
            credit(_fund(need, campaign), Money(minor)),
        ],
        purpose=_for(need, campaign, township_code),
        **fields,
    )
    tally_record(
        entry=entry,
        campaign=campaign,
        township_code=township_code,
        cash_minor=minor,
        gifts=1,
        donor=donor,
    )
    return entry


def book_match(
    *, campaign=None, need=None, minor=1000, township_code="", fund="FTEST0001", **fields
) -> Entry:
    """Book a captured match and its change on the board."""
    entry = post(
        key=f"test:match:{next(_numbers)}",
        kind=EntryKind.MATCH,
        memo="配捐到账",
        legs=[
            debit(chart.match_fund(fund), Money(minor)),
            credit(_fund(need, campaign), Money(minor)),
        ],
        purpose=_for(need, campaign, township_code),
        **fields,
    )
    tally_record(entry=entry, campaign=campaign, township_code=township_code, matched_minor=minor)
    return entry


def book_refund(*, campaign=None, need=None, minor=1000, township_code="", **fields) -> Entry:
    """Book a refund and its change on the board."""
    entry = post(
        key=f"test:refund:{next(_numbers)}",
        kind=EntryKind.REFUND,
        memo="退款",
        legs=[
            debit(_fund(need, campaign), Money(minor)),
            credit(chart.provider_balance("stripe"), Money(minor)),
        ],
        purpose=_for(need, campaign, township_code),
        **fields,
    )
    tally_record(
        entry=entry, campaign=campaign, township_code=township_code, cash_minor=-minor, gifts=-1
    )
    return entry


def book_fee(*, campaign=None, need=None, minor=6, township_code="", **fields) -> Entry:
    """Book a payment fee, which no board shows."""
    return post(
        key=f"test:fee:{next(_numbers)}",
        kind=EntryKind.FEE,
        memo="支付手续费",
        legs=[
            debit(chart.FEES, Money(minor)),
            credit(chart.provider_balance("stripe"), Money(minor)),
        ],
        purpose=_for(need, campaign, township_code),
        **fields,
    )


def book_goods(*, campaign, minor=5000, township_code="", **fields) -> Entry:
    """Book goods at valuation and their change on the board."""
    entry = post(
        key=f"test:goods:{next(_numbers)}",
        kind=EntryKind.GOODS,
        memo="物资入账（估值）",
        legs=[
            debit(chart.GOODS_HELD, Money(minor)),
            credit(chart.campaign_goods(campaign.slug), Money(minor)),
        ],
        purpose=_for(None, campaign, township_code),
        **fields,
    )
    tally_record(entry=entry, campaign=campaign, township_code=township_code, goods_minor=minor)
    return entry


def book_payout(*, need, minor=1000, campaign=None, township_code="", **fields) -> Entry:
    """Book a disbursement of a need's money."""
    return post(
        key=f"test:payout:{next(_numbers)}",
        kind=EntryKind.DISBURSEMENT,
        memo="拨付",
        legs=[
            debit(chart.fund_of(need.purpose), Money(minor)),
            credit(chart.BANK, Money(minor)),
        ],
        purpose=_for(need, campaign, township_code),
        **fields,
    )


def book_instalment(*, agreement, minor=1000, **fields) -> Entry:
    """Book money that arrived under a pairing agreement."""
    return post(
        key=f"test:instalment:{next(_numbers)}",
        kind=EntryKind.INSTALMENT,
        memo="结对款到账",
        legs=[
            debit(chart.BANK, Money(minor)),
            credit(chart.fund_of(agreement.purpose), Money(minor)),
        ],
        purpose=agreement.purpose,
        **fields,
    )
