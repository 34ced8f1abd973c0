"""The needs of the public API."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.factories.search import make_public


def get(client, path: str, **fields):
    response = client.get(f"/api/v1{path}", fields)
    return response.status_code, json.loads(response.content)


def test_the_list_has_both_languages_and_who_answered(client, world):
    status, page = get(client, "/needs", q="轮椅")

    assert status == 200
    assert (page["total"], page["backend"], page["degraded"]) == (1, "database", False)
    item = page["items"][0]
    assert item["title"] == {"zh-hans": "康复训练与轮椅", "en": "Rehabilitation and a wheelchair"}
    assert item["place"] == {"zh-hans": "黑树镇", "en": "Heishu Town"}
    assert (item["target_minor"], item["reserved_minor"], item["missing_minor"]) == (
        500_000,
        100_000,
        400_000,
    )


def test_filters_facets_and_pages_are_those_of_the_site(client, world):
    _status, page = get(
        client, "/needs", category=["education", "medical"], sort="waiting_longest", page_size=2
    )

    assert [item["code"] for item in page["items"]] == [world["desk"].code, world["care"].code]
    assert page["total"] == 3
    assert {"value": "housing", "count": 1} in page["facets"]["category"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"category": "weapons"}, 422),
        ({"page": "0"}, 422),
        ({"page": "501"}, 422),
        ({"page_size": "101"}, 422),
        ({"status": "draft"}, 422),
        ({"sort": "secret"}, 422),
        ({"q": "x" * 101}, 422),
        ({"region": "\x00"}, 400),
        ({"region": "530627102201"}, 400),
        ({"page": "500", "page_size": "100"}, 404),
    ],
)
def test_bad_input_is_told(client, world, fields, status):
    found, body = get(client, "/needs", **fields)

    assert found == status
    assert body["detail"]


def test_one_need_has_its_items(client, world):
    status, need = get(client, f"/needs/{world['care'].code}")

    assert status == 200
    assert [item["quantity"] for item in need["items"]] == [1]


def test_a_need_that_is_not_public_is_not_found(client, world):
    world["care"].household.consents.update(withdrawn_at=clock.now())

    assert get(client, f"/needs/{world['care'].code}")[0] == 404
    assert get(client, "/needs/nothing")[0] == 404


def test_no_village_and_no_household_is_told(client, world):
    body = client.get("/api/v1/needs?status=all").content.decode()

    assert "老包寨" not in body
    assert "530627102201" not in body
    assert world["care"].household.code not in body


def test_more_needs_cost_no_more_queries(client, db):
    make_public(0)
    client.get("/api/v1/needs")
    with CaptureQueriesContext(connection) as few:
        client.get("/api/v1/needs")
    for number in range(1, 24):
        make_public(number)
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/needs")

    assert len(many) == len(few) <= 6
