"""B6: the list of needs, nothing cached, beside a bare Django list of the same rows."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from matching.models import Consent, Household, Need
from matching.states import Category, Cause, ConsentScope, NeedStatus
from search.browsing.cards import cards_of
from search.browsing.listing import find
from search.contract import NeedQuery
from search.index.sync import all_texts_sync
from tests import databases
from tests.benchmarks.suite import Effort, Rounds, Row
from tests.factories.matching import ProjectFactory, UserFactory, make_tree

TITLE = "the needs page of 2,000 needs on granian with 2 workers, uncached, against a bare list"
NEEDS, CLIENTS, TARGET = 2_000, 8, 0.35
# Some pages, filters and texts, in turn: no two requests in a row are alike.
ADDRESSES = [
    *(f"/needs/?page={page}" for page in range(1, 21)),
    "/needs/?category=medical",
    "/needs/?region=530627000000&sort=missing_most",
    "/needs/?q=%E5%BA%B7%E5%A4%8D",
    "/needs/?q=%E9%95%87%E9%9B%84&kind=money&sort=nearly_funded",
]
PLAIN = [f"/needs/?page={page}" for page in range(1, 25)]
TITLES = ["康复训练与轮椅", "修缮漏雨的屋顶", "养鸡起步", "小学生的课桌", "过冬取暖"]


def run(effort: Effort) -> Iterable[Row]:
    """Measure in rounds, peer and subject in turn on servers that both stay up."""
    seed()
    queries = {size: _queries(size) for size in (24, 96)}
    assert queries[24] == queries[96] <= 10, f"queries by cards: {queries}"
    measured = Rounds()
    with server() as site, server(B6_PLAIN="1") as plain:
        for port, addresses in ((site, ADDRESSES), (plain, PLAIN)):
            rate(port, addresses, seconds=1)
        for _round in range(effort.rounds):
            measured.peer.append(rate(plain, PLAIN, seconds=effort.seconds))
            measured.subject.append(rate(site, ADDRESSES, seconds=effort.seconds))
    note = f"{queries[24]} queries at 24 and at 96 cards"
    return [measured.row("B6", "pages/s", "bare Django list", target=TARGET, note=note)]


def seed() -> None:
    """Write the needs with their consents, and index them."""
    tree, user, project = make_tree(), UserFactory(), ProjectFactory()
    villages = [tree.village, tree.neighbour_village, tree.far_village, tree.foreign_village]
    households = Household.objects.bulk_create(
        Household(village=villages[n % 4], size_band="4-5", registered_by=user)
        for n in range(NEEDS)
    )
    Consent.objects.bulk_create(
        Consent(
            household=household,
            scope=ConsentScope.PUBLISH_NEED,
            channel="纸质签字",
            given_on=clock.today(),
            recorded_by=user,
        )
        for household in households
    )
    now = clock.now()
    Need.objects.bulk_create(
        Need(
            household=household,
            village=household.village,
            project=project,
            category=Category.values[n % 7],
            cause=Cause.values[n % 5],
            title=f"{TITLES[n % 5]} {n}",
            title_en=f"A need {n}",
            summary="家里有困难，需要大家帮一把。" * 5,
            target_minor=100_000,
            committed_minor=n * 37 % 100_000,
            status=NeedStatus.PUBLISHED,
            filed_by=user,
            verified_at=now,
            published_at=now - timedelta(minutes=n),
        )
        for n, household in enumerate(households)
    )
    assert list(all_texts_sync())[-1] == NEEDS
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _queries(cards: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = find(NeedQuery(page_size=cards))
        assert len(cards_of([hit.need_id for hit in answer.page.hits])) == cards
    return len(captured)


@contextmanager
def server(**environment: str) -> Iterator[int]:
    """Serve on a free port until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    known = {
        "DATABASE_URL": databases.url(),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.b6_settings_work",
        "PYTHONPATH": os.pathsep.join(map(str, (databases.ROOT, databases.ROOT / "site"))),
        "VAR_DIR": str(settings.VAR_DIR),
        "ELASTICSEARCH_URL": "",
    }
    process = subprocess.Popen(
        [*command, "config.wsgi:application"], env={**os.environ, **known, **environment}
    )
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            _get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/needs/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"nothing answers on {port}")


def rate(port: int, addresses: list[str], *, seconds: float) -> float:
    """Return pages a second for some clients that each ask for the next as soon as one came."""
    until = time.monotonic() + seconds

    def client(offset: int) -> int:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        count = 0
        while time.monotonic() < until:
            _get(link, addresses[(offset * 3 + count) % len(addresses)])
            count += 1
        link.close()
        return count

    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.monotonic()
        total = sum(pool.map(client, range(CLIENTS)))
        return total / (time.monotonic() - began)


def _get(link: http.client.HTTPConnection, address: str) -> None:
    link.request("GET", address)
    answer = link.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{address}: {answer.status}"
    assert "镇雄".encode() in body or b"/needs/N" in body, address
