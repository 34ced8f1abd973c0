"""The gift page: what it shows, takes, refuses; in both languages."""

import re
import uuid

import pytest
from django.utils import translation

from donations.giving.services.gifts import gift_start
from donations.models import Donation, Donor, Payment
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus
from matching.models import MatchReservation
from matching.needs.services.funding import need_commit
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])


def form(**changes):
    fields = {
        "client_token": str(uuid.uuid4()),
        "shown_match": "5000:0",
        "amount": "5000",
        "own_amount": "",
        "email": "donor@example.org",
        "display_name": "",
        "message": "",
    }
    return fields | changes


def give(client, need, prefix="", **changes):
    return client.post(f"{prefix}/give/{need.code}/", form(**changes))


def nothing_saved():
    return (Donation.objects.count(), Donor.objects.count(), Payment.objects.count()) == (0, 0, 0)


@LANGUAGES
def test_the_page_shows_the_need_and_todays_match(client, need, prefix):
    MatchFundFactory()

    page = client.get(f"{prefix}/give/{need.code}/")

    text = page.content.decode()
    assert page.status_code == 200
    assert ("孩子上学需要课桌" if not prefix else "A desk for a child at school") in text
    assert 'value="2000:2000,5000:5000,10000:10000,20000:20000"' in text
    assert text.count("<h1") == 1
    assert "no-store" in page["Cache-Control"]


def test_each_form_has_a_token_of_its_own(client, need):
    tokens = {
        re.search(r'name="client_token" value="([^"]+)"', client.get(url).content.decode())[1]
        for url in [f"/give/{need.code}/"] * 2
    }

    assert len(tokens) == 2


def test_a_small_rest_is_offered_whole(client):
    need = NeedFactory(published=True, target_minor=6_000, committed_minor=2_500)

    text = client.get(f"/give/{need.code}/").content.decode()

    assert 'value="2000"' in text
    assert 'value="3500"' in text
    assert 'value="5000"' not in text


def test_giving_leads_to_the_payment_page(client, fake, need):
    answer = give(client, need, display_name="小王", message="加油")

    donation = Donation.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == Payment.objects.get().session_url
    assert donation.amount_minor == 5_000
    assert (donation.display_name, donation.message) == ("小王", "加油")
    assert donation.language == "zh-hans"


def test_a_message_is_asked_for_where_one_family_can_hear_it(client, fake, need):
    answer = client.post(f"/give/{need.campaign.slug}/", form(message="加油"))

    assert answer.status_code == 303
    assert Donation.objects.get().message == ""
    pages = [client.get(f"/give/{to}/").content for to in (need.code, need.campaign.slug)]
    assert [b'name="message"' in page for page in pages] == [True, False]


def test_the_english_page_gives_an_english_gift(client, fake, need):
    give(client, need, "/en")

    assert Donation.objects.get().language == "en"


@pytest.mark.parametrize(
    ("typed", "minor"), [("88", 8_800), ("¥88.50", 8_850), ("１２", 1_200), ("1,000", 100_000)]
)
def test_an_own_amount_is_read_as_typed(client, fake, need, typed, minor):
    give(client, need, amount="own", own_amount=typed, shown_match=f"{minor}:0")

    assert Donation.objects.get().amount_minor == minor


BAD = [
    {"amount": "own", "own_amount": "abc"},
    {"amount": "own", "own_amount": "-5"},
    {"amount": "own", "own_amount": "1.234"},
    {"amount": "own", "own_amount": "0.99"},
    {"amount": "own", "own_amount": "1000.01"},
    {"amount": "own", "own_amount": ""},
    {"amount": "own", "own_amount": "1e3"},
    {"amount": ""},
    {"amount": "99"},
    {"amount": "99999999999999"},
    {"amount": "5000; DROP"},
    {"email": ""},
    {"email": "nobody"},
    {"email": "a" * 250 + "@example.org"},
    {"display_name": "字" * 31},
    {"message": "字" * 141},
    {"client_token": "not-a-token"},
    {"client_token": ""},
    {"shown_match": "5000"},
    {"accepted_match": "-1"},
]


@LANGUAGES
@pytest.mark.parametrize("bad", BAD, ids=[str(case)[:40] for case in BAD])
def test_bad_input_is_said_and_saves_nothing(client, fake, need, prefix, bad):
    answer = give(client, need, prefix, **bad)

    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in text
    assert nothing_saved()
    need.refresh_from_db()
    assert need.committed_minor == 0
    assert fake.sessions == {}


def test_a_refused_form_keeps_what_was_typed(client, fake, need):
    answer = give(client, need, email="nobody", display_name="小王", amount="own", own_amount="66")

    text = answer.content.decode()
    for kept in ["nobody", "小王", 'value="66"']:
        assert kept in text


@LANGUAGES
def test_more_than_is_missing_is_answered_with_what_is_possible(client, fake, need, prefix):
    start_gift(need, 40_000)

    answer = give(client, need, prefix, amount="own", own_amount="700")

    assert answer.status_code == 400
    assert "¥600" in answer.content.decode()
    assert Donation.objects.count() == 1


def test_a_double_click_is_one_gift_and_one_page(client, fake, need):
    fields = form()

    first = client.post(f"/give/{need.code}/", fields)
    second = client.post(f"/give/{need.code}/", fields)

    assert first["Location"] == second["Location"]
    assert Donation.objects.count() == 1
    assert len(fake.sessions) == 1


def test_a_double_click_for_the_last_room_is_one_gift_and_one_page(client, fake, need):
    fields = form(amount="own", own_amount="1000", shown_match="100000:0")

    first = client.post(f"/give/{need.code}/", fields)
    second = client.post(f"/give/{need.code}/", fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    fake.pay(Payment.objects.get().session_id)
    payment_sync(provider="stripe", object_id=Payment.objects.get().session_id)
    donation = Donation.objects.get()
    paid = client.post(f"/give/{need.code}/", fields)
    assert paid["Location"] == f"/give/{need.code}/gift/{donation.code}/"


def test_who_agrees_to_a_match_that_filled_the_need_goes_on_to_pay(client, fake, need):
    MatchFundFactory()
    fields = form(amount="own", own_amount="600", shown_match="5000:5000")
    assert client.post(f"/give/{need.code}/", fields).status_code == 200
    need.refresh_from_db()
    assert need.missing.minor == 0

    going_on = client.post(f"/give/{need.code}/", fields | {"accepted_match": "40000"})

    assert going_on.status_code == 303
    assert len(fake.sessions) == 1
    changed = fields | {"own_amount": "500", "accepted_match": "50000"}
    for _twice in range(2):
        assert client.post(f"/give/{need.code}/", changed).status_code == 303
    assert Donation.objects.filter(status=DonationStatus.PENDING).get().amount_minor == 50_000


def test_the_same_form_after_paying_leads_to_the_gift(client, fake, need):
    fields = form()
    client.post(f"/give/{need.code}/", fields)
    fake.pay(Payment.objects.get().session_id)
    donation = Donation.objects.get()
    client.post(f"/give/{need.code}/gift/{donation.code}/cancel/")

    answer = client.post(f"/give/{need.code}/", fields)

    assert answer["Location"] == f"/give/{need.code}/gift/{donation.code}/"
    assert Donation.objects.count() == 1


def test_a_form_changed_after_going_back_replaces_the_first_gift(client, fake, need):
    fields = form()
    client.post(f"/give/{need.code}/", fields)

    changed = fields | {"amount": "10000", "shown_match": "10000:0"}
    client.post(f"/give/{need.code}/", changed)
    client.post(f"/give/{need.code}/", changed)

    first, second = Donation.objects.order_by("pk")
    need.refresh_from_db()
    assert (first.status, second.status) == (DonationStatus.EXPIRED, DonationStatus.PENDING)
    assert second.amount_minor == 10_000
    assert need.committed_minor == 10_000


@LANGUAGES
def test_a_match_that_shrank_is_asked_about_before_paying(client, fake, need, prefix):
    MatchFundFactory(authorised_minor=3_000)
    fields = form(shown_match="5000:5000")

    asked = client.post(f"{prefix}/give/{need.code}/", fields)

    text = asked.content.decode()
    assert asked.status_code == 409
    assert "¥30" in text
    assert "¥50" in text
    assert fake.sessions == {}
    donation = Donation.objects.get()
    assert donation.match_waived_at is None

    going_on = client.post(f"{prefix}/give/{need.code}/", fields | {"accepted_match": "3000"})

    donation.refresh_from_db()
    assert going_on.status_code == 303
    assert donation.match_waived_at is not None
    assert donation.promised_match_minor == 3_000


def test_agreeing_to_another_figure_than_is_held_asks_again(client, fake, need):
    MatchFundFactory(authorised_minor=3_000)

    answer = give(client, need, shown_match="5000:5000", accepted_match="4000")

    assert answer.status_code == 409
    assert fake.sessions == {}


def test_an_amount_whose_match_was_never_shown_is_shown_first(client, fake, need):
    MatchFundFactory()

    answer = give(client, need, amount="own", own_amount="77", shown_match="5000:5000")

    assert answer.status_code == 200
    assert "¥154" in answer.content.decode()
    assert fake.sessions == {}


def test_a_better_match_than_shown_goes_straight_on(client, fake, need):
    MatchFundFactory()

    assert give(client, need, shown_match="5000:3000").status_code == 303
    assert Donation.objects.get().match_waived_at is None


@LANGUAGES
def test_without_an_answer_from_the_provider_nothing_stays_held(client, fake, need, prefix):
    MatchFundFactory()
    fake.fail_next()
    fields = form(shown_match="5000:5000", display_name="小王")

    answer = client.post(f"{prefix}/give/{need.code}/", fields)

    need.refresh_from_db()
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "小王" in text
    assert fields["client_token"] not in text
    assert need.committed_minor == 0
    assert MatchReservation.objects.filter(state="held").count() == 0
    token = re.search(r'name="client_token" value="([^"]+)"', text)[1]
    again = client.post(f"{prefix}/give/{need.code}/", fields | {"client_token": token})
    assert again.status_code == 303


def test_a_need_filled_while_the_form_was_open_is_said(client, fake, need):
    fields = form()
    need_commit(need_id=need.pk, amount_minor=96_000)

    answer = client.post(f"/give/{need.code}/", fields)

    assert answer.status_code == 400
    assert "¥40" in answer.content.decode()
    assert nothing_saved()


@pytest.mark.parametrize("code", ["NNOTHERE1", "no-such-campaign"])
def test_an_unknown_purpose_is_not_found(client, code):
    assert client.get(f"/give/{code}/").status_code == 404


def test_a_need_not_yet_published_is_not_found(client):
    need = NeedFactory(verified=True)

    assert client.get(f"/give/{need.code}/").status_code == 404


@LANGUAGES
def test_a_funded_need_says_so_and_takes_nothing(client, prefix):
    need = NeedFactory(funded=True)

    assert client.get(f"{prefix}/give/{need.code}/").status_code == 200
    assert give(client, need, prefix).status_code == 200
    assert nothing_saved()


def test_a_campaign_takes_gifts_while_it_lasts(client, fake):
    campaign = CampaignFactory()

    answer = client.post(f"/give/{campaign.slug}/", form())

    assert answer.status_code == 303
    assert Donation.objects.get().campaign == campaign


def test_too_many_forms_are_answered_429(client, fake, need, settings):
    settings.GIFTS_PER_DONOR = 2

    answers = [give(client, need).status_code for _ in range(3)]

    assert answers == [303, 303, 429]
    assert Donation.objects.count() == 2


def test_the_quote_for_a_script(client, need):
    MatchFundFactory(gift_cap_minor=2_000)

    answer = client.get(f"/en/give/{need.code}/quote.json?amount=own&own_amount=88")

    assert answer.json()["amount_minor"] == 8_800
    assert answer.json()["match_minor"] == 2_000
    assert answer.json()["total"] == "¥108"
    assert len(answer.json()["sentences"]) == 1


@pytest.mark.parametrize("query", ["", "amount=own&own_amount=x", "amount=1", "amount=²"])
def test_a_quote_for_nonsense_is_a_400_with_a_sentence(client, need, query):
    answer = client.get(f"/give/{need.code}/quote.json?{query}")

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_quote_saves_nothing(client, need):
    client.get(f"/give/{need.code}/quote.json?amount=5000")

    assert nothing_saved()


def test_a_signed_in_giver_gets_the_gift_in_the_account(client, fake, need, django_user_model):
    user = django_user_model.objects.create_user("giver", email="donor@example.org")
    client.force_login(user)

    give(client, need)
    with translation.override("en"):
        gift_start(
            client_token=uuid.uuid4(),
            amount=Donation.objects.get().amount,
            email="other@example.org",
            need_code=need.code,
            user=user,
        )

    assert Donor.objects.get(user=user).email == "donor@example.org"
    assert Donor.objects.filter(user__isnull=True).count() == 1
