"""Agreements with an account, bank lines and goods, as the money desk lists them."""

from django.db.models import QuerySet

from donations.models import GoodsGift, Instalment
from donations.states import (
    InstalmentStatus,
)
from matching.models import PairingAgreement


def agreements_with_account() -> QuerySet[PairingAgreement]:
    """Return signed agreements; those in force first."""
    rows = PairingAgreement.objects.filter(signed_on__isnull=False)
    return rows.select_related("organisation", "village__region").order_by("status", "-pk")


def instalments_waiting() -> QuerySet[Instalment]:
    """Return recorded bank lines that nobody has decided on, oldest first."""
    return _instalments().filter(status=InstalmentStatus.RECORDED).order_by("pk")


def instalments_decided() -> QuerySet[Instalment]:
    """Return confirmed and refused bank lines, newest first."""
    rows = _instalments().exclude(status=InstalmentStatus.RECORDED)
    return rows.order_by("-decided_at", "-pk")


def _instalments() -> QuerySet[Instalment]:
    return Instalment.objects.select_related(
        "milestone__agreement__organisation",
        "milestone__agreement__village__region",
        "recorded_by",
        "decided_by",
    )


def instalment_by_id(pk: int) -> Instalment | None:
    """Return one bank line with its agreement and people."""
    return _instalments().filter(pk=pk).first()


def goods_waiting() -> QuerySet[GoodsGift]:
    """Return recorded goods that nobody has decided on, oldest first."""
    return _goods().filter(confirmed_by__isnull=True, refused_by__isnull=True).order_by("pk")


def goods_decided() -> QuerySet[GoodsGift]:
    """Return confirmed and refused goods, newest first."""
    waiting = goods_waiting().values("pk")
    return _goods().exclude(pk__in=waiting).order_by("-pk")


def _goods() -> QuerySet[GoodsGift]:
    return GoodsGift.objects.select_related(
        "campaign", "village__region__parent", "recorded_by", "confirmed_by", "refused_by"
    )


def goods_by_code(code: str) -> GoodsGift | None:
    """Return one record of goods with its campaign and people."""
    return _goods().filter(code=code).first()
