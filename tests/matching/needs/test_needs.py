"""The chain: filed, three people, and every refusal leaves nothing changed."""

import pytest
from django.db import IntegrityError, transaction

from core.exceptions import SamePersonError
from matching.exceptions import ConsentMissingError, RoleMissingError, TransitionRefusedError
from matching.models import Need, NeedEvent
from matching.needs.services.needs import (
    ItemLine,
    need_decide,
    need_draft,
    need_edit,
    need_file,
    need_withdraw,
)
from matching.needs.services.transitions import need_move
from matching.registry.services.consents import consent_withdraw
from matching.states import NEED_TRANSITIONS, ConsentScope, Decision, NeedStatus, Role
from tests.factories.flow import (
    ITEMS,
    approve,
    drafted,
    make_team,
    need_at,
    picture,
    registered,
    terms,
)
from tests.factories.matching import NeedFactory, RoleAssignmentFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db
S = NeedStatus
STEPS = [
    (S.FILED, "village_reviewer"),
    (S.VILLAGE_APPROVED, "township_reviewer"),
    (S.TOWNSHIP_APPROVED, "county_approver"),
]


@pytest.fixture
def team():
    return make_team()


def state(need) -> tuple[str, int, int]:
    need.refresh_from_db()
    return need.status, need.round, NeedEvent.objects.filter(need=need).count()


def test_the_target_is_the_sum_of_the_items(team):
    need = drafted(team)

    assert need.target_minor == 2 * 30_000 + 2 * 8_000
    assert need.status == S.DRAFT
    assert need.village == need.household.village


def test_four_people_bring_a_need_into_publicity_and_each_move_is_on_record(team):
    need = need_at(team, S.IN_PUBLICITY)

    digest = need.evidence.get().sha256
    moves = [
        (event.new_status, event.actor, event.role, event.decision, event.evidence_digests)
        for event in need.events.all()
    ]
    assert moves == [
        (S.FILED, team.officer, "village_officer", "", [digest]),
        (S.VILLAGE_APPROVED, team.village_reviewer, "village_reviewer", "approve", [digest]),
        (S.TOWNSHIP_APPROVED, team.township_reviewer, "township_reviewer", "approve", [digest]),
        (S.IN_PUBLICITY, team.county_approver, "county_approver", "approve", [digest]),
    ]
    assert need.notices.get().status == "open"


@pytest.mark.parametrize("decision", [Decision.SEND_BACK, Decision.REJECT])
@pytest.mark.parametrize(("status", "who"), STEPS)
def test_a_refusal_needs_a_reason_and_then_stands(team, status, who, decision):
    need = need_at(team, status)
    before = state(need)

    with pytest.raises(TransitionRefusedError, match="写明理由"):
        need_decide(need_id=need.pk, actor=getattr(team, who), decision=decision, reason=" ")
    assert state(need) == before

    need_decide(need_id=need.pk, actor=getattr(team, who), decision=decision, reason="缺证明")

    assert need.events.last().reason == "缺证明"
    assert state(need)[0] == (S.DRAFT if decision == Decision.SEND_BACK else S.REJECTED)


@pytest.mark.parametrize(("status", "who"), STEPS)
def test_a_step_is_closed_to_every_other_person(team, status, who):
    need = need_at(team, status)
    before = state(need)
    role = Role(who)
    tree = team.tree
    others = {
        name: getattr(team, name)
        for name in (
            "officer",
            "village_reviewer",
            "township_reviewer",
            "county_approver",
            "editor",
        )
        if name != who
    }
    others |= {
        "elsewhere": make_person(role, tree.far_village.region),
        "other county": make_person(role, tree.other_county),
        "superuser": UserFactory(is_superuser=True, is_staff=True),
    }

    for person in others.values():
        with pytest.raises(RoleMissingError):
            approve(need, person)

    assert state(need) == before


@pytest.mark.parametrize(("status", "who"), STEPS)
def test_holding_every_role_does_not_let_one_person_take_two_steps(team, status, who):
    for role in (Role.VILLAGE_REVIEWER, Role.TOWNSHIP_REVIEWER, Role.COUNTY_APPROVER):
        for person in (team.officer, team.village_reviewer, team.township_reviewer):
            RoleAssignmentFactory(user=person, role=role, region=team.tree.county)
    need = need_at(team, status)
    before = state(need)
    acted = {event.actor for event in need.events.all()}

    for person in acted:
        with pytest.raises(SamePersonError, match="同一人不能经办两个环节"):
            approve(need, person)

    assert state(need) == before


def test_a_later_round_repeats_steps_but_lends_nobody_another(team):
    RoleAssignmentFactory(
        user=team.village_reviewer, role=Role.TOWNSHIP_REVIEWER, region=team.tree.township
    )
    RoleAssignmentFactory(
        user=team.village_reviewer, role=Role.VILLAGE_OFFICER, region=team.tree.village.region
    )
    need = need_at(team, S.VILLAGE_APPROVED)
    need_decide(
        need_id=need.pk, actor=team.township_reviewer, decision=Decision.SEND_BACK, reason="补正"
    )

    with pytest.raises(SamePersonError):
        need_file(need_id=need.pk, actor=team.village_reviewer)
    need_file(need_id=need.pk, actor=team.officer)
    assert state(need)[:2] == (S.FILED, 2)

    approve(need, make_person(Role.VILLAGE_REVIEWER, team.tree.village.region))
    with pytest.raises(SamePersonError):
        approve(need, team.village_reviewer)
    approve(need, team.township_reviewer)

    assert state(need)[:2] == (S.TOWNSHIP_APPROVED, 2)


def test_the_drafter_may_not_review_what_a_colleague_filed(team):
    need = drafted(team)
    colleague = make_person(Role.VILLAGE_OFFICER, team.tree.village.region)
    RoleAssignmentFactory(
        user=team.officer, role=Role.VILLAGE_REVIEWER, region=team.tree.village.region
    )
    need_file(need_id=need.pk, actor=colleague)

    with pytest.raises(SamePersonError):
        approve(need, team.officer)

    assert state(need)[0] == S.FILED


def test_the_database_refuses_two_acts_of_one_person_in_a_round(team):
    need = need_at(team, S.FILED)

    with pytest.raises(IntegrityError), transaction.atomic():
        need_move(need=need, to=S.VILLAGE_APPROVED, actor=team.officer, decision="approve")

    assert state(need)[0] == S.FILED


def test_filing_needs_consent(team):
    need = drafted(team)
    consent_withdraw(
        household_id=need.household_id, scope=ConsentScope.PUBLISH_NEED, actor=team.officer
    )

    with pytest.raises(ConsentMissingError, match="补录同意"):
        need_file(need_id=need.pk, actor=team.officer)

    assert state(need) == (S.DRAFT, 1, 0)


def test_filing_needs_an_evidence_file_and_items(team):
    household = registered(team)
    with pytest.raises(TransitionRefusedError, match="至少填写一项"):
        need_draft(actor=team.officer, household_id=household.pk, terms=terms(), items=[])
    assert Need.objects.count() == 0
    need = need_draft(actor=team.officer, household_id=household.pk, terms=terms(), items=ITEMS)

    with pytest.raises(TransitionRefusedError, match="佐证材料"):
        need_file(need_id=need.pk, actor=team.officer)

    assert state(need) == (S.DRAFT, 1, 0)


def test_a_notice_does_not_go_up_without_consent(team):
    need = need_at(team, S.TOWNSHIP_APPROVED)
    consent_withdraw(
        household_id=need.household_id, scope=ConsentScope.PUBLISH_NEED, actor=team.officer
    )
    before = state(need)

    with pytest.raises(ConsentMissingError, match="不能公示"):
        approve(need, team.county_approver)

    assert state(need) == before
    assert not need.notices.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "张建国家的课桌"},
        {"summary": "联系电话 13800000000"},
        {"summary_en": "Card 6222000011112222"},
    ],
)
def test_public_text_that_identifies_is_refused(team, changes):
    household = registered(team)

    with pytest.raises(TransitionRefusedError, match="不能出现姓名"):
        need_draft(
            actor=team.officer, household_id=household.pk, terms=terms(**changes), items=ITEMS
        )

    assert Need.objects.count() == 0


def test_a_draft_is_rewritten_and_a_filed_need_is_not(team):
    need = drafted(team)
    lines = [ItemLine("净水器", 1, "台", 50_000)]
    colleague = make_person(Role.VILLAGE_OFFICER, team.tree.village.region)

    need_edit(need_id=need.pk, actor=colleague, terms=terms(title="净水"), items=lines)
    need.refresh_from_db()
    assert (need.title, need.target_minor, need.items.get().name) == ("净水", 50_000, "净水器")

    need_file(need_id=need.pk, actor=team.officer)
    with pytest.raises(TransitionRefusedError, match="不能再修改"):
        need_edit(need_id=need.pk, actor=team.officer, terms=terms(), items=ITEMS)
    need.refresh_from_db()
    assert need.title == "净水"


def test_a_decision_on_what_has_moved_on_is_refused(team):
    need = need_at(team, S.FILED)
    approve(need, team.village_reviewer)
    before = state(need)

    with pytest.raises(TransitionRefusedError, match="刷新页面"):
        need_decide(
            need_id=need.pk,
            actor=team.village_reviewer,
            decision=Decision.APPROVE,
            expected_status=S.FILED,
        )
    with pytest.raises(TransitionRefusedError, match="请选择"):
        need_decide(need_id=need.pk, actor=team.township_reviewer, decision="perhaps")

    assert state(need) == before


def test_a_stale_copy_cannot_move_a_need(team):
    need = need_at(team, S.FILED)
    stale = Need.objects.get(pk=need.pk)
    approve(need, team.village_reviewer)
    before = state(need)

    with pytest.raises(TransitionRefusedError, match="刚被其他人处理过"):
        need_move(need=stale, to=S.REJECTED, actor=None)

    assert state(need) == before


@pytest.mark.parametrize("old", list(S))
def test_moves_outside_the_table_are_refused(old):
    need = NeedFactory(status=old, verified_at="2026-01-01T00:00Z")
    for new in set(S) - NEED_TRANSITIONS[old]:
        with pytest.raises(TransitionRefusedError, match="不能变为"):
            need_move(need=need, to=new, actor=None)

    assert state(need) == (old, 1, 0)


def test_withdrawing_needs_a_reason_the_right_person_and_no_money(team):
    need = need_at(team, S.IN_PUBLICITY)
    before = state(need)
    with pytest.raises(RoleMissingError):
        need_withdraw(need_id=need.pk, actor=team.township_reviewer, reason="x")
    with pytest.raises(TransitionRefusedError, match="写明撤回的理由"):
        need_withdraw(need_id=need.pk, actor=team.officer, reason="")
    assert state(need) == before

    for _ in range(2):
        need_withdraw(need_id=need.pk, actor=team.officer, reason="已自行解决")

    assert state(need)[0] == S.WITHDRAWN
    assert need.notices.get().subject == ""
    paid = NeedFactory(published=True, committed_minor=1, village=team.tree.village)
    with pytest.raises(TransitionRefusedError, match="已有善款"):
        need_withdraw(need_id=paid.pk, actor=team.officer, reason="x")
    assert state(paid) == (S.PUBLISHED, 1, 0)


def test_the_evidence_of_a_need_stands_in_its_later_events(team):
    from matching.needs.services.evidence import evidence_add

    need = need_at(team, S.FILED)
    evidence_add(
        need_id=need.pk,
        actor=team.village_reviewer,
        upload=picture(comment=b"visit", quality=20),
        purpose="visit",
    )

    approve(need, team.village_reviewer)

    assert len(need.events.last().evidence_digests) == 2
