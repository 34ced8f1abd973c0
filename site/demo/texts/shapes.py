"""Shapes of the demonstration texts. A ``Text`` is (Chinese, English)."""

from dataclasses import dataclass

Text = tuple[str, str]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ItemText:
    """One line of a need; ``quantity`` and ``unit_price_minor`` (fen) are ranges, ends included."""

    name: Text
    unit: Text
    quantity: Range
    unit_price_minor: Range


@dataclass(frozen=True, slots=True)
class NeedText:
    """A need as a village officer would file it. ``scene`` names a drawn picture."""

    category: str
    cause: str
    scene: str
    title: Text
    summary: Text
    items: tuple[ItemText, ...]


@dataclass(frozen=True, slots=True)
class StoryText:
    """A published story; ``category`` is the kind of need it belongs to, empty for a village.

    ``place`` orders the stories of needs, newest first.
    """

    slug: str
    category: str
    scene: str
    title: Text
    intro: Text
    paragraphs: tuple[Text, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """A step of a pairing agreement; shares of all its milestones add up to 100."""

    title: Text
    share: int


@dataclass(frozen=True, slots=True)
class AgreementText:
    """What an enterprise and a village agree on."""

    title: Text
    milestones: tuple[MilestoneText, ...]


@dataclass(frozen=True, slots=True)
class ObjectionText:
    """An objection to a notice, how it was resolved, and whether it was upheld."""

    body: Text
    resolution: Text
    upheld: bool
