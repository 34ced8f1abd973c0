"""Delivery confirmed in the field: with evidence, by somebody who did not pay, and told."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.dispatch import enqueue_on_commit
from core.exceptions import SamePersonError
from donations import task_names
from donations.exceptions import DeliveryRefusedError
from donations.models import Delivery, DeliveryNotice
from donations.payouts.selectors.deliveries import delivery_of, latest_gifts_of_givers, paid_by
from matching.models import Evidence, Need
from matching.needs.services.evidence import evidence_add
from matching.needs.services.funding import need_close
from matching.needs.services.transitions import need_locked
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import NeedStatus, Role


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What the officer says; both notes are read by strangers."""

    delivered_on: date
    note: str
    note_en: str = ""
    household_confirmed: bool = False


def delivery_confirm(
    *, need_id: int, actor: User, upload: UploadedFile, facts: DeliveryFacts
) -> Delivery:
    """Confirm with a photo that the help reached the household, close the need, tell the givers.

    Call outside any transaction: the photo is decoded and kept first. Confirmed already
    by the same person: that delivery is returned.

    Raises:
        RoleMissingError: not an officer of that village.
        SamePersonError: proposed or approved a pay-out of this need.
        DeliveryRefusedError: not paid out yet, confirmed already, a date that cannot be, or
            a note that would identify somebody.
        EvidenceRefusedError: not a readable picture.
    """
    done = _check(need_id, actor, facts)
    if done is not None:
        return done
    evidence = evidence_add(
        need_id=need_id, actor=actor, upload=upload, purpose=Evidence.Purpose.DELIVERY
    )
    return _confirm(need_id, actor, evidence, facts)


@transaction.atomic
def _check(need_id: int, actor: User, facts: DeliveryFacts) -> Delivery | None:
    """Return the delivery where this person confirmed it before; refuse what may not be."""
    need = need_locked(need_id=need_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=need.village.region)
    if paid_by(need, actor):
        raise SamePersonError(_("您经办过这个需求的拨付，送达要由另一位驻村干部确认。"))
    delivery = delivery_of(need)
    if delivery is not None and delivery.confirmed_by_id == actor.pk:
        return delivery
    if need.status != NeedStatus.DISBURSED:
        raise DeliveryRefusedError(
            _("需求现在是“%(status)s”，只有已拨付的需求可以确认送达。")
            % {"status": need.get_status_display()}
        )
    _check_facts(need, facts)
    return None


def _check_facts(need: Need, facts: DeliveryFacts) -> None:
    if facts.delivered_on > clock.today():
        raise DeliveryRefusedError(_("送达日期不能晚于今天。"))
    if need.verified_at and facts.delivered_on < clock.day_of(need.verified_at):
        raise DeliveryRefusedError(_("送达日期不能早于需求核实的日期。"))
    if not facts.note.strip():
        raise DeliveryRefusedError(_("请填写送达说明。"))
    if text_identifies(text=f"{facts.note} {facts.note_en}", household_id=need.household_id):
        raise DeliveryRefusedError(
            _("送达说明会公开，不能出现姓名、电话、证件号或账号。请改写后再提交。")
        )


@transaction.atomic
def _confirm(need_id: int, actor: User, evidence: Evidence, facts: DeliveryFacts) -> Delivery:
    done = _check(need_id, actor, facts)
    if done is not None:
        return done
    delivery = Delivery.objects.create(
        need_id=need_id,
        note=facts.note.strip(),
        note_en=facts.note_en.strip(),
        delivered_on=facts.delivered_on,
        evidence=evidence,
        confirmed_by=actor,
        household_confirmed=facts.household_confirmed,
    )
    need = need_close(need_id=need_id, actor=actor)
    audit.record(
        actor=actor,
        action="delivery.confirmed",
        object_label="donations.delivery",
        object_ref=need.code,
        evidence=evidence.sha256,
    )
    enqueue_on_commit(task_names.DELIVERY_TELL, delivery_id=delivery.pk)
    return delivery


@transaction.atomic
def delivery_tell(*, delivery_id: int) -> int:
    """Note every giver who is to hear of a delivery, once each; return how many were new."""
    delivery = Delivery.objects.select_related("need").get(pk=delivery_id)
    told = set(delivery.notices.values_list("donor_id", flat=True))
    new = [
        DeliveryNotice(delivery=delivery, donor_id=gift.donor_id, donation=gift)
        for gift in latest_gifts_of_givers(delivery.need)
        if gift.donor_id not in told
    ]
    DeliveryNotice.objects.bulk_create(new, ignore_conflicts=True)
    unsent = delivery.notices.filter(sent_at__isnull=True).order_by("pk")
    for pk in unsent.values_list("pk", flat=True):
        enqueue_on_commit(task_names.DELIVERY_MAIL, key=f"delivery-mail:{pk}", notice_id=pk)
    return len(new)
