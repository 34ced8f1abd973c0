"""Listening for changes that search shows; the only model signals of the project."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from core import changes
from core.dispatch import enqueue_on_commit
from matching.models import Consent, Need, NeedItem, Region
from matching.states import PUBLIC_STATUSES
from search import task_names


def connect() -> None:
    """Listen, once per process; called when the app is ready."""
    for model in (Need, NeedItem, Consent):
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search-save-{model.__name__}")
        post_delete.connect(row_changed, sender=model, dispatch_uid=f"search-del-{model.__name__}")
    post_save.connect(region_changed, sender=Region, dispatch_uid="search-save-Region")
    changes.listen(row_announced)


def row_changed(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """Promise a sync for a saved or deleted row, if strangers see or saw its need."""
    if isinstance(instance, Need):
        if instance.published_at or instance.status in PUBLIC_STATUSES:
            need_changed(instance.pk)
    elif isinstance(instance, NeedItem):
        need_changed(instance.need_id)
    elif isinstance(instance, Consent):
        household_changed(instance.household_id)


def row_announced(label: str, pk: int) -> None:
    """Promise a sync for a row changed by ``QuerySet.update``."""
    if label == Need._meta.label_lower:
        need_changed(pk)
    elif label == Consent._meta.label_lower:
        household_changed(Consent.objects.values_list("household_id", flat=True).get(pk=pk))


def region_changed(created: bool, **_kwargs: Any) -> None:
    """Promise one comparison of all needs for a renamed or moved region: many may name it."""
    if settings.SEARCH_INDEXING and not created:
        enqueue_on_commit(task_names.INDEX_REPAIR, key="index-repair")


def household_changed(household_id: int) -> None:
    """Promise a sync of a household's needs that were ever public."""
    needs = Need.objects.filter(household_id=household_id, published_at__isnull=False)
    # In order: the key of each promise is held to the end of the transaction.
    for need_id in needs.order_by("pk").values_list("pk", flat=True):
        need_changed(need_id)


def need_changed(need_id: int) -> None:
    """Promise a sync of one need, after the surrounding transaction."""
    if settings.SEARCH_INDEXING:
        enqueue_on_commit(task_names.NEED_SYNC, key=f"need-sync:{need_id}", need_id=need_id)
