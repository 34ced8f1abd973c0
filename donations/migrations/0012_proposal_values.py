"""What was decided before, in the words of the one state table."""

from django.db import migrations
from django.db.models import F

PROPOSALS = ("Disbursement", "Instalment", "GoodsGift", "EventSettlement")
# Model, its old word, the one word.
WORDS = (
    ("Disbursement", "paid", "confirmed"),
    ("EventSettlement", "done", "confirmed"),
    ("Instalment", "recorded", "proposed"),
)
UNKNOWN = "未记录理由"


def fill(apps, schema_editor) -> None:
    """Say who decided and what; an explanation, which takes one person, has no decider."""
    rows = {name: apps.get_model("donations", name).objects for name in PROPOSALS}
    for name in PROPOSALS:
        rows[name].update(proposed_at=F("created_at"))
    for name, old, new in WORDS:
        rows[name].filter(status=old).update(status=new)
    goods = rows["GoodsGift"]
    goods.filter(decided_by__isnull=False).update(status="confirmed")
    goods.filter(refused_by__isnull=False).update(
        status="refused", decided_by=F("refused_by"), decided_at=F("refused_at")
    )
    explained = rows["EventSettlement"].filter(kind="explained")
    explained.update(decided_by=None, decided_at=None)
    for name in PROPOSALS:
        rows[name].filter(status="refused", refusal_reason="").update(refusal_reason=UNKNOWN)


def take_back(apps, schema_editor) -> None:
    """Say it in the old words again."""
    rows = {name: apps.get_model("donations", name).objects for name in PROPOSALS}
    rows["EventSettlement"].filter(kind="explained").update(
        decided_by=F("proposed_by"), decided_at=F("proposed_at")
    )
    refused = rows["GoodsGift"].filter(status="refused")
    refused.update(
        refused_by=F("decided_by"), refused_at=F("decided_at"), decided_by=None, decided_at=None
    )
    for name, old, new in WORDS:
        rows[name].filter(status=new).update(status=old)
    for name in PROPOSALS:
        rows[name].filter(refusal_reason=UNKNOWN).update(refusal_reason="")


class Migration(migrations.Migration):
    dependencies = [("donations", "0011_proposal_fields")]

    operations = [migrations.RunPython(fill, take_back)]
