"""Which person may publish a revision, and in whose name a timetable does."""

from datetime import timedelta

import pytest
from wagtail.log_actions import log

from cms.exceptions import StoryRefusedError
from cms.stories.publishing import person_refusal, scheduler_of, story_check, story_need_publish
from core import changes, clock
from matching.models import Need
from matching.states import NeedStatus, Role
from tests.factories.cms import NeedStoryFactory, make_chief, make_editor
from tests.factories.matching import UserFactory, make_person

pytestmark = pytest.mark.django_db
SCHEDULED = "wagtail.publish.schedule"


@pytest.fixture
def story():
    return NeedStoryFactory()


@pytest.fixture
def revision(story):
    return story.save_revision(user=make_editor())


def test_each_person_is_told_why_not(story, revision):
    writer = revision.user
    refusals = {
        who: person_refusal(story, revision=revision, actor=person)
        for who, person in {
            "nobody": None,
            "a superuser": UserFactory(is_superuser=True, is_staff=True),
            "an approver": make_person(Role.COUNTY_APPROVER),
            "the writer": writer,
            "another editor": make_chief(),
        }.items()
    }

    assert "不能由系统代发" in refusals["nobody"]
    assert "需要“编辑”角色" in refusals["a superuser"]
    assert "需要“编辑”角色" in refusals["an approver"]
    assert "您写过或提交过这一稿" in refusals["the writer"]
    assert refusals["another editor"] is None


def test_a_person_who_may_not_is_refused_even_where_the_story_may_be_shown(story, revision):
    with pytest.raises(StoryRefusedError, match="需要“编辑”角色"):
        story_check(story=story, revision=revision, actor=UserFactory())
    story_check(story=story, revision=revision, actor=make_chief())

    story.need.household.consents.update(withdrawn_at=clock.now())
    with pytest.raises(StoryRefusedError, match="不能发布"):
        story_check(story=story, revision=revision, actor=make_chief())


def test_the_needs_refusal_is_told_as_the_storys(story):
    with pytest.raises(StoryRefusedError, match="编辑"):
        story_need_publish(need_id=story.need_id, actor=UserFactory())

    assert Need.objects.get(pk=story.need_id).status == NeedStatus.VERIFIED


def test_a_need_that_is_public_already_is_announced_all_the_same(story):
    chief = make_chief()
    story_need_publish(need_id=story.need_id, actor=chief)
    heard = []

    def listener(label: str, pk: int) -> None:
        heard.append((label, pk))

    changes.listen(listener)
    try:
        story_need_publish(need_id=story.need_id, actor=chief)
    finally:
        changes._listeners.remove(listener)

    assert heard == [("matching.need", story.need_id)]


def test_whoever_put_this_revision_on_the_timetable_last_publishes_it(story, revision):
    first, last, of_another, who_edited = (make_chief() for _number in range(4))
    other = story.save_revision(user=make_editor())
    now = clock.now()
    for hours, person, action, of in [
        (1, first, SCHEDULED, revision),
        (2, last, SCHEDULED, revision),
        (3, of_another, SCHEDULED, other),
        (4, who_edited, "wagtail.edit", revision),
    ]:
        entry = log(instance=story, action=action, user=person, revision=of)
        type(entry).objects.filter(pk=entry.pk).update(timestamp=now + timedelta(hours=hours))

    assert scheduler_of(revision) == last
    assert scheduler_of(other) == of_another


def test_what_nobody_put_on_the_timetable_has_no_scheduler(revision):
    assert scheduler_of(revision) is None
