"""When a story may be published, and the need with it.

The only place of cms that changes a need: it calls ``matching.needs.services.publishing``.
"""

from typing import TYPE_CHECKING

from django.core.management import call_command
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Revision

from cms.exceptions import StoryRefusedError
from cms.stories.authorship import makers_of
from core.accounts.models import User
from core.changes import announce
from core.exceptions import RefusedError
from matching.models import Need
from matching.needs.selectors.publishing import consent_in_force, publishing_refusal
from matching.needs.services.publishing import need_publish
from matching.registry import policies
from matching.states import ConsentScope, Role

if TYPE_CHECKING:
    from cms.models import NeedStory


def story_refusal(story: "NeedStory") -> str | None:
    """Return why the story may not be shown, in the reader's language; None if it may.

    Looks at the need and its household's consents, not at who asks.
    """
    need = story.need
    refusal = publishing_refusal(need)
    if refusal:
        return refusal
    if not consent_in_force(need.household_id, ConsentScope.PUBLISH_STORY):
        return _(
            "农户对“公开故事与图片”的同意未取得、已撤回或已过期，不能发布。请先由驻村干部补录同意。"
        )
    return None


def person_refusal(story: "NeedStory", *, revision: Revision, actor: User | None) -> str | None:
    """Return why this person may not publish this revision; None if the person may.

    Nobody is exempt, superusers included: the maker is never the checker.
    """
    if actor is None:
        return _("发布故事要有负责的编辑，不能由系统代发。")
    if not policies.holds(actor, Role.EDITOR):
        return _("发布故事需要“编辑”角色。请联系管理员核对授权。")
    if actor.pk in makers_of(story, revision=revision):
        return _("您写过或提交过这一稿，不能由您发布。请提交审核，由另一位主编发布。")
    return None


def story_check(*, story: "NeedStory", revision: Revision, actor: User | None) -> None:
    """Raise ``StoryRefusedError`` unless this person may publish this revision now."""
    refusal = story_refusal(story) or person_refusal(story, revision=revision, actor=actor)
    if refusal:
        raise StoryRefusedError(refusal)


def story_need_publish(*, need_id: int, actor: User) -> None:
    """Publish the story's need; its card and page show the story from now on.

    Raises:
        StoryRefusedError: the need may not be public, or this person filed or verified it.
    """
    try:
        need_publish(need_id=need_id, actor=actor)
    except RefusedError as refusal:
        raise StoryRefusedError(refusal.message) from refusal
    announce(Need, need_id)


def scheduler_of(revision: Revision) -> User | None:
    """Return who put the revision on the timetable: that person publishes it."""
    entry = (
        registry.get_logs_for_instance(revision.content_object)
        .filter(action="wagtail.publish.schedule", revision=revision)
        .order_by("-timestamp")
        .first()
    )
    return entry.user if entry else None


def scheduled_publish() -> None:
    """Publish and expire whatever page or story is due. Safe twice."""
    call_command("publish_scheduled")
