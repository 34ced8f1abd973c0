"""What is told of each category: a module called as its value, with seven needs and a story."""

from importlib import import_module

from demo.texts.shapes import NeedText, StoryText
from matching.states import Category

_MODULES = [import_module(f"{__name__}.{category}") for category in Category.values]

NEEDS: tuple[NeedText, ...] = tuple(need for module in _MODULES for need in module.NEEDS)
# Told without anything that would identify a family; newest first.
FAMILIES: tuple[StoryText, ...] = tuple(
    sorted((module.STORY for module in _MODULES), key=lambda story: story.place)
)
