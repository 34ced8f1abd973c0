"""Officers at once: a household has one consent in force per scope, and nobody gets an error."""

from functools import partial

import pytest

from core import clock
from matching.models import Consent
from matching.registry.services.consents import consent_record
from matching.states import ConsentScope, Role
from tests.donations.threads import at_once
from tests.factories.matching import HouseholdFactory, make_person


@pytest.mark.postgres
def test_consents_recorded_at_once_take_each_others_place(committed_db):
    household = HouseholdFactory()
    person = make_person(Role.VILLAGE_OFFICER, household.village.region)
    before = Consent.objects.count()
    record = partial(
        consent_record,
        actor=person,
        household_id=household.pk,
        scope=ConsentScope.PUBLISH_STORY,
        channel="纸质签字",
        given_on=clock.today(),
    )

    errors = at_once([record] * 6)

    assert errors == []
    assert Consent.objects.count() == before + 6
    assert Consent.objects.filter(scope=ConsentScope.PUBLISH_STORY, withdrawn_at=None).count() == 1
