"""Pairings in public, on the desk and at the enterprise's; the account page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from matching.models import Milestone, MilestoneEvent, PairingAgreement
from matching.pairings.services import agreement_accept, agreement_propose
from matching.states import AgreementStatus, MilestoneStatus, Role
from tests.factories.donations import DonationFactory, DonorFactory
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory, make_person, make_tree
from tests.factories.payouts import Pairing, arrive, officer, pay, superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(db):
    return Pairing()


def text(response) -> str:
    return response.content.decode()


def test_the_public_list_tells_the_three_numbers_apart(client, pairing):
    agreement = pairing.active(60_000, 40_000)
    arrive(agreement, 50_000)
    pay(agreement, 20_000)
    hidden = Pairing().proposed()

    shown = text(client.get(reverse("pairings")))

    assert agreement.title in shown
    for figure in ("¥1,000", "¥500", "¥200"):
        assert figure in shown
    assert "¥1,500" not in shown
    assert hidden.code not in shown
    assert client.get(reverse("pairing", args=[hidden.code])).status_code == 404


def test_the_list_narrows_by_region(client, pairing):
    near = pairing.active()
    other = Pairing()
    far = agreement_propose(
        actor=other.partner, terms=other.terms(village_id=make_tree().far_village.pk)
    )
    agreement_accept(agreement_id=far.pk, actor=other.approver)

    def listed(query: str) -> list[str]:
        page = text(client.get(f"/pairings/{query}"))
        return [row.code for row in (near, far) if row.code in page]

    assert listed("") == [near.code, far.code]
    assert listed(f"?region={make_tree().township.code}") == [near.code]
    assert listed(f"?region={make_tree().other_township.code}") == [far.code]
    assert listed("?region=x&page=99") == [near.code, far.code]


def test_an_empty_list_says_so(client):
    assert "还没有结对协议" in text(client.get(reverse("pairings")))


def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries):
    for _number in range(5):
        arrive(Pairing().active(), 1_000)

    with django_assert_max_num_queries(8):
        client.get(reverse("pairings"))


def test_the_public_page_shows_steps_arrivals_and_spendings_but_no_person(client, pairing):
    agreement = pairing.active(60_000, 40_000)
    arrive(agreement, 50_000, "BANK-LINE-77")
    payout = pay(agreement, 20_000)

    shown = text(client.get(reverse("pairing", args=[agreement.code])))

    assert "第1步" in shown
    assert "购买课桌" in shown
    assert "¥200" in shown
    for secret in (
        "BANK-LINE-77",
        payout.bank_reference,
        "6222",
        pairing.partner.username,
        pairing.approver.username,
    ):
        assert secret not in shown


def agreement_form(pairing, code="P00000001", **changes):
    start = clock.today()
    values = {
        "code": code,
        "organisation": pairing.organisation.pk,
        "village": make_tree().village.pk,
        "title": "饮水到户协议",
        "starts_on": start.isoformat(),
        "ends_on": (start + timedelta(days=365)).isoformat(),
        "steps-TOTAL_FORMS": "3",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "主管道贯通",
        "steps-0-due_on": (start + timedelta(days=90)).isoformat(),
        "steps-0-amount": "1,200.50",
        "steps-2-title": "入户安装",
        "steps-2-due_on": (start + timedelta(days=180)).isoformat(),
        "steps-2-amount": "800",
    }
    return values | changes


def test_a_partner_proposes_without_script(client, pairing):
    client.force_login(pairing.partner)
    url = reverse("partner_propose")
    page = text(client.get(url))
    code = re.search(r'name="code" value="(\w+)"', page)[1]

    more = client.post(url, agreement_form(pairing, code, add_row="1"))
    assert more.status_code == 200
    assert "主管道贯通" in text(more)
    assert 'name="steps-4-title"' in text(more)
    assert PairingAgreement.objects.count() == 0

    for _time in range(2):
        sent = client.post(url, agreement_form(pairing, code))
        assert sent.url == reverse("pairing_desk", args=[code])

    agreement = PairingAgreement.objects.get()
    assert agreement.promised_minor == 200_050
    assert code in text(client.get(reverse("partner")))


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"title": ""}, "请填写协议名称", "Enter a name for the agreement"),
        ({"organisation": "0"}, "请选择您代表的单位", "Choose an organisation you represent"),
        ({"village": ""}, "请选择村", "Choose a village"),
        ({"ends_on": "2001-01-01"}, "结束日期要晚于开始日期", "after the start date"),
        ({"steps-0-amount": "much"}, "请用数字填写金额", "Enter the amount in figures"),
        ({"steps-0-due_on": "2099-01-01"}, "协议期限之内", "within the agreement"),
        ({"steps-0-title": ""}, "请填写里程碑", "Enter the milestone"),
        ({"steps-TOTAL_FORMS": "0"}, "请至少填写一个里程碑", "at least one milestone"),
    ],
)
def test_a_bad_proposal_says_so_in_both_languages(client, pairing, changes, zh, en):
    client.force_login(pairing.partner)
    url = reverse("partner_propose")

    chinese = client.post(url, agreement_form(pairing, **changes))
    english = client.post(f"/en{url}", agreement_form(pairing, **changes))

    assert {chinese.status_code, english.status_code} <= {400, 409}
    assert zh in text(chinese)
    assert en in text(english)
    assert PairingAgreement.objects.count() == 0
    assert Milestone.objects.count() == 0


def test_an_agreement_walks_from_proposal_to_completion(client, pairing):
    agreement = pairing.proposed(60_000)
    step = agreement.milestones.get()
    url = reverse("pairing_desk", args=[agreement.code])
    report = reverse("pairing_step", args=[agreement.code, step.pk, "report"])
    approve = reverse("pairing_step", args=[agreement.code, step.pk, "approve"])
    said = {f"report-{step.pk}-note": "主管道已贯通。"}

    client.force_login(pairing.approver)
    assert agreement.code in text(client.get(reverse("pairings_desk")))
    assert client.post(f"{url}accept/").status_code == 302
    assert client.post(approve, said).status_code == 409
    client.force_login(pairing.partner)
    assert client.post(report, {f"report-{step.pk}-note": ""}).status_code == 400
    assert client.post(report, said).status_code == 302
    assert client.post(approve, said).status_code == 403
    client.force_login(pairing.approver)
    assert client.post(f"{url}complete/").status_code == 409
    assert client.post(approve, {f"approve-{step.pk}-note": ""}).status_code == 302
    assert client.post(f"{url}complete/").status_code == 302
    assert client.post(f"{url}end/", {"close-reason": "晚了"}).status_code == 409

    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.COMPLETED
    assert "主管道已贯通" in text(client.get(reverse("pairing", args=[agreement.code])))


def test_a_proposal_is_turned_down_with_a_reason(client, pairing):
    agreement = pairing.proposed()
    url = reverse("pairing_end", args=[agreement.code])
    client.force_login(pairing.approver)

    assert client.post(url, {"close-reason": ""}).status_code == 400
    assert client.post(url, {"close-reason": "期限太短"}).status_code == 302

    agreement.refresh_from_db()
    assert (agreement.status, agreement.closing_note) == (AgreementStatus.ENDED, "期限太短")


def test_agreements_of_others_do_not_exist(client, pairing):
    agreement = pairing.active()
    step = agreement.milestones.first()
    url = reverse("pairing_desk", args=[agreement.code])
    report = reverse("pairing_step", args=[agreement.code, step.pk, "report"])
    neighbour = make_person(Role.VILLAGE_OFFICER, make_tree().neighbour_village.region)
    for person, seen, done in [
        (neighbour, 404, 404),
        (Pairing().partner, 404, 404),
        (superuser(), 403, 403),
        (make_person(Role.EDITOR), 403, 403),
        (make_person(Role.AUDITOR), 200, 403),
        (officer(), 200, 403),
    ]:
        client.force_login(person)
        assert client.get(url).status_code == seen
        assert client.post(report, {f"report-{step.pk}-note": "好"}).status_code == done
        assert client.post(f"{url}end/", {"close-reason": "好"}).status_code == done
    other = Pairing().active().milestones.first()
    client.force_login(pairing.partner)
    stray = reverse("pairing_step", args=[agreement.code, other.pk, "report"])
    assert client.post(stray, {f"report-{other.pk}-note": "好"}).status_code == 404
    assert client.post(report.replace("report", "erase")).status_code == 404
    assert MilestoneEvent.objects.count() == 0
    assert not Milestone.objects.exclude(status=MilestoneStatus.PLANNED).exists()


def test_the_partner_desk_shows_own_agreements_and_funds_alone(client, pairing):
    mine, other = pairing.active(), Pairing()
    theirs = other.active()
    fund = MatchFundFactory(sponsor=pairing.organisation)
    foreign = MatchFundFactory(sponsor=other.organisation)
    client.force_login(pairing.partner)

    shown = text(client.get(reverse("partner")))

    assert mine.code in shown
    assert fund.code in shown
    assert theirs.code not in shown
    assert foreign.code not in shown
    for person in (superuser(), officer(), make_person(Role.AUDITOR)):
        client.force_login(person)
        assert client.get(reverse("partner")).status_code == 403
        assert client.get(reverse("partner_propose")).status_code == 403


def test_the_account_page_leads_to_ones_desks_and_gifts(client):
    url = reverse("account")
    assert client.get(url).status_code == 302
    person = make_person(Role.FUND_OFFICER)
    mine = DonationFactory(donor=DonorFactory(user=person), collected=True)
    theirs = DonationFactory(collected=True)
    client.force_login(person)

    shown = text(client.get(url))

    assert reverse("money_desk") in shown
    assert mine.code in shown
    assert theirs.code not in shown
    assert reverse("partner") not in shown
    client.force_login(UserFactory())
    assert "还没有捐赠" in text(client.get(url))
    assert "You have not given yet" in text(client.get(f"/en{url}"))
