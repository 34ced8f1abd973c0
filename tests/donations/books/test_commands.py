"""``aixin ledger``: export, and verify what was exported or what stands in the database."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from donations.books.services.seals import ledger_seal
from tests.donations.booking import book_gift
from tests.factories.matching import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    campaign = CampaignFactory()
    for _number in range(3):
        book_gift(campaign=campaign)
    ledger_seal()


def test_an_export_verifies_without_the_database(sealed, tmp_path, capsys):
    path = tmp_path / "ledger.jsonl"

    call_command("ledger", "export", output=path)
    call_command("ledger", "verify", file=path)

    assert "OK: 3 entries, last hash" in capsys.readouterr().out
    assert [json.loads(line)["sequence"] for line in path.read_text().splitlines()] == [1, 2, 3]


def test_an_export_goes_to_standard_output_without_a_file(sealed, capsys):
    call_command("ledger", "export")

    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_changed_export_is_refused_and_the_line_named(sealed, tmp_path):
    path = tmp_path / "ledger.jsonl"
    call_command("ledger", "export", output=path)
    path.write_text(path.read_text().replace("1000", "1001"))

    with pytest.raises(CommandError, match="BROKEN: sequence 1: its content does not match"):
        call_command("ledger", "verify", file=path)


def test_the_database_verifies(sealed, capsys):
    call_command("ledger", "verify")

    assert "OK: 3 entries" in capsys.readouterr().out


def test_a_seal_removed_in_the_middle_is_named(sealed):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE donations_entryseal DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER donations_entryseal_no_delete")
        cursor.execute("DELETE FROM donations_entryseal WHERE sequence = 2")

    with pytest.raises(CommandError, match="BROKEN: line 2: found sequence 3"):
        call_command("ledger", "verify")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no file") as refusal:
        call_command("ledger", "verify", file=tmp_path / "absent")

    assert refusal.value.returncode == 2
