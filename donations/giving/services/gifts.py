"""Gifts before the money moves: promised, reserved, agreed to, given up."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, sql
from core.accounts.models import User
from core.money import Money
from donations.exceptions import GiftRefusedError
from donations.giving.services.donors import donor_for_email
from donations.giving.services.moves import donation_lock, donation_note
from donations.models import Donation
from donations.provider.gateways import taking
from donations.states import DonationStatus
from matching.exceptions import NeedShortfallError
from matching.funds.services.reservations import MatchOutcome, match_promise, match_reserve
from matching.needs.selectors.purposes import Appeal, campaign_purpose, need_purpose

GIVEN = "SELECT id FROM donations_donation WHERE client_token = %s"


def gift_start(
    *,
    client_token: UUID,
    amount: Money,
    email: str,
    need_code: str = "",
    campaign_slug: str = "",
    display_name: str = "",
    is_anonymous: bool = False,
    message: str = "",
    language: str = "zh-hans",
    user: User | None = None,
) -> Donation:
    """Promise a gift: hold its room at the need and its match, for as long as the lease.

    The same ``client_token`` returns the first gift, whatever else is passed. What the
    match funds hold is stored as the promise; show it before asking for money.

    Raises:
        GiftRefusedError: unknown or closed purpose, or an amount out of bounds.
        NeedShortfallError: less than the amount is missing. Nothing is saved.
    """
    first = _given(client_token)
    if first is not None:
        return first
    try:
        purpose = _purpose(need_code, campaign_slug)
        _require_amount(purpose, amount)
        donation = Donation(
            client_token=client_token,
            need_id=purpose.need_id,
            campaign_id=purpose.campaign_id,
            amount_minor=amount.minor,
            currency=amount.currency,
            is_anonymous=is_anonymous,
            display_name=display_name.strip(),
            message=message.strip(),
            language=language,
        )
        with transaction.atomic():
            donation.donor = donor_for_email(email=email, language=language, user=user)
            _promise(donation, purpose)
    except (IntegrityError, NeedShortfallError, GiftRefusedError):
        # The twin of a double click committed first, and took the need's last room perhaps.
        first = _given(client_token)
        if first is None:
            raise
        return first
    return donation


def _promise(donation: Donation, purpose: Appeal) -> None:
    """Hold match and room for a new gift and store it with the promise."""
    outcome = match_promise(
        reference=donation.code,
        amount=donation.amount,
        purpose=purpose,
        donor_key=donation.donor.email_index,
        donor_organisation_id=donation.donor.organisation_id,
        lease_until=clock.now() + timedelta(seconds=settings.MATCH_LEASE_SECONDS),
    )
    donation.promised_match_minor = outcome.total_minor
    donation.match_explanation = outcome.explanation
    sql.insert(donation)


def _given(client_token: UUID) -> Donation | None:
    """Return the gift of a form that was sent before; hardly ever is there one."""
    found = sql.rows(GIVEN, [sql.stored(client_token)])
    return Donation.objects.get(pk=found[0][0]) if found else None


def match_hold(
    *, donation: Donation, lease: timedelta, gift_committed: bool = False
) -> MatchOutcome:
    """Reserve what the match funds have for a gift, or return what they hold already."""
    return match_reserve(
        reference=donation.code,
        amount=donation.amount,
        need_id=donation.need_id,
        campaign_id=donation.campaign_id,
        donor_key=donation.donor.email_index,
        donor_organisation_id=donation.donor.organisation_id,
        lease_until=clock.now() + lease,
        gift_committed=gift_committed,
    )


def match_hold_again(*, donation: Donation, lease: timedelta) -> MatchOutcome:
    """Reserve anew for a gift whose lease ran out. The caller holds the gift's row.

    A gift still waiting has its room at the need already; its match takes the rest.
    """
    waiting = donation.need_id is not None and donation.status == DonationStatus.PENDING
    return match_hold(donation=donation, lease=lease, gift_committed=waiting)


@transaction.atomic
def match_waive(*, donation_id: int, shown_minor: int) -> Donation:
    """Record that the donor goes on with a smaller match than was shown (``shown_minor``).

    Rule 4 (docs/rules.md): money is only taken with the promised match held, or with this
    on record. Waived already: nothing happens.
    """
    donation = donation_lock(donation_id=donation_id)
    if donation.match_waived_at is None:
        donation.match_waived_at = clock.now()
        donation.save(update_fields=["match_waived_at", "updated_at"])
        shown = Money(shown_minor, donation.currency).decimal_text()
        now = Money(donation.promised_match_minor, donation.currency).decimal_text()
        donation_note(donation=donation, cause=f"donor accepted a match of {now}, shown {shown}")
    return donation


def _purpose(need_code: str, campaign_slug: str) -> Appeal:
    purpose = (
        need_purpose(need_code=need_code) if need_code else campaign_purpose(slug=campaign_slug)
    )
    if purpose is None or not purpose.is_open or purpose.missing_minor == 0:
        raise GiftRefusedError(_("这里目前不接受捐赠。请看看其他需求。"))
    return purpose


def _require_amount(purpose: Appeal, amount: Money) -> None:
    if amount.currency != purpose.currency:
        raise GiftRefusedError(_("这里只接受 %(currency)s。") % {"currency": purpose.currency})
    room = purpose.missing_minor
    largest = taking().largest_minor
    most = largest if room is None else min(room, largest)
    least = min(taking().smallest_minor, most)
    if amount.minor < least:
        raise GiftRefusedError(_("最少捐 %(least)s。") % {"least": Money(least, amount.currency)})
    if most < amount.minor:
        raise GiftRefusedError(
            _("目前最多可捐 %(most)s。") % {"most": Money(most, amount.currency)}
        )
