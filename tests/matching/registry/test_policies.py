"""Roles are held by region; nobody gets past them by being a superuser."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from core import clock
from matching.exceptions import RoleMissingError
from matching.registry import policies
from matching.states import Role
from tests.factories.matching import (
    NeedFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    make_person,
    make_publishable,
    make_tree,
)

pytestmark = pytest.mark.django_db


def test_a_role_reaches_its_region_and_what_lies_within():
    tree = make_tree()
    reviewer = make_person(Role.TOWNSHIP_REVIEWER, tree.township)

    reach = {
        place: policies.holds(reviewer, Role.TOWNSHIP_REVIEWER, region=region)
        for place, region in {
            "county": tree.county,
            "township": tree.township,
            "village": tree.village.region,
            "far": tree.far_village.region,
            "foreign": tree.foreign_village.region,
        }.items()
    }

    assert reach == {
        "county": False,
        "township": True,
        "village": True,
        "far": False,
        "foreign": False,
    }


def test_another_role_in_the_same_region_is_not_held():
    tree = make_tree()
    reviewer = make_person(Role.TOWNSHIP_REVIEWER, tree.township)

    assert policies.holds(reviewer, Role.TOWNSHIP_REVIEWER) is True
    assert policies.holds(reviewer, Role.COUNTY_APPROVER) is False
    assert policies.roles_of(reviewer) == {Role.TOWNSHIP_REVIEWER}


def test_an_ended_assignment_counts_no_more():
    tree = make_tree()
    assignment = RoleAssignmentFactory(
        role=Role.COUNTY_APPROVER, region=tree.county, ended_at=clock.now() - timedelta(seconds=1)
    )

    assert policies.roles_of(assignment.user) == set()
    with pytest.raises(RoleMissingError) as refusal:
        policies.require(assignment.user, Role.COUNTY_APPROVER, region=tree.county)
    assert refusal.value.status_code == 403
    assert "县级审定员" in refusal.value.message


def test_superusers_locked_accounts_and_strangers_hold_nothing():
    tree = make_tree()
    locked = make_person(Role.COUNTY_APPROVER, tree.county, is_active=False)
    people = [UserFactory(is_superuser=True, is_staff=True), locked, AnonymousUser()]

    assert [policies.roles_of(person) for person in people] == [set(), set(), set()]


def test_a_partner_stands_for_its_organisations_only():
    ours = OrganisationFactory()
    OrganisationFactory()
    partner = make_person(Role.PARTNER, organisation=ours)

    assert list(policies.organisations_of(partner)) == [ours]
    assert list(policies.organisations_of(AnonymousUser())) == []


@pytest.mark.parametrize("trait", ["verified", "published", "funded", "disbursed"])
def test_the_factory_makes_every_stage(trait):
    need = NeedFactory(**{trait: True})

    need.full_clean()
    assert need.status == trait
    assert need.notices.get().status == "passed"
    assert need.household.consents.count() == 1


def test_a_publishable_need_hides_among_five():
    need = make_publishable()

    assert need.village.households.filter(size_band=need.household.size_band).count() == 5
