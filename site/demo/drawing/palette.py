"""Colours of the drawn pictures, and the light of six times of day and year."""

from dataclasses import dataclass

Color = tuple[int, int, int]

CREAM = (250, 243, 230)
PAPER = (246, 234, 212)
STRAW = (234, 206, 146)
OCHRE = (220, 166, 88)
APRICOT = (242, 184, 134)
TERRACOTTA = (198, 106, 74)
BRICK = (172, 82, 60)
RED = (196, 58, 48)
ROSE = (226, 150, 132)
SAGE = (158, 176, 130)
LEAF = (126, 156, 98)
MOSS = (98, 130, 88)
FOREST = (62, 96, 80)
MIST = (186, 204, 204)
SLATE = (104, 126, 136)
TEAL = (70, 124, 124)
INK = (54, 58, 66)
WOOD = (156, 110, 76)
DARK_WOOD = (108, 74, 54)
WALL = (242, 229, 204)
ADOBE = (222, 188, 146)
TILE = (96, 102, 108)
STONE = (176, 168, 154)
SOIL = (134, 98, 72)
WHITE = (255, 255, 252)


@dataclass(frozen=True, slots=True)
class Light:
    """Sky from top to horizon, the haze that pales far hills, and near and far ground."""

    top: Color
    middle: Color
    horizon: Color
    sun: Color
    far: Color
    near: Color
    ground: Color


DAWN = Light(
    (150, 184, 196), (238, 214, 186), (250, 206, 154), (255, 232, 186),
    (192, 186, 180), (92, 126, 102), (136, 156, 104),
)  # fmt: skip
MORNING = Light(
    (152, 196, 210), (206, 224, 220), (248, 236, 208), (255, 246, 214),
    (178, 202, 200), (96, 140, 104), (150, 174, 112),
)  # fmt: skip
NOON = Light(
    (138, 190, 212), (192, 220, 226), (240, 240, 222), (255, 250, 226),
    (168, 198, 204), (92, 142, 106), (158, 180, 116),
)  # fmt: skip
AUTUMN = Light(
    (168, 194, 200), (234, 222, 196), (250, 222, 166), (255, 238, 192),
    (204, 190, 168), (158, 132, 84), (214, 176, 102),
)  # fmt: skip
DUSK = Light(
    (92, 110, 142), (214, 164, 150), (246, 186, 126), (255, 214, 156),
    (152, 138, 150), (66, 86, 92), (98, 110, 88),
)  # fmt: skip


def mix(one: Color, other: Color, share: float) -> Color:
    """``one`` at share 0, ``other`` at share 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(color: Color, share: float = 0.2) -> Color:
    return mix(color, WHITE, share)


def darker(color: Color, share: float = 0.2) -> Color:
    return mix(color, (38, 40, 52), share)
