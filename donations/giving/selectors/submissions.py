"""A gift form that was sent: the gift it began before, and the room that gift holds."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from core.money import Money
from donations.giving.selectors.gifts import GiveTarget
from donations.models import Donation
from donations.states import DonationStatus
from matching.states import NeedStatus


@dataclass(frozen=True, slots=True)
class Submission:
    """What a sent form asks for; ``amount`` is None where none could be read.

    A page reached by «back» keeps its hidden ``form_token``, so the token alone does not
    say that the same gift is meant.
    """

    form_token: UUID
    target: GiveTarget
    amount: Money | None
    email: str

    @property
    def token(self) -> UUID:
        """The gift's own token: the same form sent twice is one gift, a changed one another.

        Raises:
            ValueError: without an amount there is no gift.
        """
        if self.amount is None:
            raise ValueError("a gift without an amount has no token")
        what = f"{self.target.code}|{self.amount.minor}|{self.amount.currency}"
        return uuid5(self.form_token, f"{what}|{self.email.casefold()}")


def gift_begun(submission: Submission) -> Donation | None:
    """Return the gift to a need that this very form began when it was sent before.

    Only a need can be full by that gift; a campaign always has room.
    """
    if submission.target.need is None:
        return None
    tokens = [submission.form_token]
    if submission.amount is not None:
        tokens.append(submission.token)
    gifts = Donation.objects.select_related("need", "campaign")
    mine = gifts.filter(client_token__in=tokens, need=submission.target.need)
    return mine.order_by("-pk").first()


def gift_of_form(form_token: UUID) -> Donation | None:
    """Return the gift that a form began when it was sent for the first time."""
    gifts = Donation.objects.select_related("donor", "need", "campaign")
    return gifts.filter(client_token=form_token).first()


def is_same_gift(first: Donation, submission: Submission) -> bool:
    """Return whether a form asks for the gift it began: amount, purpose and giver unchanged."""
    return (
        first.amount == submission.amount
        and first.given_for.code == submission.target.code
        and first.donor.email.casefold() == submission.email.casefold()
    )


def target_with_room_of(target: GiveTarget, gift: Donation) -> GiveTarget:
    """Count in the room that a form's own gift holds: it may have been the need's last."""
    if (
        target.need is None
        or target.need.status != NeedStatus.PUBLISHED
        or gift.status != DonationStatus.PENDING
    ):
        return target
    return replace(target, is_open=True, most=target.most + gift.amount)
