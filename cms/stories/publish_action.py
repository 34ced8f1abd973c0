"""Publishing a story: the one action that every road of Wagtail ends in."""

import logging

from django.db import transaction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log

from cms.exceptions import StoryRefusedError
from cms.stories.publishing import scheduler_of, story_check, story_need_publish
from core.accounts.models import User

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "cms.story.publish_refused"


class PublishStoryAction(PublishRevisionAction):
    """Make a revision live, and its need public, or refuse both with a reason.

    The button, the workflow's last approval, the timetable, a bulk or API action and a bare
    ``revision.publish()`` all come here (``NeedStory.publish`` and the action registry).

    Raises:
        StoryRefusedError: a rule says no; nothing has changed.
    """

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Check, publish the story and its need in one transaction.

        At the scheduled moment nobody is there to read an error: a refusal then is kept in
        the story's history, the appointment is dropped, and other appointments go on.
        """
        timed = self.log_action == SCHEDULED
        if timed and self.user is None:
            self.user: User | None = scheduler_of(self.revision)
            skip_permission_checks = True
        try:
            with transaction.atomic():
                story_check(story=self.object, revision=self.revision, actor=self.user)
                super().execute(skip_permission_checks=skip_permission_checks)
                if self.object.live and self.user is not None:
                    story_need_publish(need_id=self.object.need_id, actor=self.user)
        except StoryRefusedError as refusal:
            if not timed:
                raise
            self._drop_appointment(refusal)

    def _drop_appointment(self, refusal: StoryRefusedError) -> None:
        logger.warning("story %s was not published on time: %s", self.object.pk, refusal.message)
        self.revision.approved_go_live_at = None
        self.revision.save(update_fields=["approved_go_live_at"])
        log(
            instance=self.object,
            action=REFUSED,
            user=self.user,
            revision=self.revision,
            data={"reason": refusal.message},
        )
