"""``board.json``: what it says, how old it may be, what it never says."""

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse

from donations.models import Donation
from donations.tallies.selectors import board
from donations.tallies.services import tally_fold
from tests.donations.booking import OTHER_TOWN, TOWN, book_gift, book_match, make_donor
from tests.factories.donations import DonationFactory
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory(slug="poverty-day")


@pytest.fixture
def address(campaign):
    return reverse("board", args=[campaign.slug])


def test_the_address_is_the_agreed_one(address):
    assert address == "/campaigns/poverty-day/board.json"


def test_figures_come_in_minor_units_with_names_in_both_languages(client, campaign, address):
    book_gift(campaign=campaign, minor=1000, township_code=TOWN, donor=make_donor())
    book_match(campaign=campaign, minor=400, township_code=TOWN)
    book_gift(campaign=campaign, minor=50)
    tally_fold()

    data = client.get(address).json()

    assert {name: data[name] for name in ("cash_minor", "matched_minor", "goods_minor")} == {
        "cash_minor": 1050,
        "matched_minor": 400,
        "goods_minor": 0,
    }
    assert (data["gifts"], data["donors"], data["currency"]) == (2, 1, "CNY")
    assert data["townships"] == {
        TOWN: {
            "name": {"zh-hans": "泼机镇", "en": "Poji Town"},
            "cash_minor": 1000,
            "matched_minor": 400,
            "goods_minor": 0,
            "gifts": 1,
            "donors": 1,
        }
    }


def test_an_unknown_campaign_is_404(client):
    response = client.get(reverse("board", args=["nobody"]))

    assert (response.status_code, response.json()) == (404, {"detail": "no such campaign"})


def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405


def test_an_unchanged_board_is_304(client, campaign, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    cache.clear()
    rebuilt = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=1"
    assert (again.status_code, again.content) == (304, b"")
    assert rebuilt.status_code == 304


def test_a_fold_shows_at_once_in_spite_of_the_cache(
    client, campaign, address, django_capture_on_commit_callbacks
):
    first = client.get(address)
    book_gift(campaign=campaign, township_code=OTHER_TOWN)
    with django_capture_on_commit_callbacks(execute=True):
        tally_fold()

    second = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert second.json()["cash_minor"] == 1000


def test_a_cached_board_asks_the_database_nothing(client, address, django_assert_num_queries):
    client.get(address)
    with django_assert_num_queries(0):
        client.get(address)


def test_givers_are_masked_and_the_unnamed_stay_unnamed(client, campaign, address):
    need = NeedFactory(published=True, campaign=campaign)
    DonationFactory(need=need, collected=True, display_name="张小明", message="加油")
    DonationFactory(need=need, collected=True, display_name="李雷", is_anonymous=True)
    DonationFactory(need=need, display_name="王未付")
    assert Donation.objects.count() == 3

    response = client.get(address)

    assert [gift["name"] for gift in response.json()["latest"]] == [None, "张**"]
    for secret in ("小明", "李雷", "王未付", "example.org", "加油"):
        assert secret not in response.content.decode()


def test_the_panel_shows_the_same_figures_without_a_script(campaign):
    book_gift(campaign=campaign, minor=123_400, township_code=TOWN, donor=make_donor())
    tally_fold()

    panel = render_to_string("donations/tallies/board_panel.html", {"board": board(campaign)})

    assert 'data-live-url="/campaigns/poverty-day/board.json"' in panel
    assert f'data-live-field="townships.{TOWN}.cash_minor"' in panel
    # The sum, how far it is to the target, and the one township that has all of it.
    assert panel.count("¥1,234") == 3
    assert 'width="100.0%"' in panel
    assert "泼机镇" in panel
