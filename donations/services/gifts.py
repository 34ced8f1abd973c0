"""Gifts before the money moves: promised, reserved, agreed to, given up."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.money import Money
from donations.exceptions import GiftRefusedError
from donations.models import Donation
from donations.selectors.gifts import GiveTarget, target_of_campaign, target_of_need
from donations.services.donation_moves import donation_lock, donation_note
from donations.services.donors import donor_for_email
from donations.states import DonationStatus
from matching.models import Campaign, Need
from matching.services.need_funding import need_commit
from matching.services.reservations import MatchOutcome, match_reserve


@transaction.atomic
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
    first = Donation.objects.filter(client_token=client_token).first()
    if first is not None:
        return first
    target = _target(need_code, campaign_slug)
    _require_amount(target, amount)
    try:
        with transaction.atomic():
            donation = Donation.objects.create(
                client_token=client_token,
                donor=donor_for_email(email=email, language=language, user=user),
                need=target.need,
                campaign=target.campaign,
                amount_minor=amount.minor,
                currency=amount.currency,
                is_anonymous=is_anonymous,
                display_name=display_name.strip(),
                message=message.strip(),
                language=language,
            )
    except IntegrityError:
        # The twin of a double click committed first.
        return Donation.objects.get(client_token=client_token)
    gift_reserve(donation=donation)
    return donation


def gift_reserve(*, donation: Donation) -> None:
    """Hold match and room for a gift and store the promise. The caller holds the gift's row."""
    outcome = match_hold(donation=donation, lease=timedelta(seconds=settings.MATCH_LEASE_SECONDS))
    if donation.need_id:
        need_commit(need_id=donation.need_id, amount_minor=donation.amount_minor)
    donation.promised_match_minor = outcome.total_minor
    donation.match_explanation = outcome.explanation
    donation.save(update_fields=["promised_match_minor", "match_explanation", "updated_at"])


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

    Rule 4: money is only taken with the promised match held, or with this on record.
    Waived already: nothing happens.
    """
    donation = donation_lock(donation_id=donation_id)
    if donation.match_waived_at is None:
        donation.match_waived_at = clock.now()
        donation.save(update_fields=["match_waived_at", "updated_at"])
        shown = Money(shown_minor, donation.currency).decimal_text()
        now = Money(donation.promised_match_minor, donation.currency).decimal_text()
        donation_note(donation=donation, cause=f"donor accepted a match of {now}, shown {shown}")
    return donation


def _target(need_code: str, campaign_slug: str) -> GiveTarget:
    if need_code:
        need = Need.objects.public().select_related("campaign").filter(code=need_code).first()
        target = target_of_need(need) if need else None
    else:
        campaign = Campaign.objects.filter(slug=campaign_slug).first()
        target = target_of_campaign(campaign) if campaign else None
    if target is None or not target.is_open:
        raise GiftRefusedError(_("这里目前不接受捐赠。请看看其他需求。"))
    return target


def _require_amount(target: GiveTarget, amount: Money) -> None:
    if amount.currency != target.most.currency:
        raise GiftRefusedError(_("这里只接受 %(currency)s。") % {"currency": target.most.currency})
    if amount < target.least:
        raise GiftRefusedError(_("最少捐 %(least)s。") % {"least": target.least})
    if target.most < amount:
        raise GiftRefusedError(_("目前最多可捐 %(most)s。") % {"most": target.most})
