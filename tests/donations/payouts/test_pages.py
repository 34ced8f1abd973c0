"""The money desk and the deliveries desk: who opens what, what each form does and refuses."""

import re
from functools import partial

import pytest
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from donations.models import Delivery, Disbursement, GoodsGift, Instalment, ProviderEvent
from donations.states import EventStatus
from matching.states import NeedStatus, Role
from tests.factories.donations import DonationFactory
from tests.factories.flow import picture
from tests.factories.matching import CampaignFactory, make_person, make_tree
from tests.factories.payouts import (
    Pairing,
    arrive,
    funded_need,
    goods,
    officer,
    pay,
    propose,
    recorded,
    superuser,
)

pytestmark = pytest.mark.django_db
LISTS = [
    "money_desk",
    "money_payouts",
    "money_pairings",
    "money_instalments",
    "money_goods",
    "money_events",
]
NEW = ["money_instalment_new", "money_goods_new"]


def hidden_code(response) -> str:
    return re.search(r'name="code" value="(\w+)"', response.content.decode())[1]


def payout_form(code="Z0000000A", **changes) -> dict[str, str]:
    values = {
        "code": code,
        "amount": "300.50",
        "payee_kind": "supplier",
        "payee": "供货商 6222020000001234567",
        "note": "购买课桌",
    }
    return values | changes


@pytest.mark.parametrize("name", LISTS)
def test_officers_and_auditors_read_the_desk_and_nobody_else(client, name):
    url = reverse(name)
    assert client.get(url).status_code == 302
    for person, status in [
        (officer(), 200),
        (make_person(Role.AUDITOR), 200),
        (superuser(), 403),
        (make_person(Role.EDITOR), 403),
        (make_person(Role.COUNTY_APPROVER), 403),
    ]:
        client.force_login(person)
        assert client.get(url).status_code == status


@pytest.mark.parametrize("name", NEW)
def test_an_auditor_opens_no_form(client, name):
    client.force_login(make_person(Role.AUDITOR))

    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name)).status_code == 403


def test_an_auditor_reads_records_without_forms(client):
    need = funded_need()
    payout = propose(need, 1_000, officer())
    client.force_login(make_person(Role.AUDITOR))

    shown = client.get(reverse("money_payout", args=[payout.code])).content.decode()

    assert "•••• 4567" in shown
    assert "6222020000001234567" not in shown
    assert 'name="approve-bank_reference"' not in shown
    for action in ("approve", "refuse", "payee"):
        url = reverse(f"money_payout_{action}", args=[payout.code])
        assert client.post(url, {"reason": "x", "bank_reference": "x"}).status_code == 403
    assert client.get(reverse("money_payout_new", args=[need.code])).status_code == 403


def test_a_payout_goes_from_one_officer_to_another(client):
    need = funded_need()
    first, second = officer(), officer()
    client.force_login(first)
    assert need.code in client.get(reverse("money_desk")).content.decode()
    url = reverse("money_payout_new", args=[need.code])
    page = client.get(url)
    sent = client.post(url, payout_form(hidden_code(page), amount="1,000"))
    payout = Disbursement.objects.get()
    own = reverse("money_payout", args=[payout.code])
    assert sent.url == own
    assert client.post(url, payout_form(payout.code, amount="1000")).url == own
    assert 'name="approve-bank_reference"' not in client.get(own).content.decode()

    refused = client.post(f"{own}approve/", {"approve-bank_reference": "L1"})
    assert refused.status_code == 403
    assert "另一位资金专员" in refused.content.decode()

    client.force_login(second)
    assert payout.code in client.get(reverse("money_payouts")).content.decode()
    assert client.post(f"{own}approve/", {"approve-bank_reference": "L1"}).status_code == 302
    assert client.post(f"{own}approve/", {"approve-bank_reference": "L1"}).status_code == 302

    need.refresh_from_db()
    assert need.status == NeedStatus.DISBURSED
    assert Disbursement.objects.count() == 1


def test_the_account_is_shown_to_an_officer_who_asks(client):
    payout = propose(funded_need(), 1_000, officer())
    client.force_login(officer())
    url = reverse("money_payout_payee", args=[payout.code])

    assert client.get(url).status_code == 405
    shown = client.post(url)

    assert "6222020000001234567" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert AuditEvent.objects.filter(action="disbursement.payee_viewed").count() == 1


BAD_PAYOUTS = [
    ({"amount": ""}, "请填写金额", "Enter an amount"),
    ({"amount": "abc"}, "请用数字填写金额", "Enter the amount in figures"),
    ({"amount": "0"}, "金额要大于零", "above zero"),
    ({"amount": "2000"}, "最多还能拨付", "can still be paid"),
    ({"payee_kind": "friend"}, "选择", "valid choice"),
    ({"payee": ""}, "请填写收款账户", "Enter the account"),
    ({"note": "电话 13800000000"}, "用途说明会公开", "purpose is public"),
    ({"code": "Z'; DROP"}, "请重新打开这一页再填", "Open this page again"),
]


@pytest.mark.parametrize(("changes", "zh", "en"), BAD_PAYOUTS)
def test_a_bad_proposal_says_so_in_both_languages_and_saves_nothing(client, changes, zh, en):
    need = funded_need()
    client.force_login(officer())
    url = reverse("money_payout_new", args=[need.code])

    chinese = client.post(url, payout_form(**changes))
    english = client.post(f"/en{url}", payout_form(**changes))

    assert {chinese.status_code, english.status_code} <= {400, 409}
    assert zh in chinese.content.decode()
    assert en in english.content.decode()
    assert "购买课桌" in chinese.content.decode() or "note" in changes
    assert Disbursement.objects.count() == 0


def test_refusing_needs_a_reason(client):
    payout = propose(funded_need(), 1_000, officer())
    client.force_login(officer())
    url = reverse("money_payout_refuse", args=[payout.code])

    assert client.post(url, {"refuse-reason": ""}).status_code == 400
    assert client.post(url, {"refuse-reason": "账户不对"}).status_code == 302

    payout.refresh_from_db()
    assert payout.refusal_reason == "账户不对"


def test_instalments_go_from_one_officer_to_another(client):
    agreement = Pairing().active()
    step = agreement.milestones.first()
    client.force_login(officer())
    form = {
        "milestone": step.pk,
        "amount": "600",
        "bank_reference": "IN-1",
        "received_on": clock.today().isoformat(),
    }
    url = reverse("money_instalment_new")
    assert client.get(url).status_code == 200
    for changes in (
        {"milestone": 0},
        {"amount": "-1"},
        {"bank_reference": ""},
        {"received_on": "x"},
    ):
        assert client.post(url, form | changes).status_code == 400
    assert Instalment.objects.count() == 0
    client.post(url, form)
    row = Instalment.objects.get()
    own = reverse("money_instalment", args=[row.pk])
    assert client.post(f"{own}confirm/").status_code == 403
    assert client.post(f"{own}refuse/", {"reason": "错"}).status_code == 403

    client.force_login(officer())
    assert client.get(own).status_code == 200
    assert client.post(f"{own}confirm/").status_code == 302
    assert "¥600" in client.get(reverse("money_pairings")).content.decode()
    assert client.post(f"{own}refuse/", {"reason": "错"}).status_code == 409


def test_goods_go_from_one_officer_to_another(client):
    campaign = CampaignFactory()
    client.force_login(officer())
    url = reverse("money_goods_new")
    form = {
        "code": hidden_code(client.get(url)),
        "campaign": campaign.pk,
        "village": make_tree().village.pk,
        "description": "棉被",
        "quantity": "10",
        "unit": "床",
        "value": "500",
        "basis": "发票 0042",
    }
    for changes in ({"basis": ""}, {"quantity": "0"}, {"value": "free"}, {"village": 0}):
        assert client.post(url, form | changes).status_code == 400
    assert GoodsGift.objects.count() == 0
    for _time in range(2):
        client.post(url, form)
    gift = GoodsGift.objects.get()
    own = reverse("money_goods_gift", args=[gift.code])
    assert client.post(f"{own}confirm/").status_code == 403

    client.force_login(officer())
    assert client.post(f"{own}confirm/").status_code == 302
    assert client.post(f"{own}refuse/", {"reason": "错"}).status_code == 409
    gift.refresh_from_db()
    assert (gift.status, gift.decided_by_id is not None) == ("confirmed", True)


def test_held_payment_events_are_listed(client):
    ProviderEvent.objects.create(
        id="evt_1",
        provider="stripe",
        type="charge.refunded",
        object_id="ch_1",
        created=clock.now(),
        status=EventStatus.HELD,
        note="gift refunded twice",
    )
    client.force_login(officer())

    shown = client.get(reverse("money_events")).content.decode()

    assert "evt_1" in shown
    event = client.get(reverse("money_event", args=["evt_1"])).content.decode()
    assert "gift refunded twice" in event


def test_unknown_codes_are_not_found(client):
    client.force_login(officer())

    for name in ("money_payout_new", "money_payout", "money_goods_gift"):
        assert client.get(reverse(name, args=["NOSUCH"])).status_code == 404
    assert client.get(reverse("money_instalment", args=[0])).status_code == 404


def test_a_list_costs_the_same_however_long(client, django_assert_max_num_queries):
    agreement = Pairing().active()
    for number in range(6):
        need = funded_need()
        propose(need, 1_000, officer())
        recorded(agreement, 1_000, f"L{number}", officer())
        goods(CampaignFactory(), officer())
    arrive(agreement, 5_000)
    client.force_login(officer())

    for name in LISTS:
        with django_assert_max_num_queries(17):
            client.get(reverse(name))


def delivery_form(**changes):
    values = {
        "photo": picture(),
        "delivered_on": clock.today().isoformat(),
        "note": "课桌已送到。",
        "household_confirmed": "on",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture
def paid_need(db):
    need = funded_need()
    pay(need, 100_000)
    return need


@pytest.fixture
def field(db):
    return make_person(Role.VILLAGE_OFFICER, make_tree().village.region)


def test_the_officer_reads_what_givers_wrote_to_the_family(client, paid_need, field):
    gift = partial(DonationFactory, need=paid_need, collected=True)
    gift(display_name="小王", message="好好读书 <b>加油</b>")
    gift(display_name="老李", is_anonymous=True, message="保重")
    DonationFactory(need=paid_need, message="还没付")
    client.force_login(field)

    page = client.get(reverse("delivery", args=[paid_need.code])).content.decode()

    assert "<q>好好读书 &lt;b&gt;加油&lt;/b&gt;</q>" in page
    assert "<q>保重</q>" in page
    assert ("小王" in page, "老李" in page, "还没付" in page) == (True, False, False)
    public = client.get(reverse("need", args=[paid_need.code])).content.decode()
    assert ("好好读书" in public, "保重" in public) == (False, False)


def test_an_officer_confirms_a_delivery_from_a_phone(client, paid_need, field):
    client.force_login(field)
    assert paid_need.code in client.get(reverse("deliveries_desk")).content.decode()
    url = reverse("delivery", args=[paid_need.code])
    page = client.get(url).content.decode()
    assert 'capture="environment"' in page

    assert client.post(url, delivery_form()).status_code == 302
    assert client.post(url, delivery_form()).status_code == 302

    assert Delivery.objects.count() == 1
    assert "送达已确认" in client.get(url).content.decode()


BAD_DELIVERIES = [
    ({"photo": None}, "请拍一张或选一张", "Take or choose a photo"),
    ({"delivered_on": "2999-01-01"}, "请填写日期", "Enter a date"),
    ({"note": ""}, "请填写送达说明", "Enter what was delivered"),
    ({"note": "送到张某某家"}, "送达说明会公开", "account of the delivery is public"),
]


@pytest.mark.parametrize(("changes", "zh", "en"), BAD_DELIVERIES)
def test_a_bad_delivery_says_so_and_saves_nothing(client, paid_need, changes, zh, en):
    client.force_login(make_person(Role.VILLAGE_OFFICER, make_tree().village.region))
    url = reverse("delivery", args=[paid_need.code])

    chinese = client.post(url, delivery_form(**changes))
    english = client.post(f"/en{url}", delivery_form(**changes))

    assert {chinese.status_code, english.status_code} <= {400, 409}
    assert zh in chinese.content.decode()
    assert en in english.content.decode()
    assert Delivery.objects.count() == 0


def test_deliveries_of_other_villages_do_not_exist(client, paid_need):
    url = reverse("delivery", args=[paid_need.code])
    people = [
        (make_person(Role.VILLAGE_OFFICER, make_tree().neighbour_village.region), 404),
        (make_person(Role.AUDITOR), 403),
        (officer(), 403),
        (superuser(), 403),
    ]
    for person, status in people:
        client.force_login(person)
        assert client.get(url).status_code == status
        assert client.post(url, delivery_form()).status_code == status
    assert Delivery.objects.count() == 0
