"""Agreements with an account, bank lines and goods, as the money desk lists them."""

from django.db.models import QuerySet

from core.two_people.models import ProposalQuerySet
from donations.models import GoodsGift, Instalment
from matching.models import PairingAgreement


def agreements_with_account() -> QuerySet[PairingAgreement]:
    """Return signed agreements; those in force first."""
    rows = PairingAgreement.objects.filter(signed_on__isnull=False)
    return rows.select_related("organisation", "village__region").order_by("status", "-pk")


def instalments_waiting() -> ProposalQuerySet[Instalment]:
    """Return recorded bank lines that nobody has decided on, oldest first."""
    return _instalments().waiting().order_by("pk")


def instalments_decided() -> ProposalQuerySet[Instalment]:
    """Return confirmed and refused bank lines, newest first."""
    return _instalments().over().order_by("-decided_at", "-pk")


def _instalments() -> ProposalQuerySet[Instalment]:
    return Instalment.objects.select_related(
        "milestone__agreement__organisation",
        "milestone__agreement__village__region",
        "proposed_by",
        "decided_by",
    )


def instalment_by_id(pk: int) -> Instalment | None:
    """Return one bank line with its agreement and people."""
    return _instalments().filter(pk=pk).first()


def goods_waiting() -> ProposalQuerySet[GoodsGift]:
    """Return recorded goods that nobody has decided on, oldest first."""
    return _goods().waiting().order_by("pk")


def goods_decided() -> ProposalQuerySet[GoodsGift]:
    """Return confirmed and refused goods, newest first."""
    return _goods().over().order_by("-pk")


def _goods() -> ProposalQuerySet[GoodsGift]:
    return GoodsGift.objects.select_related(
        "campaign", "village__region__parent", "proposed_by", "decided_by"
    )


def goods_by_code(code: str) -> GoodsGift | None:
    """Return one record of goods with its campaign and people."""
    return _goods().filter(code=code).first()
