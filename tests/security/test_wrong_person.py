"""Every address × every kind of person: nothing unexpected is a 200."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.documents import documents_possible
from tests.pages import status_of
from tests.security.addresses import (
    ADMIN_PREFIXES,
    ADMIN_READERS,
    READERS,
)
from tests.security.world import PEOPLE, World, make_world

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from patterns(pattern, route)


def ours() -> set[str]:
    return {route for route in patterns(get_resolver()) if not route.startswith(ADMIN_PREFIXES)}


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(world: World, kind: str) -> Client:
    client = Client()
    if (user := world.people[kind]) is not None:
        client.force_login(user)
    return client


def filled(example: str, world: World) -> str:
    return re.sub(r"<(\w+)>", lambda match: str(world.rows[match[1]]), example)


def test_every_address_says_who_may_read_it():
    assert ours() == set(READERS)


def test_nobody_reads_what_is_not_theirs(world):
    clients = {kind: client_of(world, kind) for kind in PEOPLE}
    wrong = {}
    for route, (example, expected) in READERS.items():
        path = filled(example, world)
        answered = {kind: status_of(client.get(path)) for kind, client in clients.items()}
        readers = {kind for kind, status in answered.items() if status == 200}
        if path.endswith(".pdf") and not documents_possible():
            # Saying that no PDF can be made here is no fault; any other answer is looked at.
            answered = {kind: status for kind, status in answered.items() if status != 503}
        broken = {kind: status for kind, status in answered.items() if status >= 500}
        if readers != expected or broken:
            wrong[route] = {
                "unexpected": sorted(readers - expected),
                "shut out": sorted(expected - readers),
                "broken": broken,
            }
    assert wrong == {}


def test_english_addresses_follow_the_same_rule(world):
    clients = {kind: client_of(world, kind) for kind in ("guest", "donor", "superuser")}
    wrong = {}
    for route, (example, expected) in READERS.items():
        if not example.startswith(("/desk/", "/partner/", "/account/")):
            continue
        for kind, client in clients.items():
            status = status_of(client.get("/en" + filled(example, world)))
            if (status == 200) != (kind in expected):
                wrong[route, kind] = status
    assert wrong == {}


def test_acting_without_the_right_changes_nothing(world):
    """POST to every desk address by people who may not read the desk at all."""
    from matching.models import NeedEvent

    strangers = [
        client_of(world, kind) for kind in ("guest", "donor", "superuser", "partner_elsewhere")
    ]
    before = NeedEvent.objects.count()
    taken = {}
    for route, (example, _) in READERS.items():
        if not example.startswith("/desk/"):
            continue
        for client in strangers:
            status = client.post(filled(example, world), {"reason": "x", "decision": "approve"})
            if status.status_code not in {302, 403, 404, 405} or (
                status.status_code == 302 and "/account/login/" not in status["Location"]
            ):
                taken[route] = status.status_code
    assert taken == {}
    assert NeedEvent.objects.count() == before


@pytest.mark.parametrize(("prefix", "readers"), ADMIN_READERS.items())
def test_the_back_office_is_for_its_own(world, prefix, readers):
    for kind in PEOPLE:
        status = client_of(world, kind).get(f"/{prefix}").status_code
        assert (status == 200) == (kind in readers), (kind, status)


def test_admin_addresses_without_arguments_are_closed_to_strangers(world):
    closed = [
        "/" + route
        for route in patterns(get_resolver())
        if route.startswith(("admin/", "django-admin/")) and not re.search(r"[<(\\^$]", route)
    ]
    assert len(closed) > 60
    let_in = set()
    for kind in ("guest", "donor", "officer", "auditor"):
        client = client_of(world, kind)
        for path in closed:
            if client.get(path).status_code == 200:
                let_in.add(path)
    assert let_in <= {
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/complete/",
        "/admin/jsi18n/",
        "/admin/sprite/",
        "/django-admin/login/",
        "/django-admin/jsi18n/",
    }


def test_a_receipt_opens_with_its_key_only(world):
    client = Client()
    path = filled("/receipts/<receipt>/", world)
    assert client.get(path, {"t": world.rows["receipt_key"]}).status_code == 200
    assert client.get(path, {"t": "0" * 20}).status_code == 404
