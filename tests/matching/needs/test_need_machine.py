"""Any order of moves by anybody: the chain stays whole and every refusal is clean."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.exceptions import RefusedError
from matching.models import Need, NeedEvent, Objection
from matching.models.roles import REGIONAL_ROLES
from matching.needs.services.needs import need_decide, need_file, need_withdraw
from matching.needs.services.publicity import objection_file, objection_resolve
from matching.needs.services.publishing import need_pause, need_publish
from matching.registry.services.consents import consent_record, consent_withdraw
from matching.states import (
    NEED_TRANSITIONS,
    STEP_APPROVED,
    ConsentScope,
    Decision,
    NeedStatus,
    ObjectionStatus,
    Role,
)
from tests.factories.flow import drafted, end_publicity, make_team
from tests.factories.matching import RoleAssignmentFactory, UserFactory, fill_card_class

S = NeedStatus
CHAIN_MOVES = {S.FILED, *STEP_APPROVED.values()}
who = st.integers(min_value=0, max_value=6)


class NeedMachine(RuleBasedStateMachine):
    """Seven people who hold every role of the county try everything."""

    def __init__(self) -> None:
        super().__init__()
        team = make_team()
        self.need = drafted(team)
        fill_card_class(self.need)
        self.people = [team.officer, *UserFactory.create_batch(6)]
        for person in self.people:
            for role in (*REGIONAL_ROLES, Role.EDITOR):
                region = None if role == Role.EDITOR else team.tree.county
                RoleAssignmentFactory(user=person, role=role, region=region)

    def attempt(self, service, **values) -> None:
        """Call the service; a refusal must change neither the need nor its history."""
        before = self.snapshot()
        try:
            service(**values)
        except RefusedError:
            assert self.snapshot() == before

    def snapshot(self) -> tuple:
        need = Need.objects.get(pk=self.need.pk)
        notices = list(need.notices.order_by("pk").values_list("status", "subject"))
        return need.status, need.round, need.events.count(), notices

    @rule(person=who)
    def file(self, person):
        self.attempt(need_file, need_id=self.need.pk, actor=self.people[person])

    # Approval is drawn most often, so that runs get far.
    @rule(person=who, decision=st.sampled_from([Decision.APPROVE] * 4 + list(Decision)))
    def decide(self, person, decision):
        self.attempt(
            need_decide,
            need_id=self.need.pk,
            actor=self.people[person],
            decision=decision,
            reason="理由",
        )

    @rule()
    def end(self):
        end_publicity()

    @rule(person=who)
    def publish(self, person):
        self.attempt(need_publish, need_id=self.need.pk, actor=self.people[person])

    @rule(person=who)
    def pause(self, person):
        self.attempt(need_pause, need_id=self.need.pk, actor=self.people[person], reason="复核")

    @rule()
    def object(self):
        notice = self.need.notices.order_by("-pk").first()
        if notice:
            self.attempt(objection_file, notice_id=notice.pk, body="情况不实")

    @rule(person=who, outcome=st.sampled_from([None, None, S.DRAFT, S.REJECTED]))
    def settle(self, person, outcome):
        objection = Objection.objects.filter(status="open").first()
        if objection:
            self.attempt(
                objection_resolve,
                objection_id=objection.pk,
                actor=self.people[person],
                status=ObjectionStatus.UPHELD if outcome else ObjectionStatus.DISMISSED,
                resolution="已核查",
                outcome=outcome,
            )

    @rule(again=st.booleans())
    def withdraw_consent(self, again):
        values = {"household_id": self.need.household_id, "scope": ConsentScope.PUBLISH_NEED}
        self.attempt(consent_withdraw, actor=self.people[0], **values)
        if again:
            day = self.need.created_at.date()
            self.attempt(
                consent_record, actor=self.people[0], channel="电话", given_on=day, **values
            )

    @rule(person=who, really=st.sampled_from([False] * 9 + [True]))
    def withdraw(self, person, really):
        if really:
            self.attempt(
                need_withdraw, need_id=self.need.pk, actor=self.people[person], reason="已解决"
            )

    @invariant()
    def history_is_a_path_through_the_table(self):
        events = list(NeedEvent.objects.filter(need=self.need))
        at = S.DRAFT
        for event in events:
            assert event.old_status == at
            assert event.new_status in NEED_TRANSITIONS[S(at)]
            at = event.new_status
        assert Need.objects.get(pk=self.need.pk).status == at

    @invariant()
    def nobody_took_two_steps(self):
        steps: dict[int, set[str]] = {}
        for event in NeedEvent.objects.filter(need=self.need, new_status__in=CHAIN_MOVES):
            steps.setdefault(event.actor_id, set()).add(event.old_status)
        assert all(len(taken) == 1 for taken in steps.values())

    @invariant()
    def what_is_public_passed_and_what_ended_is_redacted(self):
        need = Need.objects.get(pk=self.need.pk)
        if need in Need.objects.public():
            assert need.verified_at
            assert need.notices.filter(status="passed").exists()
            assert need.household.consents.in_force(ConsentScope.PUBLISH_NEED).exists()
        assert not need.notices.exclude(status="open").exclude(subject="").exists()
        standing = need.notices.filter(status="open").exists()
        assert standing == (need.status == S.IN_PUBLICITY)


@pytest.mark.django_db
def test_any_order_of_moves_keeps_the_rules():
    from django.db import transaction

    class Undone(Exception):  # noqa: N818 not an error
        """Ends the transaction of one run."""

    class Rolled(NeedMachine):
        """Each run in a savepoint that is undone: append-only rows cannot be deleted."""

        def __init__(self) -> None:
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            super().__init__()

        def teardown(self) -> None:
            self.savepoint.__exit__(Undone, Undone(), None)

    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
