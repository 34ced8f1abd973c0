"""Turn Wagtail's welcome page into the front page, with the index pages, in both languages.

Works on historical models, which know nothing of trees: paths are written out. The welcome
page keeps its row, so the default site goes on pointing at it, and comes back on the way back.
"""

import json
import uuid

from django.db import migrations
from django.utils import timezone

from cms.pages.first_texts import ABOUT, HOME, SECTIONS

WELCOME = "Welcome to your new Wagtail site!"
HOME_PATHS = {"zh-hans": "00010001", "en": "00010002"}
HOME_SLUGS = {"zh-hans": "home", "en": "home-en"}


def make_pages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in HOME_PATHS}
    welcome = Page.objects.filter(path=HOME_PATHS["zh-hans"], depth=2).first()
    if welcome is None or Page.objects.filter(depth__gte=2).count() != 1:
        return  # somebody's own tree: leave it alone
    keys = {name: uuid.uuid4() for name in ("home", *(slug for slug, _m, _t in SECTIONS))}
    for code, locale in locales.items():
        home = _home(apps, code, locale, keys["home"], welcome if code == "zh-hans" else None)
        for position, (slug, model, texts) in enumerate(SECTIONS, start=1):
            text = texts[code]
            page = _page(
                apps,
                model,
                title=text["title"],
                slug=slug,
                path=f"{home.path}{position:04d}",
                url_path=f"/{HOME_SLUGS[code]}/{slug}/",
                locale=locale,
                translation_key=keys[slug],
                intro=text["intro"],
                seo_title="",
                search_description=text["intro"],
            )
            if slug == "about":
                _write_body(schema_editor, page, ABOUT[code])
        Page.objects.filter(pk=home.pk).update(numchild=len(SECTIONS))
    Page.objects.filter(depth=1, path="0001").update(numchild=len(HOME_PATHS))


def _home(apps, code, locale, key, welcome):
    fields = {
        "title": HOME[code]["title"],
        "hero_title": HOME[code]["hero_title"],
        "hero_text": HOME[code]["hero_text"],
        "search_description": HOME[code]["hero_text"],
        "slug": HOME_SLUGS[code],
        "path": HOME_PATHS[code],
        "url_path": f"/{HOME_SLUGS[code]}/",
        "locale": locale,
        "translation_key": key,
    }
    return _page(apps, "homepage", row=welcome, **fields)


def _page(apps, model, row=None, **fields):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _created = ContentType.objects.get_or_create(app_label="cms", model=model)
    now = timezone.now()
    known = {
        "content_type": kind,
        "depth": len(fields["path"]) // 4,
        "draft_title": fields["title"],
        "first_published_at": now,
        "last_published_at": now,
        "latest_revision_created_at": None,
        "live": True,
        "numchild": 0,
    }
    Model = apps.get_model("cms", model)
    page = Model(**known, **fields)
    if row is not None:
        page.page_ptr_id = page.pk = page.id = row.pk
    page.save()
    return page


def _write_body(schema_editor, page, blocks):
    """Historical stream fields know no blocks and would drop them; so the column is written."""
    text = json.dumps([{"id": str(uuid.uuid4()), **block} for block in blocks], ensure_ascii=False)
    cast = "::jsonb" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cms_standardpage SET body = %s{cast} WHERE page_ptr_id = %s",  # noqa: S608
            [text, page.pk],
        )


def back_to_welcome(apps, schema_editor):
    """Remove what was made and give the welcome page its row back.

    Rows below the front pages go too: going back past this migration drops their tables.
    """
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("cms", "HomePage")
    welcome = HomePage.objects.filter(path=HOME_PATHS["zh-hans"]).first()
    if welcome is None:
        return
    for path in HOME_PATHS.values():
        below = Page.objects.filter(path__startswith=path, depth__gt=2)
        _delete_below(apps, below)
    english = Page.objects.filter(path=HOME_PATHS["en"])
    HomePage.objects.filter(path=HOME_PATHS["en"]).delete()
    english.delete()
    with schema_editor.connection.cursor() as cursor:
        # The child row alone: a delete through the model would take the page row with it.
        cursor.execute("DELETE FROM cms_homepage WHERE page_ptr_id = %s", [welcome.pk])
    kind, _created = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    Page.objects.filter(pk=welcome.pk).update(
        title=WELCOME,
        draft_title=WELCOME,
        search_description="",
        content_type=kind,
        numchild=0,
        live_revision=None,
        latest_revision=None,
    )
    Page.objects.filter(path="0001").update(numchild=1)
    if not Page.objects.filter(locale__language_code="en").exists():
        Locale.objects.filter(language_code="en").delete()


def _delete_below(apps, pages):
    pks = list(pages.values_list("pk", flat=True))
    for model in (
        "StoryIndexPage",
        "StoryPage",
        "CampaignIndexPage",
        "CampaignPage",
        "TransparencyIndexPage",
        "StandardPage",
    ):
        apps.get_model("cms", model).objects.filter(pk__in=pks).delete()
    pages.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_pages_and_stories"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_pages, back_to_welcome)]
