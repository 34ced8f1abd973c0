"""Who made the text that is about to be published: those may not approve it."""

from typing import Any

from wagtail.log_actions import registry
from wagtail.models import Revision, TaskState


def makers_of(content: Any, *, revision: Revision | None = None) -> set[int]:
    """Return ids of the people who wrote or submitted what is not live yet.

    ``content`` is a page or a story. Everybody counts who saved a revision since the live
    one, up to ``revision``, unless Wagtail's log says that the saving changed nothing (an
    approver's form saves too), and everybody who submitted one of them for review.
    """
    revisions = content.revisions.filter(pk__gt=_live_revision_id(content, revision))
    if revision is not None:
        revisions = revisions.filter(pk__lte=revision.pk)
    authors = dict(revisions.values_list("pk", "user_id"))
    logged: dict[int, bool] = {}
    entries = registry.get_logs_for_instance(content).filter(revision__in=list(authors))
    for pk, changed in entries.values_list("revision_id", "content_changed"):
        logged[pk] = logged.get(pk, False) or changed
    makers = {user for pk, user in authors.items() if logged.get(pk, True)}
    states = TaskState.objects.for_instance(content).filter(revision__in=list(authors))
    makers |= set(states.values_list("workflow_state__requested_by_id", flat=True))
    return {pk for pk in makers if pk is not None}


def _live_revision_id(content: Any, revision: Revision | None) -> int:
    """The last revision that has been checked; 0 if none, or if an older one is brought back."""
    live = content.live_revision_id if content.live else None
    if live is None or (revision is not None and revision.pk <= live):
        return 0
    return live
