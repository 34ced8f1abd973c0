"""What was proposed and decided survives the way back to the old words and forth again."""

import os
import subprocess
import sys

import pytest
from django.db import connection, connections

from core.models import AuditEvent
from donations.models import Disbursement, EventSettlement, GoodsGift, Instalment
from donations.provider.services.settlements import event_explain
from matching.models import MilestoneEvent, PairingAgreement
from matching.pairings.services import milestone_report, milestone_send_back
from tests import databases
from tests.architecture.sources import ROOT
from tests.core.two_people.users import USERS
from tests.factories.events import held_event
from tests.factories.payouts import Pairing, officer

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]
OLD = (("donations", "0007"), ("matching", "0005"))
TABLES = (Disbursement, Instalment, GoodsGift, EventSettlement, PairingAgreement, MilestoneEvent)
# Set anew on the way forward.
TIMES = {"proposed_at"}


def migrate(*target: str) -> None:
    """Migrate in a process of its own: Django keeps state about what it has applied."""
    connections.close_all()
    environment = os.environ | {
        "DATABASE_URL": databases.url(),
        "AIXIN_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    subprocess.run(
        [sys.executable, str(ROOT / "site/manage.py"), "migrate", "-v", "0", *target],
        env=environment,
        check=True,
    )


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def kept() -> dict:
    """Return every row of every table, without the times that are set anew."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in TIMES}
            for row in model.objects.order_by("pk").values()
        ]
        for model in TABLES
    }


def decisions(case) -> list[int]:
    """Make one proposal that is confirmed, one that is refused and one that waits."""
    if case.name in {"instalment", "disbursement"}:
        # One bank line each.
        confirmed = case.proposed(case.proposer())
        case.confirm(confirmed, case.decider())
        return [confirmed.pk]
    made = [case.proposed(case.proposer()) for _number in range(3)]
    case.confirm(made[0], case.decider())
    case.refuse(made[1], case.decider(), "金额不符")
    return [row.pk for row in made]


def two_rounds() -> None:
    """Report a milestone in two rounds, both times for the partner."""
    pairing = Pairing()
    step = pairing.active().milestones.first()
    milestone_report(milestone_id=step.pk, actor=pairing.partner, note="已栽种。")
    milestone_send_back(milestone_id=step.pk, actor=pairing.approver, note="请补测。")
    milestone_report(milestone_id=step.pk, actor=pairing.partner, note="已补测。")


def test_decisions_and_rounds_survive_the_way_back_and_forth(committed_db, fake):
    made = {case.name: decisions(case) for case in USERS}
    event_explain(event_id=held_event().pk, actor=officer(), reason="另一个系统的付款。")
    two_rounds()
    before = kept()
    turned_down = PairingAgreement.objects.get(pk=made["agreement"][1])
    accepted = PairingAgreement.objects.get(pk=made["agreement"][0])

    for target in OLD:
        migrate(*target)
    assert rows(
        "SELECT confirmed_by_id IS NOT NULL, refused_by_id IS NOT NULL"
        " FROM donations_goodsgift ORDER BY id"
    ) == [(True, False), (False, True), (False, False)]
    for table, words in (
        ("disbursement", {"paid"}),
        ("instalment", {"confirmed"}),
        ("eventsettlement", {"done", "refused", "proposed"}),
    ):
        assert {word for (word,) in rows(f"SELECT status FROM donations_{table}")} == words
    assert rows(
        "SELECT decided_by_id = proposed_by_id FROM donations_eventsettlement"
        " WHERE kind = 'explained'"
    ) == [(True,)]
    assert rows(
        f"SELECT accepted_by_id FROM matching_pairingagreement WHERE id = {accepted.pk}"
    ) == [(accepted.decided_by_id,)]
    assert rows("SELECT COUNT(*) FROM matching_milestoneevent") == [(3,)]

    migrate()
    after = kept()
    for row in before["PairingAgreement"]:
        if row["id"] == turned_down.pk:
            # Older code knew its closer alone.
            row |= {"decided_by_id": None, "decided_at": None, "refusal_reason": ""}
        elif row["decided_by_id"]:
            told = AuditEvent.objects.get(action="agreement.accepted", object_ref=row["code"])
            row["decided_at"] = told.at
    assert after == before
    for model in TABLES[:-1]:
        for row in model.objects.all():
            assert row.proposed_at == row.created_at
