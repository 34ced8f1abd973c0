"""The step of the editorial workflow that another person must take."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from cms.exceptions import StoryRefusedError
from cms.stories.authorship import makers_of


class DifferentPersonTask(AbstractGroupApprovalTask):
    """Approval by a member of a group who neither wrote nor submitted the text.

    Wagtail's own task lets a superuser approve anything and an author approve himself;
    this one exempts nobody.
    """

    class Meta:
        verbose_name = _("另一人审核")
        verbose_name_plural = _("另一人审核")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer nothing to the makers, nor to people outside the groups."""
        if not self._user_in_groups(user) or user.pk in makers_of(obj):
            return []
        return super().get_actions(obj, user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse a maker here too, for whoever calls without asking ``get_actions``."""
        content = task_state.workflow_state.content_object
        if user.pk in makers_of(content) or not self._user_in_groups(user):
            raise StoryRefusedError(gettext("不能审核自己写过或提交过的稿件，请由另一位主编审核。"))
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Leave out what the person submitted."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> str:
        """Say it on the page where workflows are composed."""
        return gettext("由所选用户组中未参与写稿和提交的人审核")
