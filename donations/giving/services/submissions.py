"""Taking a sent gift form: once for the same wish, anew for a changed one."""

from collections.abc import Callable

from core.accounts.models import User
from donations.giving.selectors.submissions import Submission, gift_of_form, is_same_gift
from donations.giving.services.gifts import gift_start, match_waive
from donations.models import Donation
from donations.states import DonationStatus


def gift_submit(
    *,
    submission: Submission,
    cancel: Callable[..., object],
    display_name: str = "",
    is_anonymous: bool = False,
    message: str = "",
    language: str = "zh-hans",
    user: User | None = None,
) -> Donation:
    """Promise the gift that a form asks for; the same form sent again returns its gift.

    A form that was reached by «back» and changed asks for another gift: the first one, if
    it still waits, steps aside. ``cancel`` ends it by ``donation_id`` and closes its
    payment page, so call this outside any transaction.

    Raises:
        ValueError: the form has no amount.
        RefusedError: as ``gift_start``.
    """
    if submission.amount is None:
        raise ValueError("a gift needs an amount")
    token, target = submission.form_token, submission.target
    first = gift_of_form(token)
    if first is not None and not is_same_gift(first, submission):
        if first.status == DonationStatus.PENDING:
            cancel(donation_id=first.pk)
        token = submission.token
    return gift_start(
        client_token=token,
        need_code=target.code if target.need else "",
        campaign_slug="" if target.need else target.code,
        amount=submission.amount,
        email=submission.email,
        display_name=display_name,
        is_anonymous=is_anonymous,
        message=message,
        language=language,
        user=user,
    )


def match_agree(*, donation: Donation, shown_minor: int | None, accepted_minor: int | None) -> bool:
    """Return whether the donor may be led to pay; False where they have to be asked first.

    ``shown_minor`` is the match that stood beside this amount, None if none did. Less
    than that, or anything not shown, has to be accepted as it is held now
    (``accepted_minor``); that a smaller match was accepted goes on the record.
    """
    promised = donation.promised_match_minor
    if shown_minor is not None and promised >= shown_minor:
        return True
    if accepted_minor != promised:
        return False
    if shown_minor is not None:
        match_waive(donation_id=donation.pk, shown_minor=shown_minor)
    return True
