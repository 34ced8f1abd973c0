"""The editor's way through the admin: writing, review by another person, refusals in words."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow

from cms.editors.enrolment import editor_enrol
from cms.exceptions import StoryRefusedError
from cms.models import DifferentPersonTask, NeedStory
from core import clock
from core.models import AuditEvent
from matching.models import Need
from matching.states import ConsentScope, NeedStatus
from tests.cms.writing import ADD, edit_url, form_of, written
from tests.factories.cms import (
    home,
    make_chief,
    make_editor,
    shown_story,
)
from tests.factories.matching import NeedFactory, UserFactory, make_publishable

pytestmark = pytest.mark.django_db

REASON = "对“公开故事与图片”的同意"


def submitted(writer, **fields):
    """A draft submitted for review."""
    story = written(writer, **fields)
    Workflow.objects.get(name="编辑审核").start(story, writer)
    return story


def approve(client, story, action="approve"):
    state = story.current_workflow_task_state
    url = reverse(
        "wagtailsnippets_cms_needstory:workflow_action", args=[story.pk, action, state.pk]
    )
    return client.post(url, {"comment": ""})


def withdraw(story):
    story.need.household.consents.filter(scope=ConsentScope.PUBLISH_STORY).update(
        withdrawn_at=clock.now()
    )


def test_the_workflow_of_a_fresh_installation_takes_another_chief():
    workflow = NeedStory.get_default_workflow()

    task = DifferentPersonTask.objects.get()
    assert workflow.name == "编辑审核"
    assert workflow.tasks.get().specific == task
    assert list(task.groups.all()) == [Group.objects.get(name="主编")]
    assert home().get_workflow() == workflow
    assert Workflow.objects.active().get() == workflow


def test_enrolling_is_safe_twice_and_on_record():
    user = UserFactory()

    editor_enrol(user=user)
    editor_enrol(user=user)

    assert [group.name for group in user.groups.all()] == ["编辑"]
    assert AuditEvent.objects.filter(action="cms.editor_enrol").count() == 1


def test_the_admin_speaks_chinese(client):
    client.force_login(make_editor())

    html = client.get("/admin/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="zh-hans"' in html.lower()
    assert "待写故事" in html


def test_a_draft_is_saved_without_asking_the_need(client):
    writer = make_editor()
    client.force_login(writer)
    need = NeedFactory(status=NeedStatus.VERIFIED, verified_at=clock.now())
    story = NeedStory(need=need, title="一张课桌", summary="说明")

    answer = client.post(ADD, form_of(story))

    saved = NeedStory.objects.get()
    assert answer.status_code == 302
    assert saved.live is False
    assert saved.slug == need.code.lower()
    assert saved.latest_revision.user == writer


def test_another_chief_approves_and_story_and_need_are_public(client):
    story = submitted(make_editor())
    chief = make_chief()
    client.force_login(chief)

    answer = approve(client, story)

    assert answer.status_code == 302
    assert NeedStory.objects.shown().get(need=story.need) == story
    assert Need.objects.get(pk=story.need_id).status == NeedStatus.PUBLISHED
    assert story.need.events.get().actor == chief


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_approves_what_they_submitted(client, is_superuser):
    chief = make_chief(is_superuser=is_superuser)
    story = submitted(chief)
    client.force_login(chief)

    answer = approve(client, story)

    assert answer.status_code == 302
    assert answer["Location"].endswith("/admin/")
    assert story.workflow_in_progress
    assert NeedStory.objects.get().live is False
    assert Need.objects.get(pk=story.need_id).status == NeedStatus.VERIFIED
    task = DifferentPersonTask.objects.get()
    assert task.get_actions(story, chief) == []
    assert not task.get_task_states_user_can_moderate(chief).exists()
    with pytest.raises(StoryRefusedError, match="不能审核自己"):
        task.on_action(story.current_workflow_task_state, chief, "approve")


def test_whoever_changed_the_text_during_review_does_not_approve_it(client):
    story = submitted(make_editor())
    chief, other = make_chief(), make_chief()
    story.title = "主编改过的标题"
    story.save_revision(user=chief, log_action=True)
    task = DifferentPersonTask.objects.get()

    assert task.get_actions(story, chief) == []
    assert [name for name, _label, _modal in task.get_actions(story, other)] == [
        "reject", "approve", "approve",
    ]  # fmt: skip


def test_a_superuser_outside_the_group_approves_nothing():
    story = submitted(make_editor())

    assert (
        DifferentPersonTask.objects.get().get_actions(story, UserFactory(is_superuser=True)) == []
    )


def test_an_approval_that_may_not_publish_says_why_and_stays_open(client):
    story = submitted(make_editor())
    withdraw(story)
    client.force_login(make_chief())

    answer = approve(client, story)

    page = client.get(answer["Location"]).content.decode()
    assert REASON in page
    story.refresh_from_db()
    assert story.live is False
    assert story.workflow_in_progress
    assert Need.objects.get(pk=story.need_id).status == NeedStatus.VERIFIED


def test_the_dialogue_gets_the_same_answer(client):
    story = submitted(make_editor())
    withdraw(story)
    client.force_login(make_chief())
    state = story.current_workflow_task_state
    url = reverse(
        "wagtailsnippets_cms_needstory:workflow_action", args=[story.pk, "approve", state.pk]
    )

    answer = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.status_code == 200
    assert answer.json()["step"] == "success"
    assert story.workflow_in_progress


def test_a_story_sent_back_stays_a_draft(client):
    story = submitted(make_editor())
    client.force_login(make_chief())

    approve(client, story, action="reject")

    assert NeedStory.objects.get().live is False
    assert story.current_workflow_state.status == "needs_changes"


def test_a_chief_publishes_an_editors_draft_unchanged(client):
    story = written(make_editor())
    client.force_login(make_editor())
    client.post(edit_url(story), form_of(story))  # as the form writes it, keys and all
    story.refresh_from_db()
    client.force_login(make_chief())

    answer = client.post(edit_url(story), form_of(story, **{"action-publish": "1"}))

    assert answer.status_code == 302
    assert NeedStory.objects.shown().get(need=story.need) == story


def test_the_publish_button_refuses_a_chiefs_own_change_and_keeps_what_was_typed(client):
    story = written(make_editor())
    revisions = story.revisions.count()
    client.force_login(make_chief())

    answer = client.post(
        edit_url(story), form_of(story, title="我改的标题", **{"action-publish": "1"})
    )

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "您写过或提交过这一稿" in html
    assert "我改的标题" in html
    story.refresh_from_db()
    assert story.title != "我改的标题"
    assert story.live is False
    assert story.revisions.count() == revisions


def test_the_publish_button_on_a_new_story_refuses_and_saves_nothing(client):
    client.force_login(make_chief())
    need = make_publishable()
    story = NeedStory(need=need, title="一张课桌", summary="说明")

    answer = client.post(ADD, form_of(story, **{"action-publish": "1"}))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert REASON in html
    assert "一张课桌" in html
    assert NeedStory.objects.count() == 0
    assert Need.objects.get(pk=need.pk).status == NeedStatus.VERIFIED


def test_a_copy_needs_a_need_of_its_own(client):
    story = shown_story()
    client.force_login(make_chief())
    url = reverse("wagtailsnippets_cms_needstory:copy", args=[story.pk])

    answer = client.post(url, form_of(story, slug="copy", **{"action-publish": "1"}))

    assert answer.status_code == 200
    assert NeedStory.objects.count() == 1


def test_an_editor_has_no_publish_button(client):
    story = written(make_editor())
    client.force_login(make_editor())

    client.post(edit_url(story), form_of(story, **{"action-publish": "1"}))

    assert NeedStory.objects.get().live is False
    assert Need.objects.get(pk=story.need_id).status == NeedStatus.VERIFIED


def test_approving_from_the_form_publishes_what_was_reviewed(client):
    """The button in the story's own form, which posts the whole form along."""
    story = submitted(make_editor(), body=[])
    reviewed = story.latest_revision_id
    client.force_login(make_chief())
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    answer = client.post(edit_url(story), form_of(story) | action)

    story.refresh_from_db()
    assert answer.status_code == 302
    assert story.live
    assert story.live_revision_id == reviewed
