"""May this need be shown to strangers, and if not, why not."""

from django.utils.translation import gettext as _

from matching.models import Consent, Household, Need
from matching.states import VERIFIED_STATUSES, ConsentScope, NoticeStatus

# A public card must fit at least this many registered households of the township.
CARD_K = 5


def consent_in_force(household_id: int, scope: ConsentScope) -> bool:
    """Return whether the household's consent of that scope stands today."""
    return Consent.objects.in_force(scope).filter(household_id=household_id).exists()


def card_k(need: Need) -> int:
    """Return how many registered households the need's public card could be about.

    A card shows township and size band at the finest, so those are counted; a village
    whose township is not recorded counts for itself.
    """
    alike = Household.objects.filter(size_band=need.household.size_band)
    township = need.village.township
    if township is None:
        return alike.filter(village_id=need.village_id).count()
    return alike.filter(village__region__parent=township).count()


def publishing_refusal(need: Need) -> str | None:
    """Return why the need may not be public, in the reader's language; None if it may.

    None also for a need that is public already and still meets every condition.
    """
    if need.status not in VERIFIED_STATUSES:
        return _("需求“%(code)s”的状态是“%(status)s”，完成核实与公示后才能发布。") % {
            "code": need.code,
            "status": need.get_status_display(),
        }
    if not need.notices.filter(status=NoticeStatus.PASSED).exists():
        return _("需求“%(code)s”没有已通过的公示，不能发布。") % {"code": need.code}
    if not consent_in_force(need.household_id, ConsentScope.PUBLISH_NEED):
        return _("农户对“公开需求”的同意未取得、已撤回或已过期，不能发布。请先由驻村干部补录同意。")
    alike = card_k(need)
    if alike < CARD_K:
        return _(
            "本乡镇同等人口规模的登记农户只有 %(alike)d 户，少于 %(least)d 户，"
            "公开后可能被认出，不能发布。"
        ) % {"alike": alike, "least": CARD_K}
    return None
