"""The list of desks and the guards of their pages say the same, for every role."""

from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, path

from config.urls import urlpatterns as house
from core import desks
from core.accounts.models import User
from core.desks import Desk, all_desks, desks_of
from matching.registry.policies import officer_required
from matching.states import Role
from tests.factories.cms import make_editor
from tests.factories.matching import OrganisationFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

CHAIN = ["desk", "desk_households"]
# What each finds in the header of every page, in order.
FOUND: dict[Role, list[str]] = {
    Role.VILLAGE_OFFICER: [*CHAIN, "deliveries_desk", "pairings_desk"],
    Role.VILLAGE_REVIEWER: CHAIN,
    Role.TOWNSHIP_REVIEWER: [*CHAIN, "complaints_desk"],
    Role.COUNTY_APPROVER: [*CHAIN, "pairings_desk", "complaints_desk"],
    Role.EDITOR: ["desk", "wagtailadmin_home"],
    Role.FUND_OFFICER: ["desk", "money_desk", "pairings_desk", "complaints_desk"],
    Role.AUDITOR: [
        *("desk", "money_desk", "deliveries_desk", "pairings_desk", "complaints_desk", "ledger"),
    ],
    Role.PARTNER: ["partner", "pairings_desk"],
}


def person(role: Role) -> User:
    if role == Role.EDITOR:
        return make_editor()
    if role == Role.PARTNER:
        return make_person(role, organisation=OrganisationFactory())
    return make_person(role)


@pytest.fixture
def people() -> dict[Role, User]:
    return {role: person(role) for role in Role}


@pytest.fixture
def only(monkeypatch) -> Callable[..., None]:
    """Return a function that puts these desks in the place of the house's."""

    def replace(*planted: Desk) -> None:
        monkeypatch.setattr(desks, "_desks", {desk.url_name: desk for desk in planted})

    yield replace
    # Who may open a page is remembered by its name; a planted page takes its own along.
    desks._guard_of.cache_clear()


def partings(people: dict[Role, User]) -> list[str]:
    """Return where list and guard part: a desk shown that is closed, or open and not shown."""
    found = []
    for desk in all_desks():
        public = Client().get(desk.url).status_code == 200
        for role, user in people.items():
            client = Client()
            client.force_login(user)
            status = client.get(desk.url).status_code
            shown = desk.url in [link.url for link in desks_of(user)]
            opened = status == 200
            if shown != opened and not (public and opened):
                found.append(f"{desk.url_name}: {role} shown={shown} answered {status}")
            if not opened and status not in {302, 403}:
                found.append(f"{desk.url_name}: {role} answered {status}")
    return found


def test_list_and_guards_say_the_same_for_every_role(people):
    assert len(all_desks()) >= 9
    assert partings(people) == []


@pytest.mark.parametrize("role", list(Role))
def test_each_role_finds_its_desks_in_order(role):
    urls = {desk.url: desk.url_name for desk in all_desks()}

    assert [urls[link.url] for link in desks_of(person(role))] == FOUND[role]


def test_who_holds_no_role_finds_no_desk():
    user = UserFactory(is_superuser=True)

    assert desks_of(user) == []


def test_every_page_shows_them(client):
    client.force_login(make_person(Role.FUND_OFFICER))

    for prefix, label in (("", "资金台"), ("/en", "Money desk")):
        shown = client.get(f"{prefix}/verify/").content.decode()
        assert f'<a class="tool" href="{prefix}/desk/money/">{label}</a>' in shown


def test_the_houses_list_has_no_fault():
    assert desks.faults() == []
    assert [error for error in run_checks() if error.id == "core.E001"] == []


# --- planted


@officer_required
def drifted(request: HttpRequest) -> HttpResponse:
    """A page whose guard is not the one it names."""
    return HttpResponse("for officers")


drifted.required_roles = frozenset({Role.AUDITOR})


def unguarded(request: HttpRequest) -> HttpResponse:
    """A page without a guard."""
    return HttpResponse("for all")


urlpatterns = [
    path("planted/drifted/", drifted, name="drifted"),
    path("planted/unguarded/", unguarded, name="unguarded"),
    *house,
]


@pytest.fixture
def planted(settings):
    settings.ROOT_URLCONF = __name__


def test_a_guard_that_drifts_from_its_list_is_told(planted, only, people):
    only(Desk("偏离", "drifted"))

    assert partings(people) == [
        f"drifted: {Role.VILLAGE_OFFICER} shown=False answered 200",
        f"drifted: {Role.AUDITOR} shown=True answered 403",
    ]


def test_a_given_list_that_drifts_from_its_page_is_told(only, people):
    only(Desk("内容后台", "wagtailadmin_home", frozenset({Role.AUDITOR}), "guarded by group"))

    assert partings(people) == [
        f"wagtailadmin_home: {Role.EDITOR} shown=False answered 200",
        f"wagtailadmin_home: {Role.AUDITOR} shown=True answered 302",
    ]


def test_a_missing_address_is_an_error(only):
    only(Desk("无处", "no_such_page"))

    with pytest.raises(NoReverseMatch):
        desks_of(make_person(Role.AUDITOR))
    told = [error for error in run_checks() if error.id == "core.E001"]
    assert [error.msg for error in told] == ["desk no_such_page: no page has this name"]


@pytest.mark.parametrize(
    "desk",
    [
        Desk("无人", "unguarded"),
        Desk("无理由", "unguarded", frozenset({Role.AUDITOR})),
        Desk("两处", "money_desk", frozenset({Role.AUDITOR}), "twice"),
        Desk("只有理由", "money_desk", why="for nothing"),
    ],
    ids=["nobody", "no reason", "said twice", "reason alone"],
)
def test_a_desk_says_who_may_open_it_once(planted, only, desk):
    only(desk)

    with pytest.raises(ImproperlyConfigured, match=desk.url_name):
        desks_of(make_person(Role.AUDITOR))
    assert len(desks.faults()) == 1


def test_two_desks_of_one_address_are_refused(only):
    first = Desk("资金台", "money_desk")
    only(first)

    desks.register([first])
    with pytest.raises(ImproperlyConfigured, match="money_desk"):
        desks.register([Desk("别的台", "money_desk")])
    assert all_desks() == (first,)
