"""What an editor sees in the admin: lists, choosers, previews, and nothing of anybody else."""

import pytest
from django.urls import reverse

from cms.models import NeedStory, StandardPage
from cms.stories.selectors import needs_awaiting_story
from core import clock
from matching.models import Need
from matching.states import Role
from tests.cms.writing import ADD, edit_url, form_of, written
from tests.factories.cms import NeedStoryFactory, StoryImageFactory, home, make_editor, shown_story
from tests.factories.matching import NeedFactory, make_person, make_publishable

pytestmark = pytest.mark.django_db


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
