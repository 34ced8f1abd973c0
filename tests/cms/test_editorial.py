"""The editor's way through the admin: writing, review by another person, refusals in words."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow

from cms.editors import editor_enrol
from cms.exceptions import StoryRefusedError
from cms.models import DifferentPersonTask, NeedStory, StandardPage
from cms.selectors import live_story_for, needs_awaiting_story
from core import clock
from core.models import AuditEvent
from matching.models import Need
from matching.states import ConsentScope, NeedStatus, Role
from tests.factories.cms import (
    NeedStoryFactory,
    StoryImageFactory,
    home,
    make_chief,
    make_editor,
    shown_story,
)
from tests.factories.matching import NeedFactory, UserFactory, make_person, make_publishable

pytestmark = pytest.mark.django_db

ADD = "/admin/snippets/cms/needstory/add/"
REASON = "对“公开故事与图片”的同意"


def edit_url(story):
    return reverse("wagtailsnippets_cms_needstory:edit", args=[story.pk])


def form_of(story, **changes):
    """What the edit form posts for a story, unchanged but for ``changes``."""
    blocks = list(story.body.raw_data)
    body = {"body-count": len(blocks), "body_en-count": 0}
    for number, block in enumerate(blocks):
        body |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": number,
            f"body-{number}-type": block["type"],
            f"body-{number}-id": block["id"],
            f"body-{number}-value": json.dumps(
                {"entityMap": {}, "blocks": [{"key": "a", "text": "木匠量了两次尺寸。",
                 "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}]}
            ),
        }  # fmt: skip
    return {
        "need": story.need_id,
        "title": story.title,
        "title_en": story.title_en,
        "summary": story.summary,
        "summary_en": story.summary_en,
        "slug": story.slug,
        "cover": "",
        "go_live_at": "",
        "expire_at": "",
        **body,
        **changes,
    }


def written(writer, **fields):
    """A draft as the form saved it for a writer."""
    story = NeedStoryFactory(body_en=[], **fields)
    story.save_revision(user=writer, log_action=True)
    return story


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
    assert live_story_for(story.need) == story
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
    assert live_story_for(story.need) == story


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


def test_needs_without_a_story_are_listed_longest_waiting_first(client):
    late, early = make_publishable(title="后来的"), make_publishable(title="先来的")
    Need.objects.filter(pk=late.pk).update(verified_at=clock.now())
    NeedStoryFactory()
    make_publishable(published=True)
    client.force_login(make_editor())

    html = client.get("/admin/needs-awaiting-story/").content.decode()

    assert list(needs_awaiting_story()) == [early, late]
    assert html.index("先来的") < html.index("后来的")
    assert f"{ADD}?need={early.pk}" in html
    assert early.household.code not in html
    assert early.household.identity.head_name not in html


def test_writing_a_story_starts_with_the_needs_words(client):
    need = make_publishable(title="两套课桌")
    client.force_login(make_editor())

    assert "两套课桌" in client.get(f"{ADD}?need={need.pk}").content.decode()
    draft = NeedFactory(title="还没核实的需求")
    assert "还没核实的需求" not in client.get(f"{ADD}?need={draft.pk}").content.decode()
    assert client.get(f"{ADD}?need=x").status_code == 200


def test_only_verified_needs_can_be_chosen(client):
    verified, draft = make_publishable(title="核实过的"), NeedFactory(title="还是草稿")
    client.force_login(make_editor())

    listed = client.get("/admin/choose/needs/results/").content.decode()
    found = client.get("/admin/choose/needs/results/", {"q": verified.code}).content.decode()

    assert "核实过的" in listed
    assert "核实过的" in found
    assert "还是草稿" not in listed
    assert client.get(f"/admin/choose/needs/chosen/{verified.pk}/").status_code == 200
    assert client.get(f"/admin/choose/needs/chosen/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("mode", ["", "en"])
def test_a_draft_previews_in_the_editors_frame_under_the_public_policy(client, mode):
    story = written(make_editor())
    client.force_login(make_editor())
    url = reverse("wagtailsnippets_cms_needstory:preview_on_edit", args=[story.pk])
    assert client.post(url, form_of(story, title="还没发布的标题", title_en="Not yet")).json() == {
        "is_valid": True, "is_available": True,
    }  # fmt: skip

    answer = client.get(url, {"mode": mode, "in_preview_panel": "true"})

    html = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert ("Not yet" if mode else "还没发布的标题") in html
    assert f'<html lang="{mode or "zh-Hans"}"' in html
    assert "frame-ancestors 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert NeedStory.objects.get().title != "还没发布的标题"


def test_the_same_page_in_public_may_not_be_framed(client):
    shown_story(slug="a-desk")

    answer = client.get("/stories/a-desk/")

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_draft_page_previews_too(client):
    page = home().add_child(instance=StandardPage(title="草稿页", slug="draft", live=False))
    page.save_revision()
    client.force_login(make_editor())

    answer = client.get(f"/admin/pages/{page.pk}/view_draft/")

    assert answer.status_code == 200
    assert "草稿页" in answer.content.decode()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert client.get("/draft/").status_code == 404


ELSEWHERE = [
    "/admin/users/", "/admin/groups/", "/admin/settings/", "/admin/workflows/list/",
    "/admin/sites/", "/admin/locales/", "/django-admin/", "/admin/snippets/matching/household/",
]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_editor_reaches_nothing_else(client, address):
    client.force_login(make_editor())

    assert client.get(address).status_code in {302, 403, 404}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.EDITOR, Role.PARTNER}])
def test_other_roles_have_no_business_in_the_admin(client, role):
    client.force_login(make_person(role))

    for address in ("/admin/", "/admin/snippets/cms/needstory/", "/admin/needs-awaiting-story/"):
        answer = client.get(address)
        assert answer.status_code in {302, 403}
        assert "待写" not in answer.content.decode()


def test_an_editor_sees_every_list_of_theirs(client):
    shown_story(cover=StoryImageFactory())
    client.force_login(make_editor())

    for address in (
        "/admin/", "/admin/snippets/cms/needstory/", "/admin/needs-awaiting-story/",
        "/admin/images/", f"/admin/pages/{home().pk}/", ADD, edit_url(NeedStory.objects.get()),
        f"/admin/pages/{home().pk}/edit/", "/admin/choose/campaigns/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
