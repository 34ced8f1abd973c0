# ruff: noqa: PLR0917 - coordinates come first and in order
"""Houses, school, clinic, and what stands by the road."""

from demo.drawing.canvas import Canvas
from demo.drawing.nature import shadow
from demo.drawing.palette import (
    BRICK,
    CREAM,
    DARK_WOOD,
    INK,
    MIST,
    OCHRE,
    RED,
    SLATE,
    STONE,
    STRAW,
    TEAL,
    TILE,
    WALL,
    WHITE,
    WOOD,
    Color,
    darker,
    lighter,
    mix,
)

GLASS = (150, 180, 188)
LIT = (250, 214, 138)


def window(
    c: Canvas, x: float, y: float, w: float, h: float, *, lit: bool = False, frame: Color = WOOD
) -> None:
    c.rect(x - 4, y - 4, w + 8, h + 8, frame)
    c.rect(x, y, w, h, LIT if lit else GLASS)
    if not lit:
        c.poly([(x, y + h * 0.6), (x + w * 0.6, y), (x + w, y), (x, y + h)], lighter(GLASS, 0.3),
               alpha=120)  # fmt: skip
    c.line([(x + w / 2, y), (x + w / 2, y + h)], frame, 3)
    c.line([(x, y + h * 0.42), (x + w, y + h * 0.42)], frame, 3)


def door(c: Canvas, x: float, y: float, w: float, h: float, color: Color = DARK_WOOD) -> None:
    """Double door whose upper left corner is (x, y)."""
    c.rect(x - 5, y - 5, w + 10, h + 5, darker(color, 0.3))
    c.rect(x, y, w, h, color)
    c.line([(x + w / 2, y), (x + w / 2, y + h)], darker(color, 0.35), 2.5)
    for side in (0.14, 0.62):
        c.rect(x + w * side, y + h * 0.12, w * 0.24, h * 0.3, lighter(color, 0.12))
        c.rect(x + w * side, y + h * 0.54, w * 0.24, h * 0.34, lighter(color, 0.06))
    for side in (0.43, 0.57):
        c.oval(x + w * side, y + h * 0.5, 2.6, 2.6, OCHRE)


def tiled_roof(
    c: Canvas, x: float, y: float, w: float, h: float, *, over: float = 26, color: Color = TILE
) -> None:
    """Roof over a wall whose upper edge runs from (x, y) to (x + w, y); ridge ``h`` above."""
    left, right, slant = x - over, x + w + over, w * 0.07
    ridge_l, ridge_r = x + slant, x + w - slant
    eave = [(left, y + 8), (ridge_l, y - h), (ridge_r, y - h), (right, y + 8)]
    c.shade(eave, lighter(color, 0.14), darker(color, 0.1))
    count = max(8, round(w / 17))
    for index in range(count + 1):
        share = index / count
        top, foot = ridge_l + (ridge_r - ridge_l) * share, left + (right - left) * share
        c.line([(top, y - h), (foot, y + 8)], darker(color, 0.28), 2.2, alpha=150)
        c.oval(foot, y + 8, 4.4, 4.4, darker(color, 0.18))
    for row in (0.35, 0.68):
        inset = (1 - row) * (over + slant)
        yy = y + 8 - (h + 8) * (1 - row)
        c.line([(left + inset, yy), (right - inset, yy)], lighter(color, 0.2), 1.6, alpha=110)
    c.line([(ridge_l - 8, y - h - 4), (ridge_l + 6, y - h), (ridge_r - 6, y - h),
            (ridge_r + 8, y - h - 4)], darker(color, 0.3), 8)  # fmt: skip
    c.poly([(x, y + 8), (x + w, y + 8), (x + w, y + 22), (x, y + 22)], INK, alpha=60)


def house(
    c: Canvas, x: float, y: float, w: float, h: float, *,
    wall: Color = WALL, roof: Color = TILE, lit: bool = False, bays: int = 3,
) -> None:  # fmt: skip
    """A one-storey house standing on (x, y), its left foot; ``h`` is the wall's height."""
    shadow(c, x + w / 2, y + 3, w * 0.56)
    c.shade([(x, y - h), (x + w, y - h), (x + w, y), (x, y)], lighter(wall, 0.1), darker(wall, 0.1))
    plinth(c, x, y, w, h * 0.14)
    tiled_roof(c, x, y - h, w, h * 0.62, over=w * 0.07, color=roof)
    middle = bays // 2
    for bay in range(bays):
        centre = x + w * (bay + 0.5) / bays
        if bay == middle:
            door(c, centre - h * 0.2, y - h * 0.66, h * 0.4, h * 0.66)
        else:
            window(c, centre - h * 0.19, y - h * 0.68, h * 0.38, h * 0.34, lit=lit)


def plinth(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A course of field stones at the foot of a wall."""
    c.rect(x - 3, y - h, w + 6, h, darker(STONE, 0.14))
    if h < 8:
        return
    at = x
    while at < x + w - 4:
        length = min(c.rng.uniform(h * 0.9, h * 1.9), x + w - at)
        c.rounded(at, y - h + 2, max(4, length - 3), h - 4, h * 0.3,
                  mix(STONE, WHITE, c.rng.uniform(0, 0.25)))  # fmt: skip
        at += length


def flag(c: Canvas, x: float, y: float, height: float) -> None:
    """The national flag at the top of a pole that stands on (x, y)."""
    c.line([(x, y), (x, y - height)], lighter(SLATE, 0.35), 5)
    c.oval(x, y - height - 4, 6, 6, OCHRE)
    w, h = height * 0.36, height * 0.24
    top = y - height + 6
    wave = [(0, 0), (0.28, -0.07), (0.55, 0.02), (0.8, 0.06), (1, 0)]
    upper = [(x + a * w, top + b * h) for a, b in wave]
    c.poly([*upper, *[(px, py + h) for px, py in reversed(upper)]], RED, waver=0)
    star(c, x + w * 0.17, top + h * 0.24, h * 0.15, (250, 214, 96))
    for dx, dy in ((0.34, 0.08), (0.41, 0.2), (0.41, 0.36), (0.34, 0.47)):
        star(c, x + w * dx, top + h * dy, h * 0.052, (250, 214, 96))


def star(c: Canvas, x: float, y: float, r: float, color: Color) -> None:
    spokes = ((0, -1), (0.225, -0.309), (0.951, -0.309), (0.363, 0.118), (0.588, 0.809),
              (0, 0.382), (-0.588, 0.809), (-0.363, 0.118), (-0.951, -0.309),
              (-0.225, -0.309))  # fmt: skip
    c.poly([(x + dx * r, y + dy * r) for dx, dy in spokes], color, waver=0)


def school(c: Canvas, x: float, y: float) -> None:
    """A two-storey village school, 560 wide, on (x, y), with open galleries."""
    w, storey = 560, 112
    shadow(c, x + w / 2, y + 4, w * 0.55)
    for floor in (0, 1):
        top = y - storey * (floor + 1)
        c.shade([(x, top), (x + w, top), (x + w, top + storey), (x, top + storey)],
                lighter(CREAM, 0.3), darker(CREAM, 0.07))  # fmt: skip
        c.rect(x, top + storey - 30, w, 30, mix(TEAL, WHITE, 0.28))
        for bay in range(5):
            if floor == 0 and bay == 2:
                door(c, x + w * 0.5 - 36, y - 88, 72, 88, mix(BRICK, WOOD, 0.4))
            else:
                window(c, x + 22 + bay * 109, top + 22, 76, 52, frame=WHITE)
        c.rect(x, top - 6, w, 10, darker(STONE, 0.05))
    tiled_roof(c, x, y - storey * 2, w, 76, over=30, color=mix(BRICK, TILE, 0.18))
    for post in range(6):
        c.rect(x + post * (w - 12) / 5, y - storey * 2, 12, storey * 2, WHITE)


def sign_cross(c: Canvas, x: float, y: float, size: float, ground: Color = TEAL) -> None:
    """A white cross on a green board, the sign of a clinic."""
    c.rounded(x - size, y - size, size * 2, size * 2, size * 0.35, ground)
    c.rect(x - size * 0.2, y - size * 0.62, size * 0.4, size * 1.24, WHITE)
    c.rect(x - size * 0.62, y - size * 0.2, size * 1.24, size * 0.4, WHITE)


def van(
    c: Canvas, x: float, y: float, *, body: Color = WHITE, band: Color = TEAL, cross: bool
) -> None:
    """A van 270 long facing right on (x, y); with ``cross``, an ambulance."""
    shadow(c, x + 136, y + 4, 150)
    c.poly([(x, y - 18), (x, y - 128), (x + 12, y - 140), (x + 182, y - 140), (x + 226, y - 84),
            (x + 266, y - 72), (x + 272, y - 18)], body, waver=0)  # fmt: skip
    c.poly(
        [(x, y - 18), (x, y - 40), (x + 272, y - 40), (x + 272, y - 18)], darker(body, 0.1), waver=0
    )
    c.poly([(x, y - 62), (x, y - 78), (x + 246, y - 78), (x + 268, y - 62)], band, waver=0)
    c.poly(
        [(x + 152, y - 126), (x + 178, y - 126), (x + 210, y - 84), (x + 152, y - 84)],
        GLASS,
        waver=0,
    )
    if cross:
        sign_cross(c, x + 66, y - 106, 17)
        c.rounded(x + 96, y - 152, 40, 13, 6, (118, 164, 196))
    else:
        for left in (18, 62, 106):
            c.rounded(x + left, y - 126, 36, 42, 5, GLASS)
    c.line([(x + 146, y - 132), (x + 146, y - 22)], darker(body, 0.25), 2)
    c.oval(x + 264, y - 56, 6, 8, STRAW)
    for wheel in (54, 214):
        c.oval(x + wheel, y - 18, 26, 26, INK)
        c.oval(x + wheel, y - 18, 12, 12, MIST)


def ladder(c: Canvas, x0: float, y0: float, x1: float, y1: float, width: float = 34) -> None:
    """A ladder from its foot to its top."""
    for side in (-width / 2, width / 2):
        c.line([(x0 + side, y0), (x1 + side * 0.9, y1)], OCHRE, 7)
    for rung in range(1, 10):
        share = rung / 10
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        c.line([(x - width / 2, y), (x + width / 2, y)], darker(OCHRE, 0.2), 5)
