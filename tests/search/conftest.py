"""Both backends over one small world of needs."""

import os

import pytest

from matching.states import Category, Cause, Kind, NeedStatus
from search.backends.database import DatabaseBackend
from tests.factories.matching import make_tree
from tests.factories.search import make_public


@pytest.fixture
def world(db):
    """Seven public needs in three townships, by a short name each."""
    tree = make_tree()
    far, foreign = tree.far_village, tree.foreign_village
    return {
        "desk": make_public(0, target_minor=100_000, committed_minor=90_000),
        "stove": make_public(
            1,
            title="独居老人过冬取暖",
            title_en="A stove for an old man alone",
            summary="老人独自居住，冬天没有取暖设备。",
            summary_en="He lives alone and has no heating.",
            category=Category.DAILY_GOODS,
            cause=Cause.LACK_OF_LABOUR,
            kind=Kind.GOODS,
            target_minor=80_000,
        ),
        "care": make_public(
            2,
            title="康复训练与轮椅",
            title_en="Rehabilitation and a wheelchair",
            summary="术后需要康复训练，购置轮椅一台，ND8型。",
            summary_en="Training after surgery, and one wheelchair.",
            category=Category.MEDICAL,
            cause=Cause.ILLNESS,
            target_minor=500_000,
            committed_minor=100_000,
            village=far,
        ),
        "hens": make_public(
            3,
            title="养鸡起步",
            title_en="First hens",
            summary="想养鸡增加收入，缺启动资金。Wi-Fi 摄像头一个。",
            summary_en="Hens for an income; a café buys the eggs.",
            category=Category.INDUSTRY,
            cause=Cause.LACK_OF_FUNDS,
            target_minor=300_000,
            village=far,
        ),
        "roof": make_public(
            4,
            title="修缮漏雨的屋顶",
            title_en="Mend a leaking roof",
            summary="去年雨季屋顶漏水。",
            summary_en="The roof let in water last season.",
            category=Category.HOUSING,
            cause=Cause.DISASTER,
            target_minor=900_000,
            committed_minor=900_000,
            village=foreign,
        ),
        "lamp": make_public(
            5,
            title="小学生的台灯",
            title_en="A lamp for a pupil",
            summary="晚上写作业光线太暗。",
            summary_en="It is too dark for homework.",
            target_minor=20_000,
            village=foreign,
        ),
        "done": make_public(
            6,
            title="已买好的课桌",
            title_en="A desk already bought",
            summary="课桌已经买好。",
            summary_en="The desk is there.",
            status=NeedStatus.CLOSED,
            target_minor=50_000,
            committed_minor=50_000,
            collected_minor=50_000,
        ),
    }


@pytest.fixture
def node(settings):
    """Turn the real node on, with indices of this test process's own, gone afterwards."""
    from search.browsing.listing import breaker
    from search.index import indices

    settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_TEST_URL
    settings.ELASTICSEARCH_INDEX_PREFIX = f"aixin-test-{os.getpid()}"
    breaker.worked()
    yield indices.client(upkeep=True)
    for name in {*indices.indices_read(), *indices.indices_written()}:
        indices.index_drop(name)


@pytest.fixture
def filled_node(node, world):
    """The node's backend over the world."""
    from search.backends.elastic import ElasticBackend
    from search.index.rebuild import rebuild

    assert rebuild() == len(world)
    return ElasticBackend()


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def backend(request, world):
    """A backend that holds the world."""
    if request.param == "database":
        return DatabaseBackend()
    return request.getfixturevalue("filled_node")


@pytest.fixture
def found(backend, world):
    """Return a function that searches and gives the short names found, in order."""
    names = {need.pk: name for name, need in world.items()}

    def search(**fields):
        from search.contract import NeedQuery

        return [names[hit.need_id] for hit in backend.search(NeedQuery(**fields)).hits]

    return search
