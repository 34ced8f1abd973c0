"""The only door into the ledger."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core import clock
from core.money import Money
from donations.exceptions import EntryKeyReusedError, UnbalancedEntryError
from donations.ledger.accounts import account_ids
from donations.models import Entry, Posting
from donations.states import EntryKind
from matching.models import Campaign, Need, PairingAgreement

Leg = tuple[str, Money]


def debit(account: str, amount: Money) -> Leg:
    """Return a leg that debits the account."""
    return account, amount


def credit(account: str, amount: Money) -> Leg:
    """Return a leg that credits the account."""
    return account, -amount


def post(
    *,
    key: str,
    kind: EntryKind,
    memo: str,
    legs: Sequence[Leg],
    campaign: Campaign | None = None,
    need: Need | None = None,
    agreement: PairingAgreement | None = None,
    township_code: str = "",
    reverses: Entry | None = None,
    booked_on: date | None = None,
) -> Entry:
    """Book a balanced fact once; the same ``key`` again returns the entry booked first.

    Joins the caller's transaction. ``memo`` is public: no name, no code that opens a
    page of somebody's own. ``booked_on`` defaults to the programme's today.

    Raises:
        UnbalancedEntryError: fewer than two legs, a leg of zero, or a currency that does
            not sum to zero. Nothing is written.
        EntryKeyReusedError: the key stands for other legs already.
    """
    _require_balance(key, legs)
    with transaction.atomic(savepoint=False):
        entry, created = Entry.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "memo": memo,
                "booked_on": booked_on or clock.today(),
                "campaign": campaign,
                "need": need,
                "agreement": agreement,
                "township_code": township_code,
                "reverses": reverses,
            },
        )
        if created:
            ids = account_ids({code for code, _amount in legs})
            Posting.objects.bulk_create(
                Posting(
                    entry=entry,
                    account_id=ids[code],
                    amount_minor=amount.minor,
                    currency=amount.currency,
                )
                for code, amount in legs
            )
    if not created:
        _require_same_legs(entry, legs)
    return entry


def reverse(*, entry: Entry, memo: str, key: str | None = None) -> Entry:
    """Book the opposite of an entry, once; corrections are made this way, never by change.

    The reversal keeps the entry's campaign, need, agreement and township, so that the
    same figures take it back.
    """
    legs = [
        (code, Money(-minor, currency))
        for code, minor, currency in entry.postings.values_list(
            "account__code", "amount_minor", "currency"
        )
    ]
    return post(
        key=key or f"{entry.key}:reversed",
        kind=EntryKind.REVERSAL,
        memo=memo,
        legs=legs,
        campaign=entry.campaign,
        need=entry.need,
        agreement=entry.agreement,
        township_code=entry.township_code,
        reverses=entry,
    )


def _require_balance(key: str, legs: Sequence[Leg]) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for _code, amount in legs:
        if not amount:
            raise UnbalancedEntryError(f"{key}: a leg of zero")
        sums[amount.currency] += amount.minor
    wrong = {currency: minor for currency, minor in sums.items() if minor}
    if len(legs) < 2 or wrong:
        raise UnbalancedEntryError(f"{key}: {len(legs)} legs, off by {wrong}")


def _require_same_legs(entry: Entry, legs: Sequence[Leg]) -> None:
    booked = Counter(entry.postings.values_list("account__code", "amount_minor", "currency"))
    asked = Counter((code, amount.minor, amount.currency) for code, amount in legs)
    if booked != asked:
        raise EntryKeyReusedError(f"{entry.key} is booked with other legs")
