"""Writing a story as the admin's form does."""

import json

from django.urls import reverse

from tests.factories.cms import NeedStoryFactory

ADD = "/admin/snippets/cms/needstory/add/"


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
