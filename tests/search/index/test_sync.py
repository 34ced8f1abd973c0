"""Keeping the index in step: through the outbox, in any order, any number of times."""

import pytest
from django.db import connection, transaction

from core import clock
from core.changes import announce
from core.models import Outbox
from matching.models import Need, NeedItem
from matching.states import NeedStatus
from search.backends.database import DatabaseBackend
from search.contract import NeedQuery
from search.index.entries import HIDDEN
from search.index.sync import need_sync, texts_sync
from search.models import NeedText
from tests.factories.matching import NeedFactory
from tests.factories.search import make_public
from tests.waiting import PATIENCE


def found(text: str) -> list[int]:
    return [hit.need_id for hit in DatabaseBackend().search(NeedQuery(text=text)).hits]


def test_a_published_need_is_found_once_the_outbox_is_drained(db, deliver_outbox):
    need = NeedFactory(published=True)
    assert found("课桌") == []

    deliver_outbox()

    assert found("课桌") == [need.pk]


def test_a_need_that_was_never_public_gets_no_row(db, deliver_outbox):
    NeedFactory()
    NeedFactory(verified=True)

    deliver_outbox()

    assert NeedText.objects.count() == 0


def test_many_changes_in_one_transaction_are_one_promise(db):
    need = make_public()
    Outbox.objects.all().delete()

    with transaction.atomic():
        for _ in range(5):
            announce(Need, need.pk)

    assert Outbox.objects.filter(task="search.need_sync").count() == 1


def test_an_announced_update_reaches_the_index(db, deliver_outbox):
    need = make_public(target_minor=100_000)
    deliver_outbox()

    Need.objects.filter(pk=need.pk).update(committed_minor=40_000)
    announce(Need, need.pk)
    deliver_outbox()

    row = NeedText.objects.get(pk=need.pk)
    assert (row.missing_minor, row.nearness) == (60_000, 4_000)


def test_a_renamed_township_is_found_by_its_new_name(db, deliver_outbox):
    need = make_public()
    deliver_outbox()
    township = need.village.region.parent
    assert found("新乌峰街道") == []

    township.name = "新乌峰街道"
    township.save()
    township.save()

    assert Outbox.objects.filter(task="search.index_repair", done_at=None).count() == 1
    deliver_outbox()
    assert found("新乌峰街道") == [need.pk]


def test_a_new_item_is_found(db, deliver_outbox):
    need = make_public()

    NeedItem.objects.create(need=need, name="拐杖", quantity=1, unit="根", unit_price_minor=1)
    deliver_outbox()

    assert found("拐杖") == [need.pk]


def test_a_withdrawn_consent_empties_the_row(db, deliver_outbox):
    need = make_public()
    consent = need.household.consents.get()

    consent.withdrawn_at = clock.now()
    consent.save()
    deliver_outbox()

    row = NeedText.objects.get(pk=need.pk)
    assert {name: getattr(row, name) for name in HIDDEN} == HIDDEN
    assert found("课桌") == []


def test_a_consent_withdrawn_by_announcement_empties_the_row(db, deliver_outbox):
    need = make_public()
    consent = need.household.consents.get()

    type(consent).objects.filter(pk=consent.pk).update(withdrawn_at=clock.now())
    announce(type(consent), consent.pk)
    deliver_outbox()

    assert not NeedText.objects.get(pk=need.pk).is_public


def test_a_paused_need_leaves_and_comes_back(db):
    need = make_public()

    Need.objects.filter(pk=need.pk).update(status=NeedStatus.PAUSED)
    need_sync(need_id=need.pk)
    assert found("课桌") == []

    Need.objects.filter(pk=need.pk).update(status=NeedStatus.PUBLISHED)
    need_sync(need_id=need.pk)
    assert found("课桌") == [need.pk]
    assert NeedText.objects.get(pk=need.pk).version == 3


def test_syncing_again_changes_nothing(db):
    need = make_public()
    before = NeedText.objects.values().get(pk=need.pk)

    need_sync(need_id=need.pk)
    need_sync(need_id=need.pk)

    assert NeedText.objects.values().get(pk=need.pk) == before


def test_a_need_that_does_not_exist_is_no_error(db):
    need_sync(need_id=987_654)

    assert not NeedText.objects.exists()


def test_indexing_can_be_silenced_for_a_bulk_load(db, settings):
    settings.SEARCH_INDEXING = False

    NeedFactory(published=True)

    assert not Outbox.objects.filter(task="search.need_sync").exists()


def test_no_personal_datum_reaches_the_row(db):
    need = make_public(
        household__identity__head_name="王五",
        household__identity__phone="13900001111",
        household__identity__id_number="530627198001010017",
    )

    row = " ".join(str(value) for value in NeedText.objects.values_list().get(pk=need.pk))

    for secret in ("王五", "13900001111", "530627198001010017", need.household.code, "老包寨"):
        assert secret not in row


def test_many_needs_are_synced_in_a_fixed_number_of_queries(db, django_assert_max_num_queries):
    needs = [make_public(number) for number in range(5)]
    Need.objects.update(title="新标题")

    with django_assert_max_num_queries(20):
        texts_sync(need_ids=[need.pk for need in needs])

    assert len(found("新标题")) == 5


@pytest.mark.postgres
def test_syncs_racing_for_one_need_end_with_its_last_state(committed_db):
    """Eight threads change and sync one need; the row ends as the need does."""
    import threading

    from django.db import connections

    need = make_public(target_minor=1_000_000)
    barrier = threading.Barrier(8)

    def work() -> None:
        try:
            barrier.wait(PATIENCE)
            for _ in range(10):
                Need.objects.filter(pk=need.pk).update(
                    committed_minor=Need.objects.values_list("committed_minor", flat=True).get(
                        pk=need.pk
                    )
                    + 1
                )
                need_sync(need_id=need.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    need.refresh_from_db()
    row = NeedText.objects.get(pk=need.pk)
    assert row.missing_minor == need.target_minor - need.committed_minor
    assert row.version > 1
    assert connection.vendor == "postgresql"
