"""The money desk's tabs: registered by rooms, each marking its own page."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from donations.money_desk import tabs
from donations.money_desk.tabs import Tab, all_tabs
from tests.factories.payouts import funded_need, officer, propose

pytestmark = pytest.mark.django_db
NAMES = [
    *("money_desk", "money_payouts", "money_pairings", "money_instalments", "money_goods"),
    *("money_events", "money_disputes"),
]


def shown(page: str) -> list[tuple[str, bool, str]]:
    """Return address, whether it is the current one, and the count of each tab."""
    found = re.findall(
        r'<li><a href="([^"]+)"( aria-current="page")?>[^<]*<span class="tabs__count">(\d+)', page
    )
    return [(url, bool(current), count) for url, current, count in found]


def test_the_rooms_tabs_stand_in_order():
    assert [tab.url_name for tab in all_tabs()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_tab_opens_its_page_and_marks_itself(client, name):
    client.force_login(officer())
    urls = {tab.url_name: tab.url for tab in all_tabs()}

    page = client.get(urls[name]).content.decode()

    assert [(url, current) for url, current, _ in shown(page)] == [
        (url, url == urls[name]) for url in urls.values()
    ]


def test_a_proposal_waits_for_others_than_who_made_it(client):
    maker, checker = officer(), officer()
    propose(funded_need(), 10_000, maker)
    counts = {}
    for user in (maker, checker):
        client.force_login(user)
        page = client.get(all_tabs()[0].url).content.decode()
        counts[user] = {url: count for url, _, count in shown(page)}

    payouts = all_tabs()[1].url
    assert (counts[maker][payouts], counts[checker][payouts]) == ("0", "1")


def test_two_tabs_of_one_address_are_refused():
    before = all_tabs()

    tabs.register(before)
    with pytest.raises(ImproperlyConfigured, match="money_goods"):
        tabs.register([Tab("别的", "money_goods", lambda user: 0)])
    assert all_tabs() == before
