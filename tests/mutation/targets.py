"""Which modules are mutated, and which tests have to notice: the only place that names them.

A target's tests stand nearest first; paths and node ids are as pytest takes them. What a test
computes when it is collected (arguments of ``parametrize``) comes from the unchanged source.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Target:
    """One source file, or the definitions of it that begin with one of ``within``.

    ``on_postgres`` are definitions that PostgreSQL alone runs: their mutants are made only
    where ``DATABASE_URL`` names one. All others run on SQLite, which is faster.
    """

    path: str
    tests: tuple[str, ...]
    within: tuple[str, ...] = ()
    on_postgres: tuple[str, ...] = ()


RULES = (
    "tests/matching/funds/engine/test_rules.py",
    "tests/matching/funds/engine/test_rules_properties.py",
)
FUNDS = (
    "tests/matching/funds/test_reserve.py",
    "tests/matching/funds/test_settle.py",
    "tests/matching/funds/test_neighbours.py",
    "tests/matching/funds/test_need_taken_meanwhile.py",
    "tests/matching/funds/test_caps.py",
    "tests/matching/funds/test_quote.py",
    "tests/matching/funds/test_funds.py",
    "tests/donations/giving/test_own_fund.py",
    "tests/donations/giving/test_flow.py",
    "tests/donations/giving/test_late_money.py",
)
NEED_MONEY = (
    "tests/matching/needs/test_need_funding.py",
    "tests/matching/needs/test_need_money_apart.py",
    "tests/matching/needs/test_purposes.py",
)
CONSENT = (
    "tests/matching/registry/test_consents.py",
    "tests/matching/registry/test_households.py",
    "tests/matching/registry/test_consent_in_force.py",
)
REFUNDS = (
    "tests/donations/provider/test_refund_requests.py",
    "tests/donations/provider/test_refunds.py",
    "tests/donations/provider/test_gifts_sent_back.py",
    "tests/donations/giving/test_late_money.py",
    "tests/donations/provider/test_match_share.py",
    "tests/donations/giving/test_statements.py",
    "tests/donations/payouts/test_disbursements.py",
)
POSTING = (
    "tests/donations/books/test_posting.py",
    "tests/donations/books/test_posting_many.py",
    "tests/donations/giving/test_flow.py",
    "tests/donations/books/test_books.py",
)
GATE = (
    "tests/matching/needs/test_publishing.py",
    "tests/matching/needs/test_resuming.py",
    "tests/matching/needs/test_pausing.py",
    *CONSENT,
)

TARGETS = (
    Target("matching/funds/engine/rules.py", RULES),
    Target("matching/funds/engine/slots.py", ("tests/matching/funds/engine/test_slots.py",)),
    Target("matching/funds/engine/explain.py", ("tests/matching/funds/engine/test_explain.py",)),
    Target(
        "matching/funds/selectors/rules.py", ("tests/matching/funds/test_fund_rules.py", *FUNDS)
    ),
    Target("matching/funds/services/reservations.py", FUNDS),
    Target("matching/funds/services/allocation.py", FUNDS),
    Target("matching/funds/services/caps.py", FUNDS),
    Target(
        "matching/funds/services/slots.py",
        FUNDS,
        on_postgres=("TAKE", "TAKE_ONLY_SLOT", "_HOLD_TAKEN", "MISSED", "_take_fast"),
    ),
    Target("matching/needs/services/funding.py", (*NEED_MONEY, *FUNDS)),
    Target("matching/needs/selectors/purposes.py", (*NEED_MONEY, *CONSENT, *FUNDS)),
    Target("matching/needs/selectors/publishing.py", GATE),
    Target("matching/needs/services/publishing.py", GATE),
    Target("matching/registry/services/consents.py", CONSENT),
    Target("matching/models/households.py", CONSENT, within=("ConsentQuerySet",)),
    Target("matching/models/needs.py", (*CONSENT, *NEED_MONEY), within=("NeedQuerySet",)),
    Target(
        "cms/stories/publishing.py",
        ("tests/cms/stories/test_publishing.py", "tests/cms/stories/test_who_publishes.py"),
    ),
    Target("donations/chart.py", POSTING),
    Target("donations/books/services/posting.py", POSTING),
    Target("donations/provider/services/refunds.py", REFUNDS),
    Target("donations/provider/services/refund_requests.py", REFUNDS),
)
# Found alive by hand once; always part of the check, whatever the sample draws.
MUST_DIE = frozenset(
    {
        (
            "matching/needs/selectors/purposes.py",
            (
                "CONSENT_IN_FORCE: AND (consent.expires_on IS NULL OR consent.expires_on >= %s)"
                " always true"
            ),
        ),
        (
            "donations/provider/services/refunds.py",
            "match_share: donation.matched_minor * gone_minor // donation.amount_minor rounded up",
        ),
    }
)
