"""Each category of need is drawn on the cards: a picture and an icon of its own."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from cms.cards.need_cards import CATEGORY_ICONS
from matching.states import Category


@pytest.mark.parametrize("category", Category.values)
def test_a_category_has_its_drawing(category):
    assert finders.find(f"img/needs/{category}.svg"), f"{category} has no drawing"


def test_no_drawing_is_of_a_category_that_is_gone():
    folder = Path(finders.find("img/needs/education.svg")).parent

    assert {file.stem for file in folder.glob("*.svg")} == set(Category.values)


def test_every_category_has_an_icon_of_the_sprite():
    sprite = Path(finders.find("img/icons.svg")).read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="(\w+)"', sprite))

    assert set(CATEGORY_ICONS) == set(Category)
    assert set(CATEGORY_ICONS.values()) <= drawn
