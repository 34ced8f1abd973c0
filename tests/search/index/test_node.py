"""Elasticsearch itself: sync, rebuild while writing, drift, and what happens without it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
from django.core.management import call_command
from django.db import connections
from elasticsearch import ConnectionError as NodeGoneError
from elasticsearch import NotFoundError

from config.celery import app
from core import clock
from core.dispatch import outbox_deliver
from core.models import JobRun, Outbox
from matching.models import Need
from search.browsing import listing
from search.browsing.listing import find
from search.contract import NeedQuery
from search.index import indices, sync
from search.index.drift import drift, repair
from search.index.rebuild import RebuildRunningError, rebuild
from search.index.sync import need_sync
from search.models import NeedText
from tests.factories.search import make_public
from tests.waiting import PATIENCE

DEAD_NODE = "http://127.0.0.1:9"


def documents(node) -> dict[int, int]:
    node.indices.refresh(index=indices.read_alias())
    return dict(indices.documents_read())


@pytest.mark.elasticsearch
def test_a_change_reaches_the_document_and_a_withdrawal_removes_it(node, world, deliver_outbox):
    rebuild()
    need = world["stove"]
    need.title = "暖炉"
    need.save()
    deliver_outbox()
    node.indices.refresh(index=indices.read_alias())
    assert find(NeedQuery(text="暖炉")).page.hits[0].need_id == need.pk

    consent = need.household.consents.get()
    consent.withdrawn_at = clock.now()
    consent.save()
    deliver_outbox()

    assert need.pk not in documents(node)


@pytest.mark.elasticsearch
def test_an_older_version_never_overwrites_a_newer(node, world):
    rebuild()
    row = NeedText.objects.get(pk=world["stove"].pk)
    row.version += 5
    indices.push([row])

    row.version -= 3
    row.is_public = False
    indices.push([row])

    assert documents(node)[row.pk] == row.version + 3


@pytest.mark.elasticsearch
def test_nothing_is_written_before_the_first_rebuild(node, world):
    need_sync(need_id=world["stove"].pk)

    assert indices.indices_written() == []
    with pytest.raises(NotFoundError):
        node.search(index=indices.read_alias())


@pytest.mark.elasticsearch
def test_a_removed_index_is_refused_not_made_anew(node, world):
    rebuild()

    with pytest.raises(indices.PushRefusedError):
        indices.push(NeedText.objects.filter(pk=world["stove"].pk), into=["aixin-test-gone"])

    assert not node.indices.exists(index="aixin-test-gone-door")


@pytest.mark.elasticsearch
def test_a_rebuild_leaves_one_index_and_everything_findable(node, world):
    rebuild()
    first = indices.indices_read()

    rebuild()

    assert indices.indices_read() == indices.indices_written() != first
    assert len(documents(node)) == len(world) == 7


@pytest.mark.elasticsearch
def test_a_rebuild_that_fails_leaves_the_old_index_read(node, world):
    rebuild()
    before = indices.indices_read()

    def stop(line: str) -> None:
        if line.startswith("elasticsearch"):
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        rebuild(tell=stop)

    assert indices.indices_read() == indices.indices_written() == before
    assert JobRun.objects.get(name="search.index.rebuild").leased_until is None


def test_two_rebuilds_never_run_at_once(db):
    with pytest.raises(RebuildRunningError):
        rebuild_inside = []

        def again(_line: str) -> None:
            rebuild_inside.append(1)
            rebuild()

        make_public()
        rebuild(tell=again)


@pytest.mark.elasticsearch
def test_what_changes_during_a_rebuild_is_in_the_new_index(node, world):
    """Changes after the new index was made and before it is read go to both."""
    rebuild()
    changed, hidden = world["hens"], world["stove"]
    seen = []

    def meanwhile(line: str) -> None:
        if line.startswith("elasticsearch") and "documents" in line:
            Need.objects.filter(pk=changed.pk).update(title="养鸭起步", summary="")
            need_sync(need_id=changed.pk)
            hidden.household.consents.update(withdrawn_at=clock.now())
            need_sync(need_id=hidden.pk)
            seen.append(documents(node))

    rebuild(tell=meanwhile)

    assert len(indices.indices_written()) == 1
    held = documents(node)
    assert set(held) == {need.pk for need in world.values()} - {hidden.pk}
    assert set(seen[0]) == set(held)
    assert find(NeedQuery(text="养鸭")).page.total == 1
    assert find(NeedQuery(text="起步 想养")).page.total == 0
    assert drift().ids == set()


@pytest.mark.elasticsearch
@pytest.mark.postgres
def test_a_rebuild_under_constant_writing_loses_nothing(committed_db, node):
    needs = [make_public(number) for number in range(40)]
    rebuild()
    totals, turns = [], []

    def write() -> None:
        need = needs[len(turns) % len(needs)]
        Need.objects.filter(pk=need.pk).update(summary=f"第{len(turns)}次改写")
        turns.append(need.pk)
        # A refusal is the old index going away under it; the outbox would try again.
        with suppress(indices.PushRefusedError):
            need_sync(need_id=need.pk)

    def read() -> None:
        answer = find(NeedQuery())
        totals.append((answer.page.total, answer.page.backend))

    with repeated(write), repeated(read):
        for _ in range(3):
            rebuild()
    for need in needs:
        need_sync(need_id=need.pk)

    assert len(turns) > 10
    # A node slow to answer is stood in for by the database; nothing may be missing either way.
    assert {total for total, _backend in totals} == {40}
    assert "elasticsearch" in {backend for _total, backend in totals}
    documents(node)
    assert drift().ids == set()


@contextmanager
def repeated(work):
    """Do it over and over in a thread of its own; an error in it fails the test."""
    stop = threading.Event()

    def loop() -> None:
        try:
            while not stop.is_set():
                work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(loop)
        try:
            yield
        finally:
            stop.set()
        running.result()


@pytest.mark.elasticsearch
def test_drift_is_found_told_and_mended(node, world, capsys):
    rebuild()
    Outbox.objects.all().delete()
    Need.objects.filter(pk=world["desk"].pk).update(title="没有人宣布的改动")
    index = indices.indices_read()[0]
    node.delete(index=index, id=str(world["care"].pk))
    node.index(index=index, id="999999", document={"code": "NOBODY"}, refresh=True)

    with pytest.raises(SystemExit) as stopped:
        call_command("search_check")
    assert stopped.value.code == 1
    told = capsys.readouterr().out
    assert f"rows that differ from their need: 1 ({world['desk'].pk})" in told
    assert f"documents missing: 1 ({world['care'].pk})" in told
    assert "documents that should not be there: 1 (999999)" in told

    mended = repair()
    assert mended.ids == {world["desk"].pk, world["care"].pk, 999999}
    documents(node)
    call_command("search_check")
    assert find(NeedQuery(text="没有人宣布")).page.total == 1


@pytest.mark.elasticsearch
def test_a_node_that_lost_its_index_gets_it_anew(node, world):
    repair()

    assert len(documents(node)) == len(world)
    assert drift().missing == set()


@pytest.mark.elasticsearch
def test_a_node_ahead_of_a_restored_database_is_brought_back(node, world):
    rebuild()
    Outbox.objects.all().delete()
    row = NeedText.objects.get(pk=world["hens"].pk)
    row.version, row.title = 50, "来自未来"
    indices.push([row], refresh=True)

    assert drift().stale == {row.pk}
    repair()
    documents(node)

    assert drift().ids == set()
    assert NeedText.objects.get(pk=row.pk).version == 51


def test_a_promised_sync_is_not_drift(db):
    need = make_public()
    Outbox.objects.all().delete()

    need.title = "改过的标题"
    need.save()
    found = drift()

    assert (found.ids, found.waiting) == (set(), 1)


def test_drift_of_the_database_index_is_found_without_a_node(db):
    need = make_public()
    Outbox.objects.all().delete()
    Need.objects.filter(pk=need.pk).update(summary="改了")

    assert drift().texts == {need.pk}
    repair()
    assert drift().ids == set()


@pytest.fixture
def dead_node(settings):
    settings.ELASTICSEARCH_URL = DEAD_NODE
    listing.breaker.worked()
    yield
    listing.breaker.worked()


def test_without_its_node_the_page_is_answered_by_the_database_and_says_so(
    client, world, dead_node
):
    response = client.get("/needs/?q=老人")
    page = response.content.decode()

    assert response.status_code == 200
    assert "搜索引擎暂时不可用，结果由数据库应答" in page
    assert "由数据库应答" in page
    assert "找到 1 项需求" in page


def test_a_dead_node_is_not_asked_again_at_once(world, dead_node, caplog, monkeypatch):
    monkeypatch.setattr(listing, "breaker", listing.Breaker(cooldown=PATIENCE))

    assert [find(NeedQuery()).degraded for _time in range(3)] == [True] * 3

    told = [line for line in caplog.messages if line.startswith("search: the database stands in")]
    assert len(told) == 1


def test_the_breaker_lets_one_probe_through_after_its_cooldown():
    breaker = listing.Breaker(cooldown=0.0)
    breaker.failed()
    assert breaker.lets_through()

    breaker = listing.Breaker(cooldown=60.0)
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    breaker.worked()
    assert breaker.lets_through()


@pytest.mark.elasticsearch
def test_a_node_without_our_index_is_stood_in_for(client, world, node):
    page = client.get("/needs/").content.decode()

    assert "结果由数据库应答" in page
    assert "找到 6 项需求" in page


@pytest.mark.elasticsearch
def test_the_page_says_that_the_engine_answered(client, world, filled_node):
    page = client.get("/needs/?q=老人&category=daily_goods").content.decode()

    assert "由搜索引擎应答" in page
    assert "独居<mark>老人</mark>过冬取暖" in page


def test_a_sync_that_cannot_reach_the_node_is_tried_again_later(db, dead_node):
    app.loader.import_default_modules()
    need = make_public()
    Outbox.objects.all().delete()
    need.title = "冬衣"
    need.save()
    promise = Outbox.objects.get(task="search.need_sync")

    assert outbox_deliver(outbox_id=promise.pk) is False

    promise.refresh_from_db()
    assert promise.done_at is None
    assert promise.dead_at is None
    assert "ConnectionError" in promise.last_error
    assert NeedText.objects.get(pk=need.pk).title == "冬衣"
    with pytest.raises(NodeGoneError):
        sync.need_sync(need_id=need.pk)
