"""A sponsor does not match its own gift, however its people give it."""

import uuid

import pytest

from core import clock
from donations.models import Donation, Donor
from matching.funds.selectors.explanations import explanation_sentences
from matching.models import MatchReservation, RoleAssignment
from matching.registry.selectors.organisations import giving_organisation_id
from matching.states import Role
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import OrganisationFactory, UserFactory, make_person
from tests.pages import address

pytestmark = pytest.mark.django_db
TOLD = "不为本单位的捐赠配捐"


@pytest.fixture
def fund():
    return MatchFundFactory(sponsor=OrganisationFactory(email_domain="sponsor.example.com"))


@pytest.fixture
def member(fund):
    return make_person(Role.PARTNER, organisation=fund.sponsor, email="Member@example.org")


def unmatched(donation: Donation) -> bool:
    told = " ".join(explanation_sentences(donation.match_explanation))
    return (
        donation.promised_match_minor == 0
        and TOLD in told
        and not MatchReservation.objects.filter(reference=donation.code).exists()
    )


@pytest.mark.parametrize(
    "email",
    [
        "member@example.org",
        "MEMBER@EXAMPLE.ORG",
        "anybody@sponsor.example.com",
        "anybody@mail.Sponsor.Example.com",
    ],
)
def test_a_gift_under_an_address_of_the_sponsor_gets_nothing_from_its_fund(
    need, fund, member, email
):
    donation = start_gift(need, 5_000, email=email)

    assert unmatched(donation)
    assert donation.donor.organisation == fund.sponsor


def test_a_signed_in_member_gets_nothing_under_whatever_address(need, fund, member):
    assert unmatched(start_gift(need, 5_000, email="private@example.org", user=member))


@pytest.mark.parametrize(
    "email", ["someone@example.org", "x@example.com", "x@notsponsor.example.com"]
)
def test_everybody_else_is_matched(need, fund, member, email):
    donation = start_gift(need, 5_000, email=email)

    assert donation.promised_match_minor == 5_000
    assert donation.donor.organisation is None


def test_a_sponsors_member_is_still_matched_by_others_funds(need, fund, member):
    other = MatchFundFactory()
    donation = start_gift(need, 5_000, email="member@example.org")

    assert donation.promised_match_minor == 5_000
    parts = MatchReservation.objects.filter(reference=donation.code)
    assert [part.fund for part in parts] == [other]


def test_who_left_the_organisation_is_matched_and_who_joined_is_not(need, fund, member):
    start_gift(need, 1_000, email="member@example.org")
    RoleAssignment.objects.filter(user=member).update(ended_at=clock.now())
    assert start_gift(need, 1_000, email="member@example.org").promised_match_minor == 1_000
    assert Donor.objects.get().organisation is None

    RoleAssignment.objects.filter(user=member).update(ended_at=None)
    assert unmatched(start_gift(need, 1_000, email="member@example.org"))


def test_of_several_organisations_the_sponsor_counts(need, fund, member):
    RoleAssignment.objects.create(
        user=member, role=Role.PARTNER, organisation=OrganisationFactory(email_domain="a.example")
    )
    assert giving_organisation_id(user=member) == fund.sponsor_id


def test_other_roles_and_locked_accounts_make_no_member(fund):
    person = UserFactory(email="editor@example.org", is_active=False)
    RoleAssignment.objects.create(user=person, role=Role.PARTNER, organisation=fund.sponsor)

    assert giving_organisation_id(email="editor@example.org") is None
    assert giving_organisation_id(email="not an address") is None
    assert giving_organisation_id() is None


@pytest.mark.parametrize(("language", "told"), [("zh-hans", TOLD), ("en", "does not match")])
def test_the_form_tells_a_signed_in_member_before_they_give(  # noqa: PLR0917
    client, need, fund, member, language, told
):
    client.force_login(member)
    page = client.get(address("give", need.code, language=language))
    assert told in page.text
    quote = client.get(address("give_quote", need.code, language=language), {"amount": "5000"})
    assert quote.json()["match_minor"] == 0
    assert told in " ".join(quote.json()["sentences"])

    client.logout()
    assert (
        client.get(address("give_quote", need.code), {"amount": "5000"}).json()["match_minor"]
        == 5_000
    )


def test_a_guest_under_a_members_address_is_asked_before_paying(client, fake, need, fund, member):
    answer = client.post(
        address("give", need.code),
        {
            "client_token": str(uuid.uuid4()),
            "shown_match": "5000:5000",
            "amount": "5000",
            "email": "member@example.org",
        },
    )

    assert answer.status_code == 409
    assert TOLD in answer.text
    donation = Donation.objects.get()
    assert donation.match_waived_at is None
    assert not donation.payments.exists()
