"""A story goes live only for a need that may be public, and never by its own maker's hand."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.models import ModelLogEntry

from cms.exceptions import StoryRefusedError
from cms.models import NeedStory
from cms.stories.publishing import scheduled_publish, story_refusal
from core import clock
from matching.models import Need, NeedEvent
from matching.states import ConsentScope, NeedStatus, Role
from tests.factories.cms import NeedStoryFactory, make_chief, make_editor
from tests.factories.matching import NeedFactory, UserFactory, make_person, make_publishable

pytestmark = pytest.mark.django_db


def withdraw(story, scope):
    story.need.household.consents.filter(scope=scope).update(withdrawn_at=clock.now())


def draft(story=None, **fields):
    """A story and the revision an editor saved of it."""
    story = story or NeedStoryFactory(**fields)
    return story, story.save_revision(user=make_editor())


def assert_nothing_changed(story, status=NeedStatus.VERIFIED):
    story = NeedStory.objects.get(pk=story.pk)
    assert story.live is False
    assert story.first_published_at is None
    assert Need.objects.get(pk=story.need_id).status == status
    assert NeedEvent.objects.filter(need=story.need_id).count() == 0


def test_publishing_a_story_publishes_its_need():
    story, revision = draft()
    chief = make_chief()

    revision.publish(user=chief)

    story.refresh_from_db()
    need = Need.objects.get(pk=story.need_id)
    assert story.live is True
    assert need.status == NeedStatus.PUBLISHED
    assert need.events.get().actor == chief


def test_publishing_twice_leaves_one_event():
    story, revision = draft()
    chief = make_chief()
    revision.publish(user=chief)

    revision.publish(user=chief)

    assert story.need.events.count() == 1


def test_a_need_in_publicity_is_refused():
    need = NeedFactory(status=NeedStatus.IN_PUBLICITY)
    story, revision = draft(NeedStoryFactory(need=need))

    with pytest.raises(StoryRefusedError, match="完成核实与公示后才能发布"):
        revision.publish(user=make_chief())

    assert_nothing_changed(story, NeedStatus.IN_PUBLICITY)


def test_a_need_without_a_passed_notice_is_refused():
    story, revision = draft()
    story.need.notices.all().delete()

    with pytest.raises(StoryRefusedError, match="没有已通过的公示"):
        revision.publish(user=make_chief())

    assert_nothing_changed(story)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (ConsentScope.PUBLISH_NEED, "对“公开需求”的同意"),
        (ConsentScope.PUBLISH_STORY, "对“公开故事与图片”的同意"),
    ],
)
def test_a_withdrawn_consent_is_refused(scope, words):
    story, revision = draft()
    withdraw(story, scope)

    with pytest.raises(StoryRefusedError, match=words):
        revision.publish(user=make_chief())

    assert_nothing_changed(story)


def test_a_card_that_would_show_a_family_is_refused():
    need = NeedFactory(verified=True)
    story, revision = draft(NeedStoryFactory(need=need))

    with pytest.raises(StoryRefusedError, match="公开后可能被认出"):
        revision.publish(user=make_chief())

    assert_nothing_changed(story)


def test_nobody_publishes_what_they_wrote():
    chief = make_chief()
    story = NeedStoryFactory()
    revision = story.save_revision(user=chief)

    with pytest.raises(StoryRefusedError, match="您写过或提交过这一稿"):
        revision.publish(user=chief)

    assert_nothing_changed(story)


def test_a_superuser_is_no_exception():
    story, revision = draft()
    superuser = UserFactory(is_superuser=True, is_staff=True)

    with pytest.raises(StoryRefusedError, match="需要“编辑”角色"):
        revision.publish(user=superuser)

    writer = make_person(Role.EDITOR, is_superuser=True)
    with pytest.raises(StoryRefusedError, match="您写过或提交过这一稿"):
        story.save_revision(user=writer).publish(user=writer)
    assert_nothing_changed(story)


def test_a_bare_publish_without_anybody_is_refused():
    story, revision = draft()

    with pytest.raises(StoryRefusedError, match="要有负责的编辑"):
        revision.publish()

    assert_nothing_changed(story)


def test_an_editor_without_the_right_to_publish_is_refused_by_wagtail():
    story, revision = draft()

    with pytest.raises(Exception, match="do not have permission to publish"):
        revision.publish(user=make_editor())

    assert_nothing_changed(story)


def test_somebody_who_verified_the_need_does_not_publish_it():
    chief = make_chief()
    need = make_publishable(filed_by=chief)
    story, revision = draft(NeedStoryFactory(need=need))

    with pytest.raises(StoryRefusedError, match="同一人不能经办两个环节"):
        revision.publish(user=chief)

    assert_nothing_changed(story)


def test_the_registered_action_is_the_checking_one():
    story, revision = draft()
    withdraw(story, ConsentScope.PUBLISH_STORY)
    action = action_registry.get_action_class(NeedStory, "publish")

    with pytest.raises(StoryRefusedError):
        action(revision, user=make_chief()).execute(skip_permission_checks=True)

    assert_nothing_changed(story)


def test_an_edit_of_a_live_story_needs_another_person_too():
    story, revision = draft()
    writer, chief = make_chief(), make_chief()
    revision.publish(user=chief)
    story.refresh_from_db()
    story.title = "改过的标题"
    edited = story.save_revision(user=writer)

    with pytest.raises(StoryRefusedError, match="您写过或提交过这一稿"):
        edited.publish(user=writer)

    assert NeedStory.objects.get(pk=story.pk).title != "改过的标题"
    edited.publish(user=chief)
    assert NeedStory.objects.get(pk=story.pk).title == "改过的标题"


def test_unpublishing_takes_back_the_story_and_leaves_the_need_open():
    story, revision = draft()
    chief = make_chief()
    revision.publish(user=chief)
    story.refresh_from_db()

    story.unpublish(user=chief)

    assert NeedStory.objects.shown().count() == 0
    assert Need.objects.get(pk=story.need_id).status == NeedStatus.PUBLISHED


def scheduled(chief, **fields):
    """A story a chief put on the timetable for a minute ago."""
    story = NeedStoryFactory(go_live_at=timezone.now() + timedelta(hours=1), **fields)
    revision = story.save_revision(user=make_editor())
    revision.publish(user=chief)
    past = timezone.now() - timedelta(minutes=1)
    content = revision.content | {"go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    return story, revision


def test_a_scheduled_story_goes_live_in_the_name_of_whoever_scheduled_it():
    chief = make_chief()
    story, _revision = scheduled(chief)
    assert NeedStory.objects.get(pk=story.pk).live is False

    scheduled_publish()

    assert NeedStory.objects.get(pk=story.pk).live is True
    assert story.need.events.get().actor == chief


def test_a_scheduled_story_whose_consent_is_gone_stays_a_draft_and_says_why():
    chief = make_chief()
    story, revision = scheduled(chief)
    other, _other_revision = scheduled(chief)
    withdraw(story, ConsentScope.PUBLISH_STORY)

    call_command("publish_scheduled")

    revision.refresh_from_db()
    assert_nothing_changed(story)
    assert revision.approved_go_live_at is None
    entry = ModelLogEntry.objects.get(action="cms.story.publish_refused")
    assert "对“公开故事与图片”的同意" in entry.data["reason"]
    assert "对“公开故事与图片”的同意" in str(entry.message)
    assert NeedStory.objects.get(pk=other.pk).live is True


def test_a_refusal_names_no_household():
    story, _revision = draft()
    withdraw(story, ConsentScope.PUBLISH_NEED)

    reason = story_refusal(story)

    assert story.need.household.code not in reason
    assert story.need.household.identity.head_name not in reason
