"""The demonstration's texts: complete in both languages, fitting the fields, naming nobody."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from demo.pictures import SCENES
from demo.texts import donors, organisations, records
from demo.texts.needs import NEEDS
from demo.texts.pairings import AGREEMENTS
from demo.texts.shapes import NeedText, Text
from demo.texts.stories import STORIES
from matching.states import Category, Cause

CHINESE = re.compile(r"[\u4e00-\u9fff]")
IDENTIFYING = re.compile(r"\d{7,}|@|[省市县镇乡]\S{1,6}[村组]\d|先生|女士")


def texts() -> Iterator[Text]:
    for need in NEEDS:
        yield from (need.title, need.summary)
        for item in need.items:
            yield from (item.name, item.unit)
    for story in STORIES:
        yield from (story.title, story.intro, *story.paragraphs)
    for agreement in AGREEMENTS:
        yield agreement.title
        yield from (milestone.title for milestone in agreement.milestones)
    for objection in records.OBJECTIONS:
        yield from (objection.body, objection.resolution)
    yield from records.SEND_BACK_REASONS + records.REJECT_REASONS
    yield from records.PAYOUT_NOTES + records.DELIVERY_NOTES
    yield from donors.MESSAGES + organisations.VILLAGE_PROFILES
    yield from (name for _slug, name in organisations.ENTERPRISES)


def test_every_text_is_chinese_on_the_left_and_english_on_the_right():
    wrong = [text for text in texts() if not CHINESE.search(text[0]) or CHINESE.search(text[1])]

    assert wrong == []
    assert all(text[1].strip() for text in texts())


def test_no_text_holds_what_could_identify_somebody():
    assert [text for text in texts() if IDENTIFYING.search("".join(text))] == []


def test_every_category_has_seven_needs_and_every_cause_occurs():
    assert Counter(need.category for need in NEEDS) == dict.fromkeys(Category.values, 7)
    assert {need.cause for need in NEEDS} == set(Cause.values)


def test_need_titles_are_all_different():
    assert max(Counter(need.title for need in NEEDS).values()) == 1


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.title[1])
def test_a_need_fits_its_fields_and_costs_what_a_family_might_ask(need: NeedText):
    lowest = sum(item.quantity[0] * item.unit_price_minor[0] for item in need.items)
    highest = sum(item.quantity[1] * item.unit_price_minor[1] for item in need.items)

    assert len(need.title[0]) <= 60
    assert len(need.title[1]) <= 120
    assert len(need.summary[0]) <= 1000
    assert need.scene in SCENES
    assert len(need.items) >= 3
    assert all(0 < low <= high for item in need.items for low, high in (item.quantity,))
    assert all(0 < low <= high for item in need.items for low, high in (item.unit_price_minor,))
    assert 80_000 <= lowest < highest <= 2_500_000


def test_every_story_has_a_scene_and_at_least_four_paragraphs():
    assert len(STORIES) == 11
    assert all(story.scene in SCENES and len(story.paragraphs) >= 4 for story in STORIES)
    assert {story.category for story in STORIES} == {"", *Category.values}
    assert max(Counter(story.slug for story in STORIES).values()) == 1


def test_milestone_shares_add_up_to_the_whole():
    assert {sum(step.share for step in agreement.milestones) for agreement in AGREEMENTS} == {100}


def test_every_organisation_says_that_it_is_an_example():
    names = [organisations.CHARITY, *(name for _slug, name in organisations.ENTERPRISES)]

    assert len(names) == 13
    assert all("示例" in zh and "Example" in en for zh, en in names)


def test_funds_belong_to_enterprises():
    slugs = {slug for slug, _name in organisations.ENTERPRISES}

    assert {slug for slug, _name, _about in organisations.MATCH_FUNDS} <= slugs


def test_messages_and_names_fit_the_gift():
    assert all(len(text) <= 140 for message in donors.MESSAGES for text in message)
    assert all(len(name) <= 30 for name in donors.DISPLAY_NAMES)
    assert len(set(donors.DISPLAY_NAMES)) == 40
