"""People of one county and a need walked through the real services to where a test begins."""

import io
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import clock
from core.accounts.models import User
from matching.models import Household, Need
from matching.needs.services.evidence import evidence_add
from matching.needs.services.needs import ItemLine, NeedTerms, need_decide, need_draft, need_file
from matching.needs.services.publicity import publicity_close_due
from matching.needs.services.publishing import need_publish
from matching.registry.services.households import ConsentTerms, household_register
from matching.states import Category, Cause, Decision, NeedStatus, Role
from tests.factories.matching import ProjectFactory, Tree, fill_card_class, make_person, make_tree

S = NeedStatus
ITEMS = (ItemLine("课桌", 2, "套", 30_000, "Desk"), ItemLine("台灯", 2, "盏", 8_000, "Lamp"))


@dataclass(frozen=True, slots=True)
class Team:
    """One person per step, each for the region the step belongs to."""

    tree: Tree
    officer: User
    village_reviewer: User
    township_reviewer: User
    county_approver: User
    editor: User


def make_team() -> Team:
    """Return the people of the tree's first village and those above it."""
    tree = make_tree()
    return Team(
        tree=tree,
        officer=make_person(Role.VILLAGE_OFFICER, tree.village.region),
        village_reviewer=make_person(Role.VILLAGE_REVIEWER, tree.village.region),
        township_reviewer=make_person(Role.TOWNSHIP_REVIEWER, tree.township),
        county_approver=make_person(Role.COUNTY_APPROVER, tree.county),
        editor=make_person(Role.EDITOR),
    )


def picture(name: str = "photo.jpg", **save) -> SimpleUploadedFile:
    """Return a small real JPEG as it would be uploaded."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", **save)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def terms(**changes) -> NeedTerms:
    """Return what an ordinary need says."""
    values = {
        "project_id": changes.pop("project_id", None) or ProjectFactory().pk,
        "category": Category.EDUCATION,
        "cause": Cause.SCHOOLING,
        "title": "孩子上学需要课桌",
        "title_en": "Desks for pupils",
        "summary": "家中两名学生缺少课桌和台灯。",
        "summary_en": "Two pupils at home lack desks and lamps.",
    }
    return NeedTerms(**(values | changes))


def registered(team: Team, id_number: str = "530627198001010011") -> Household:
    """Return a household registered with consent to publish."""
    return household_register(
        actor=team.officer,
        village_id=team.tree.village.pk,
        size_band=Household.SizeBand.SEVERAL,
        head_name="张建国",
        id_number=id_number,
        phone="13800000000",
        consent=ConsentTerms(channel="纸质签字", given_on=clock.today()),
    )


def drafted(team: Team, household: Household | None = None) -> Need:
    """Return a draft with items and one evidence file, ready to be filed."""
    need = need_draft(
        actor=team.officer,
        household_id=(household or registered(team)).pk,
        terms=terms(),
        items=ITEMS,
    )
    evidence_add(need_id=need.pk, actor=team.officer, upload=picture())
    return need


def approve(need: Need, actor: User) -> None:
    """Say yes at the step where the need stands."""
    need_decide(need_id=need.pk, actor=actor, decision=Decision.APPROVE)


def need_at(team: Team, status: NeedStatus, household: Household | None = None) -> Need:
    """Return a need that the team's people brought to ``status``, up to PUBLISHED."""
    need = drafted(team, household)
    walk = [
        (S.FILED, lambda: need_file(need_id=need.pk, actor=team.officer)),
        (S.VILLAGE_APPROVED, lambda: approve(need, team.village_reviewer)),
        (S.TOWNSHIP_APPROVED, lambda: approve(need, team.township_reviewer)),
        (S.IN_PUBLICITY, lambda: approve(need, team.county_approver)),
        (S.VERIFIED, end_publicity),
        (S.PUBLISHED, lambda: _publish(need, team.editor)),
    ]
    for reached, step in walk:
        if need.status == status:
            break
        step()
        need.refresh_from_db()
        assert need.status == reached
    return need


def end_publicity() -> int:
    """Run the closing task as if all notices' time were up."""
    with time_machine.travel(clock.now() + timedelta(days=60)):
        return publicity_close_due()


def _publish(need: Need, editor: User) -> None:
    fill_card_class(need)
    need_publish(need_id=need.pk, actor=editor)
