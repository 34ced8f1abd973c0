"""Whether a role is held is asked in several ways: all give one answer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from matching.models import RoleAssignment
from matching.registry import policies
from matching.registry.selectors.organisations import giving_organisation_id
from matching.registry.selectors.roles import assignments_of, people_with
from matching.states import Role
from tests.examples import DRAWN, taken_back
from tests.factories.matching import OrganisationFactory, UserFactory, make_tree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 17, 4, tzinfo=UTC)
ENDS = st.none() | st.sampled_from([timedelta(seconds=step) for step in (-60, -1, 0, 1, 60)])
HELD = st.lists(st.tuples(st.sampled_from([Role.PARTNER, Role.EDITOR, Role.AUDITOR]), ENDS))


@DRAWN
@given(HELD, st.booleans())
def test_every_door_agrees_on_who_holds_a_role(db, held, is_active):
    with taken_back(), clock.pretend(NOW):
        organisation = OrganisationFactory()
        person = UserFactory(is_active=is_active)
        RoleAssignment.objects.bulk_create(
            RoleAssignment(
                user=person,
                role=role,
                region=make_tree().county,
                organisation=organisation,
                ended_at=None if ends is None else NOW + ends,
            )
            for role, ends in held
        )
        expected = {
            role for role, ends in held if is_active and (ends is None or ends > timedelta(0))
        }

        assert policies.roles_of(person) == expected
        assert {assignment.role for assignment in assignments_of(person)} == expected
        for role in Role:
            assert policies.holds(person, role) == (role in expected)
            assert list(people_with(role)) == ([person] if role in expected else [])
        is_partner = Role.PARTNER in expected
        assert list(policies.organisations_of(person)) == ([organisation] if is_partner else [])
        assert giving_organisation_id(user=person) == (organisation.pk if is_partner else None)


def test_a_stranger_holds_nothing():
    assert list(assignments_of(AnonymousUser())) == []
