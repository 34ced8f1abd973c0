"""Bank lines of agreements: recorded by one, confirmed by another, booked once."""

from datetime import timedelta

import pytest

from core import clock
from core.exceptions import AlreadyDecidedError, ReasonMissingError, SamePersonError
from core.money import Money
from core.two_people.states import ProposalStatus
from donations.exceptions import InstalmentRefusedError
from donations.models import Entry, Instalment
from donations.offline.selectors import instalments_waiting
from donations.offline.services.instalments import instalment_confirm, instalment_refuse
from donations.pairings.selectors import pairing_figures
from donations.states import EntryKind
from matching.exceptions import RoleMissingError
from matching.states import Role
from tests.factories.matching import make_person
from tests.factories.payouts import Pairing, officer, recorded, superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(db):
    return Pairing().active()


def test_a_confirmed_line_has_arrived_and_is_booked(agreement):
    second = officer()
    row = recorded(agreement, 60_000, "LINE-1", officer())
    assert pairing_figures(agreement).arrived == Money(0)

    for _time in range(2):
        instalment_confirm(instalment_id=row.pk, actor=second)

    row.refresh_from_db()
    assert (row.status, row.decided_by) == (ProposalStatus.CONFIRMED, second)
    entry = Entry.objects.get(kind=EntryKind.INSTALMENT)
    assert entry.agreement == agreement
    assert dict(entry.postings.values_list("account__code", "amount_minor")) == {
        "assets:bank": 60_000,
        f"funds:pairing:{agreement.code}": -60_000,
    }
    assert pairing_figures(agreement).arrived == Money(60_000)


def test_who_recorded_a_line_does_not_confirm_it(agreement):
    both = officer(is_superuser=True)
    row = recorded(agreement, 60_000, "LINE-1", both)

    with pytest.raises(SamePersonError):
        instalment_confirm(instalment_id=row.pk, actor=both)
    with pytest.raises(SamePersonError):
        instalment_refuse(instalment_id=row.pk, actor=both, reason="错了")

    assert Entry.objects.count() == 0
    assert list(instalments_waiting()) == [row]


@pytest.mark.parametrize("person", [superuser, lambda: make_person(Role.AUDITOR)])
def test_without_the_role_nothing_is_recorded_or_confirmed(agreement, person):
    row = recorded(agreement, 1_000, "LINE-1", officer())
    stranger = person()

    with pytest.raises(RoleMissingError):
        recorded(agreement, 1_000, "LINE-2", stranger)
    with pytest.raises(RoleMissingError):
        instalment_confirm(instalment_id=row.pk, actor=stranger)

    assert Instalment.objects.count() == 1
    assert Entry.objects.count() == 0


def test_a_bank_line_is_recorded_once(agreement):
    person = officer()
    first = recorded(agreement, 1_000, "LINE-1", person)

    assert recorded(agreement, 1_000, "LINE-1", person) == first
    with pytest.raises(InstalmentRefusedError):
        recorded(agreement, 2_000, "LINE-1", person)
    with pytest.raises(InstalmentRefusedError):
        recorded(agreement, 1_000, "LINE-1", officer())

    assert Instalment.objects.count() == 1


def test_a_refused_line_may_be_recorded_again(agreement):
    row, second = recorded(agreement, 1_000, "LINE-1", officer()), officer()

    with pytest.raises(ReasonMissingError):
        instalment_refuse(instalment_id=row.pk, actor=second, reason="")
    instalment_refuse(instalment_id=row.pk, actor=second, reason="金额少一位")
    again = recorded(agreement, 10_000, "LINE-1", officer())

    assert again != row
    with pytest.raises(AlreadyDecidedError):
        instalment_confirm(instalment_id=row.pk, actor=second)
    assert Entry.objects.count() == 0


def test_what_cannot_be_is_not_recorded(agreement):
    person, tomorrow = officer(), clock.today() + timedelta(days=1)

    for minor, reference, day in [(0, "A", None), (5, " ", None), (5, "A", tomorrow)]:
        with pytest.raises(InstalmentRefusedError):
            recorded(agreement, minor, reference, person, day)

    assert Instalment.objects.count() == 0


def test_a_proposal_takes_no_money():
    proposed = Pairing().proposed()

    with pytest.raises(InstalmentRefusedError):
        recorded(proposed, 1_000, "LINE-1", officer())
