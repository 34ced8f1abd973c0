"""The public API: campaigns, boards and the ledger, as anyone may read them."""

import pytest

from config.api import api
from donations.books.chain import ref_of
from donations.books.services.seals import ledger_seal
from donations.tallies.services import tally_fold
from tests.donations.booking import TOWN, book_gift
from tests.factories.matching import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory(slug="poverty-day", name="扶贫日", name_en="Poverty Day")


def test_campaigns_are_listed_and_shown(client, campaign):
    (listed,) = client.get("/api/v1/campaigns").json()["items"]

    assert listed == client.get("/api/v1/campaigns/poverty-day").json()
    assert listed["name"] == {"zh-hans": "扶贫日", "en": "Poverty Day"}
    assert listed["filing_number"] == campaign.filing_number
    assert listed["board_url"] == "/campaigns/poverty-day/board.json"


def test_the_board_is_the_same_as_board_json(client, campaign):
    book_gift(campaign=campaign, township_code=TOWN)
    tally_fold()

    assert (
        client.get("/api/v1/campaigns/poverty-day/board").content
        == client.get("/campaigns/poverty-day/board.json").content
    )


@pytest.mark.parametrize("path", ["campaigns/nobody", "campaigns/nobody/board"])
def test_what_is_not_there_is_404(client, path):
    response = client.get(f"/api/v1/{path}")

    assert (response.status_code, response.json()) == (404, {"detail": "no such campaign"})


def test_the_ledger_is_paged_and_filtered(client, campaign):
    entry = book_gift(campaign=campaign, minor=100, township_code=TOWN)
    ledger_seal()
    book_gift(campaign=campaign, minor=200)

    answer = client.get("/api/v1/ledger", {"kind": "gift"}).json()

    unsealed, sealed = answer["items"]
    assert (unsealed["sequence"], unsealed["hash"]) == (None, None)
    assert (sealed["sequence"], sealed["ref"]) == (1, ref_of(entry.key))
    assert sealed["postings"] == [
        ["assets:stripe", 100, "CNY"],
        ["funds:campaign:poverty-day", -100, "CNY"],
    ]
    assert (answer["newer"], answer["older"]) == (None, None)
    assert entry.key not in str(answer)


@pytest.mark.parametrize(
    "query", [{"month": "x"}, {"kind": "gold"}, {"campaign": "nobody"}, {"before": "x"}]
)
def test_a_bad_query_is_400_with_the_field(client, query):
    response = client.get("/api/v1/ledger", query)

    assert response.status_code == 400
    assert response.json()["detail"].startswith(next(iter(query)))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/api/v1/ledger").status_code == 405


def test_too_many_requests_are_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(api.throttle[0], "num_requests", 2)
    answers = [client.get("/api/v1/campaigns").status_code for _number in range(3)]

    assert answers == [200, 200, 429]


def test_the_description_names_every_path(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert {
        "/api/v1/campaigns",
        "/api/v1/campaigns/{slug}",
        "/api/v1/campaigns/{slug}/board",
        "/api/v1/ledger",
    } <= set(paths)
    assert all(set(methods) == {"get"} for methods in paths.values())


REFUSED = [
    ("/needs", {"page": "0", "category": "weapons"}, 422, ["page: ", "category: "]),
    ("/needs", {"region": "nowhere"}, 400, ["region: "]),
    ("/ledger", {"month": "x", "kind": "gold"}, 400, ["month: ", "kind: "]),
    ("/campaigns/nobody", {}, 404, ["no such campaign"]),
]


@pytest.mark.parametrize(("path", "query", "status", "told"), REFUSED)
def test_every_problem_has_one_shape_and_names_each_field(client, path, query, status, told):
    answer = client.get(f"/api/v1{path}", query)

    assert answer.status_code == status
    assert answer.json().keys() == {"detail"}
    for part in told:
        assert part in answer.json()["detail"]


def test_too_many_requests_is_a_problem_too(client, monkeypatch):
    monkeypatch.setattr(api.throttle[0], "num_requests", 0)

    answer = client.get("/api/v1/campaigns")

    assert (answer.status_code, answer.json()) == (429, {"detail": "Too many requests."})


def test_the_description_knows_one_problem(client):
    described = client.get("/api/v1/openapi.json").json()
    problem = {"$ref": "#/components/schemas/Problem"}

    assert [name for name in described["components"]["schemas"] if "roblem" in name] == ["Problem"]
    assert described["components"]["schemas"]["Problem"]["required"] == ["detail"]
    for path in described["paths"].values():
        answers = path["get"]["responses"]
        for status in set(answers) - {"200"}:
            assert answers[status]["content"]["application/json"]["schema"] == problem
        assert "429" in answers


def test_the_docs_load_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs").content.decode()

    assert "ninja/swagger-ui-bundle.js" in page
    assert "https://" not in page
    assert "cdn" not in page
