"""Paying out: two people, never more than is there, booked once."""

import pytest
from django.db import IntegrityError, connection, transaction

from core.exceptions import (
    AlreadyDecidedError,
    FormReusedError,
    ReasonMissingError,
    SamePersonError,
)
from core.models import AuditEvent
from core.money import Money
from core.two_people.states import ProposalStatus
from donations.books.selectors.standing import balances, standing
from donations.exceptions import PayoutRefusedError
from donations.models import Disbursement, Entry
from donations.payouts.selectors.disbursements import (
    disbursements_waiting,
    masked_account,
    needs_to_pay,
)
from donations.payouts.services.disbursements import (
    disbursement_approve,
    disbursement_refuse,
    payee_open,
)
from donations.states import EntryKind
from matching.exceptions import RoleMissingError
from matching.models import Need, NeedEvent
from matching.states import NeedStatus, Role
from tests.donations.booking import book_refund
from tests.factories.matching import CampaignFactory, make_person
from tests.factories.payouts import Pairing, arrive, funded_need, officer, pay, propose, superuser

pytestmark = pytest.mark.django_db


def approve(payout, actor, reference="BANK-1"):
    return disbursement_approve(disbursement_id=payout.pk, actor=actor, bank_reference=reference)


def test_a_payout_by_two_people_is_booked_and_moves_the_need():
    need = funded_need(campaign=CampaignFactory())
    first, second = officer(), officer()
    payout = propose(need, 100_000, first)

    assert payout.status == ProposalStatus.PROPOSED
    assert standing(need.purpose).available == Money(0)
    approve(payout, second)

    payout.refresh_from_db()
    need.refresh_from_db()
    assert (payout.status, payout.decided_by) == (ProposalStatus.CONFIRMED, second)
    assert need.status == NeedStatus.DISBURSED
    entry = Entry.objects.get(kind=EntryKind.DISBURSEMENT)
    assert entry.key == f"payout:{payout.code}"
    assert (entry.need, entry.campaign) == (need, need.campaign)
    assert entry.township_code == "530627102000"
    assert dict(entry.postings.values_list("account__code", "amount_minor")) == {
        f"funds:need:{need.code}": 100_000,
        "assets:bank": -100_000,
    }
    moved = NeedEvent.objects.get(need=need)
    assert (moved.new_status, moved.actor, moved.role) == ("disbursed", second, Role.FUND_OFFICER)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "actor")) == [
        ("disbursement.proposed", first.pk),
        ("disbursement.approved", second.pk),
    ]


def test_nothing_booked_says_whose_account_was_paid():
    need = funded_need()

    payout = pay(need, 100_000)

    entry = Entry.objects.get(kind=EntryKind.DISBURSEMENT)
    assert "6222" not in entry.memo + entry.key
    assert "6222" not in str(AuditEvent.objects.values_list("detail", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT payee FROM donations_disbursement WHERE id = %s", [payout.pk])
        assert "6222" not in cursor.fetchone()[0]


def test_the_proposer_never_approves_not_even_a_superuser():
    need = funded_need()
    both = officer(is_superuser=True)
    payout = propose(need, 100_000, both)

    with pytest.raises(SamePersonError):
        approve(payout, both)

    payout.refresh_from_db()
    assert payout.status == ProposalStatus.PROPOSED
    assert Entry.objects.filter(kind=EntryKind.DISBURSEMENT).count() == 0


def test_the_database_itself_refuses_one_person_twice():
    payout = propose(funded_need(), 100_000, officer())

    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.filter(pk=payout.pk).update(decided_by=payout.proposed_by)


@pytest.mark.parametrize(
    "person", [superuser, lambda: make_person(Role.AUDITOR), lambda: make_person(Role.EDITOR)]
)
def test_without_the_role_nothing_is_proposed_approved_or_refused(person):
    need = funded_need()
    waiting = propose(need, 1_000, officer())
    stranger = person()

    with pytest.raises(RoleMissingError):
        propose(need, 1_000, stranger)
    with pytest.raises(RoleMissingError):
        approve(waiting, stranger)
    with pytest.raises(RoleMissingError):
        disbursement_refuse(disbursement_id=waiting.pk, actor=stranger, reason="不行")
    with pytest.raises(RoleMissingError):
        payee_open(disbursement_id=waiting.pk, actor=stranger)

    waiting.refresh_from_db()
    assert waiting.status == ProposalStatus.PROPOSED
    assert Disbursement.objects.count() == 1


def test_approving_twice_books_once():
    need = funded_need()
    second = officer()
    payout = propose(need, 100_000, officer())

    approve(payout, second)
    approve(payout, second)

    assert Entry.objects.filter(kind=EntryKind.DISBURSEMENT).count() == 1
    with pytest.raises(AlreadyDecidedError):
        approve(payout, officer(), "BANK-2")
    with pytest.raises(AlreadyDecidedError):
        approve(payout, second, "BANK-2")


def test_the_same_form_sent_twice_is_one_proposal():
    need, person = funded_need(), officer()

    first = propose(need, 10_000, person, code="Z0000000A")
    second = propose(need, 10_000, person, code="Z0000000A")

    assert first == second
    with pytest.raises(FormReusedError):
        propose(need, 20_000, person, code="Z0000000A")
    with pytest.raises(FormReusedError):
        propose(need, 10_000, officer(), code="Z0000000A")
    assert Disbursement.objects.count() == 1


@pytest.mark.parametrize("minor", [0, -5, 60_001])
def test_more_than_is_free_is_refused(minor):
    need = funded_need()
    propose(need, 40_000, officer())

    with pytest.raises(PayoutRefusedError):
        propose(need, minor, officer())

    assert Disbursement.objects.count() == 1


def test_a_refused_proposal_frees_its_money_and_needs_a_reason():
    need = funded_need()
    payout, second = propose(need, 100_000, officer()), officer()

    with pytest.raises(ReasonMissingError):
        disbursement_refuse(disbursement_id=payout.pk, actor=second, reason="  ")
    with pytest.raises(SamePersonError):
        disbursement_refuse(disbursement_id=payout.pk, actor=payout.proposed_by, reason="错了")
    for _time in range(2):
        disbursement_refuse(disbursement_id=payout.pk, actor=second, reason="账户不对")

    payout.refresh_from_db()
    assert (payout.status, payout.refusal_reason) == (ProposalStatus.REFUSED, "账户不对")
    assert standing(need.purpose).available == Money(100_000)
    with pytest.raises(AlreadyDecidedError):
        approve(payout, officer())


def test_part_by_part_the_need_moves_with_the_last_part():
    need = funded_need()

    pay(need, 30_000)
    need.refresh_from_db()
    assert need.status == NeedStatus.FUNDED
    pay(need, 70_000)

    need.refresh_from_db()
    assert need.status == NeedStatus.DISBURSED
    assert balances([f"funds:need:{need.code}"]) == {f"funds:need:{need.code}": 0}


def test_a_published_need_pays_what_arrived_and_goes_on():
    need = funded_need(30_000, published=True, target_minor=100_000)

    pay(need, 30_000)

    need.refresh_from_db()
    assert need.status == NeedStatus.PUBLISHED
    assert needs_to_pay().count() == 0


def test_the_last_payment_of_a_need_not_fully_met_ends_its_collecting():
    need = funded_need(30_000, published=True, target_minor=100_000)

    with pytest.raises(PayoutRefusedError):
        propose(need, 20_000, officer(), is_final=True)
    payout = propose(need, 30_000, officer(), is_final=True)
    approve(payout, officer())

    need.refresh_from_db()
    assert need.status == NeedStatus.DISBURSED


def test_a_last_payment_waits_for_gifts_being_paid():
    need = funded_need(30_000, published=True, target_minor=100_000)
    payout = propose(need, 30_000, officer(), is_final=True)
    Need.objects.filter(pk=need.pk).update(committed_minor=35_000)

    with pytest.raises(PayoutRefusedError):
        approve(payout, officer())

    payout.refresh_from_db()
    assert payout.status == ProposalStatus.PROPOSED


def test_money_refunded_meanwhile_is_not_paid_out():
    need = funded_need()
    payout = propose(need, 100_000, officer())
    book_refund(need=need, minor=1)

    with pytest.raises(PayoutRefusedError):
        approve(payout, officer())

    payout.refresh_from_db()
    assert payout.status == ProposalStatus.PROPOSED
    assert Entry.objects.filter(kind=EntryKind.DISBURSEMENT).count() == 0


@pytest.mark.parametrize("status", ["verified", "withdrawn", "closed", "disbursed"])
def test_only_needs_that_collect_or_are_funded_pay_out(status):
    need = funded_need()
    Need.objects.filter(pk=need.pk).update(status=status)

    with pytest.raises(PayoutRefusedError):
        propose(need, 1_000, officer())


def test_a_bank_line_pays_one_disbursement():
    need = funded_need()
    pay(need, 10_000, bank_reference="LINE-1")

    with pytest.raises(PayoutRefusedError):
        pay(need, 10_000, bank_reference="LINE-1")
    with pytest.raises(PayoutRefusedError):
        pay(need, 10_000, bank_reference="  ")

    assert Entry.objects.filter(kind=EntryKind.DISBURSEMENT).count() == 1


@pytest.mark.parametrize(
    "note", ["", "给张某某买课桌", "打到 6222020000001234567", "电话13800000000"]
)
def test_a_note_for_strangers_names_nobody(note):
    need = funded_need()

    with pytest.raises(PayoutRefusedError):
        propose(need, 1_000, officer(), note=note)

    assert Disbursement.objects.count() == 0


def test_an_agreement_pays_what_arrived():
    agreement = Pairing().active(60_000, 40_000)
    arrive(agreement, 50_000)

    with pytest.raises(PayoutRefusedError):
        propose(agreement, 50_001, officer())
    pay(agreement, 20_000)

    entry = Entry.objects.get(kind=EntryKind.DISBURSEMENT)
    assert (entry.agreement, entry.need) == (agreement, None)
    assert standing(agreement.purpose).available == Money(30_000)


def test_the_desk_lists_what_waits_and_not_ones_own():
    need, person = funded_need(), officer()
    assert list(needs_to_pay()) == [need]

    payout = propose(need, 100_000, person)

    assert list(needs_to_pay()) == []
    assert list(disbursements_waiting().of_others(person)) == []
    assert list(disbursements_waiting().of_others(officer())) == [payout]


def test_looking_at_the_account_is_recorded():
    payout, person = propose(funded_need(), 1_000, officer()), officer()

    assert payee_open(disbursement_id=payout.pk, actor=person) == payout.payee

    seen = AuditEvent.objects.get(action="disbursement.payee_viewed")
    assert (seen.actor, seen.object_ref) == (person, payout.code)
    assert masked_account(payout.payee) == "•••• 4567"
    assert masked_account("张三") == "••••"
