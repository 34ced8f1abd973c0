# ruff: noqa: PLR0917 - coordinates come first and in order
"""Scenes of work on the land: seedlings, orchard, bees, hens, cattle, tea."""

import math

from demo.drawing.buildings import house
from demo.drawing.canvas import Canvas, arc
from demo.drawing.nature import (
    fir,
    grove,
    hills,
    land,
    level,
    line_points,
    meadow,
    round_tree,
    shadow,
    sky,
    terraces,
    tuft,
)
from demo.drawing.palette import (
    ADOBE,
    APRICOT,
    AUTUMN,
    BRICK,
    CREAM,
    DARK_WOOD,
    DAWN,
    FOREST,
    INK,
    LEAF,
    MORNING,
    MOSS,
    NOON,
    OCHRE,
    PAPER,
    RED,
    ROSE,
    SAGE,
    SOIL,
    STONE,
    STRAW,
    TEAL,
    TERRACOTTA,
    WALL,
    WHITE,
    WOOD,
    Color,
    darker,
    lighter,
    mix,
)


def seedling(c: Canvas, x: float, y: float, size: float) -> None:
    """Two or four young leaves on a stem."""
    c.line([(x, y), (x, y - size)], MOSS, size * 0.09)
    for share, reach in ((1.0, 0.62), (0.58, 0.5)):
        for side in (-1, 1):
            tip = (x + side * size * reach, y - size * (share + 0.22))
            root = (x, y - size * share)
            back = arc(tip, (x + side * size * 0.28, y - size * (share - 0.02)), root)
            fore = arc(root, (x + side * size * 0.2, y - size * (share + 0.42)), tip)
            c.poly([*fore, *back], LEAF if side < 0 else lighter(LEAF, 0.18), waver=0)


def seedlings(c: Canvas) -> None:
    sky(c, MORNING, level=400, sun=(880, 170))
    line = hills(c, MORNING, count=4, top=240, bottom=370)
    grove(c, line, 30, 1180, count=9, size=72)
    c.shade([(-30, 440), (1230, 440), (1230, 830), (-30, 830)], mix(SOIL, OCHRE, 0.3), SOIL)
    for row in range(5):
        y = 486 + row * row * 9 + row * 40
        crest = [(x, y + 4 * math.sin(x / 70 + row)) for x in range(-30, 1240, 20)]
        c.shade([*crest, (1230, y + 40 + row * 12), (-30, y + 40 + row * 12)],
                mix(SOIL, APRICOT, 0.24), darker(SOIL, 0.12))  # fmt: skip
        gap = 66 + row * 27
        x = -20 + row % 2 * gap / 2
        while x < 1230:
            shadow(c, x, y + 8 + row * 2, 10 + row * 4)
            seedling(c, x + c.rng.uniform(-4, 4), y + 8 + row * 2, 20 + row * 13)
            x += gap


def orchard(c: Canvas) -> None:
    sky(c, AUTUMN, level=420, sun=(240, 180))
    hills(c, AUTUMN, count=4, top=270, bottom=410)
    meadow(c, NOON, level=480, bend=14)
    for row, (y, size, gap) in enumerate(((520, 130, 150), (596, 200, 235), (706, 300, 370))):
        x = -40 + row % 2 * gap * 0.5
        while x < 1260:
            fruit_tree(c, x, y, size)
            x += gap
    basket(c, 452, 764, 1.15)
    basket(c, 610, 744, 0.9)


def fruit_tree(c: Canvas, x: float, y: float, size: float) -> None:
    round_tree(c, x, y, size, MOSS)
    for _ in range(13):
        angle, far = c.rng.uniform(0, math.tau), c.rng.uniform(0.1, 0.34)
        fx, fy = x + math.cos(angle) * far * size, y - (0.66 + math.sin(angle) * far * 0.75) * size
        c.oval(fx, fy, size * 0.036, size * 0.036, mix(RED, TERRACOTTA, c.rng.random()))
        c.oval(fx - size * 0.01, fy - size * 0.012, size * 0.011, size * 0.009, ROSE)


def basket(c: Canvas, x: float, y: float, size: float) -> None:
    shadow(c, x, y, 78 * size)
    for index in range(11):
        dx, dy = -50 + index * 10, -78 - 18 * math.sin(index / 10 * math.pi) + index % 3 * 5
        c.oval(
            x + dx * size, y + dy * size, 15 * size, 15 * size, mix(RED, TERRACOTTA, index % 4 / 4)
        )
    c.poly([(x - 72 * size, y - 72 * size), (x + 72 * size, y - 72 * size), (x + 54 * size, y),
            (x - 54 * size, y)], OCHRE)  # fmt: skip
    for row in range(5):
        yy = y - (8 + row * 14) * size
        half = (56 + row * 3.4) * size
        c.line([(x - half, yy), (x + half, yy)], darker(OCHRE, 0.22), 3 * size)
    for column in range(-4, 5):
        c.line([(x + column * 15 * size, y - 72 * size), (x + column * 11.5 * size, y)],
               lighter(OCHRE, 0.25), 3 * size)  # fmt: skip
    c.rounded(x - 76 * size, y - 80 * size, 152 * size, 14 * size, 7 * size, darker(OCHRE, 0.14))


def beehives(c: Canvas) -> None:
    sky(c, NOON, level=420, sun=(930, 170))
    line = hills(c, NOON, count=4, top=260, bottom=400)
    grove(c, line, 20, 1180, count=12, size=90)
    ground = meadow(c, NOON, level=470, bend=16)
    for _ in range(230):
        x = c.rng.uniform(0, 1200)
        y = c.rng.uniform(ground(x) + 10, 800)
        r = 2 + (y - 470) / 66
        c.oval(x, y, r, r * 0.8, c.rng.choice((OCHRE, STRAW, WHITE, ROSE)))
    hive(c, 290, 600, 0.8, TEAL)
    hive(c, 880, 606, 0.8, OCHRE)
    hive(c, 590, 592, 0.75, PAPER)
    hive(c, 440, 716, 1.15, TERRACOTTA)
    hive(c, 740, 722, 1.15, SAGE)
    for _ in range(16):
        bee(c, c.rng.uniform(260, 960), c.rng.uniform(420, 640))


def hive(c: Canvas, x: float, y: float, size: float, color: Color) -> None:
    shadow(c, x, y, 86 * size)
    for leg in (-56, 44):
        c.rect(x + leg * size, y - 26 * size, 12 * size, 26 * size, DARK_WOOD)
    for index, height in enumerate((70, 56)):
        y1 = y - (22 + index * 72) * size
        tone = lighter(color, 0.14 * index)
        c.rect(x - 72 * size, y1 - height * size, 144 * size, height * size, tone)
        c.rect(x + 40 * size, y1 - height * size, 32 * size, height * size, darker(tone, 0.12))
        c.rounded(
            x - 20 * size, y1 - height * 0.62 * size, 40 * size, 9 * size, 4, darker(tone, 0.3)
        )
    c.rect(x - 34 * size, y - 38 * size, 68 * size, 9 * size, INK)
    c.rect(x - 46 * size, y - 28 * size, 92 * size, 8 * size, WOOD)
    c.poly([(x - 84 * size, y - 150 * size), (x + 84 * size, y - 150 * size),
            (x + 78 * size, y - 172 * size), (x - 78 * size, y - 172 * size)], STONE)  # fmt: skip


def bee(c: Canvas, x: float, y: float) -> None:
    c.oval(x - 3, y - 6, 5, 4, WHITE, alpha=190)
    c.oval(x + 3, y - 6, 5, 4, WHITE, alpha=190)
    c.oval(x, y, 7, 4.6, OCHRE)
    c.line([(x - 1, y - 4), (x - 1, y + 4)], INK, 2)
    c.line([(x + 3, y - 4), (x + 3, y + 4)], INK, 2)


def chickens(c: Canvas) -> None:
    sky(c, MORNING, level=420, sun=(300, 170))
    line = hills(c, MORNING, count=3, top=270, bottom=400)
    grove(c, line, 20, 1180, count=9, size=80)
    meadow(c, MORNING, level=490, bend=8)
    house(c, 690, 560, 330, 120, wall=ADOBE, roof=mix(BRICK, STONE, 0.3))
    fence(c, 20, 640, 556)
    fence(c, 1040, 1240, 556)
    c.oval(600, 690, 470, 84, mix(STRAW, MORNING.ground, 0.45))
    hen(c, 270, 716, 1.25, BRICK, 1)
    hen(c, 470, 668, 0.95, PAPER, 1)
    hen(c, 640, 744, 1.15, OCHRE, -1)
    hen(c, 860, 690, 1.05, TERRACOTTA, -1)
    for index in range(7):
        chick(c, 390 + index * 76 + c.rng.uniform(-14, 14), 754 - abs(3 - index) * 12)
    for _ in range(60):
        c.oval(c.rng.uniform(300, 900), c.rng.uniform(680, 775), 3, 2, OCHRE)


def fence(c: Canvas, x0: int, x1: int, y: float) -> None:
    for rail in (44, 20):
        c.line([(x0, y - rail), (x1, y - rail)], mix(WOOD, OCHRE, 0.3), 7)
    for x in range(x0, x1 + 1, 44):
        c.line([(x, y), (x, y - 62)], mix(WOOD, OCHRE, 0.45), 10)


def hen(c: Canvas, x: float, y: float, size: float, color: Color, way: int) -> None:
    """A hen that looks right (``way`` 1) or left (-1), standing on (x, y)."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * size * way, y - dy * size

    shadow(c, x, y, 62 * size)
    for leg in (-8, 14):
        c.line([at(leg, 34), at(leg + 2, 2), at(leg + 14, 0)], OCHRE, 4.5 * size)
    tail = [at(-44, 62), at(-92, 128), at(-66, 124), at(-58, 138), at(-34, 104), at(-14, 90)]
    c.poly(tail, darker(color, 0.26), waver=0)
    body = [*arc(at(-56, 86), at(-52, 18), at(6, 26)), *arc(at(6, 26), at(64, 36), at(58, 92)),
            *arc(at(58, 92), at(60, 132), at(44, 136)), *arc(at(44, 136), at(22, 134), at(24, 104)),
            *arc(at(24, 104), at(-4, 72), at(-56, 86))]  # fmt: skip
    c.poly(body, color, waver=0)
    c.poly([*arc(at(-38, 74), at(-10, 30), at(26, 62)), *arc(at(26, 62), at(-4, 80), at(-38, 74))],
           darker(color, 0.14), waver=0)  # fmt: skip
    for dx in (34, 44, 53):
        c.oval(*at(dx, 139), 6.5 * size, 8 * size, RED)
    c.oval(*at(60, 104), 5.5 * size, 9 * size, RED)
    c.poly([at(57, 124), at(76, 117), at(57, 111)], OCHRE, waver=0)
    c.oval(*at(48, 121), 3.2 * size, 3.2 * size, INK)


def chick(c: Canvas, x: float, y: float) -> None:
    shadow(c, x, y, 17)
    yellow = (246, 208, 112)
    c.line([(x - 4, y - 8), (x - 4, y)], OCHRE, 2.6)
    c.line([(x + 5, y - 8), (x + 5, y)], OCHRE, 2.6)
    c.oval(x, y - 17, 17, 13, yellow)
    c.oval(x + 12, y - 31, 10, 9.5, lighter(yellow, 0.15))
    c.poly([(x + 21, y - 34), (x + 29, y - 30), (x + 21, y - 27)], TERRACOTTA, waver=0)
    c.oval(x + 14, y - 33, 1.8, 1.8, INK)


def cattle(c: Canvas) -> None:
    sky(c, DAWN, level=420, sun=(860, 210))
    line = hills(c, DAWN, count=4, top=270, bottom=400)
    grove(c, line, 20, 560, count=7, size=80)
    c.mist(380, 480, WHITE, alpha=70)
    meadow(c, MORNING, level=500, bend=18)
    cow(c, 930, 590, 0.62, mix(BRICK, OCHRE, 0.45), -1)
    cow(c, 440, 716, 1.2, mix(BRICK, WOOD, 0.55), 1)
    cow(c, 720, 726, 0.7, mix(OCHRE, WOOD, 0.35), 1)
    for x in range(40, 1200, 58):
        tuft(c, x + c.rng.uniform(-20, 20), 780 + c.rng.uniform(-14, 10), 26, MOSS)
    fir(c, 1050, 600, 220)
    fir(c, 1120, 620, 170)


def cow(c: Canvas, x: float, y: float, size: float, color: Color, way: int) -> None:
    """A yellow mountain cow with a small hump, looking right (1) or left (-1)."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * size * way, y - dy * size

    shadow(c, x, y, 170 * size)
    for leg, tone in ((-92, 0.3), (74, 0.3), (-122, 0.08), (100, 0.08)):
        shank = [at(leg - 15, 96), at(leg + 19, 96), at(leg + 11, 12), at(leg - 7, 12)]
        c.poly(shank, darker(color, tone), waver=0)
        c.poly([at(leg - 9, 14), at(leg + 13, 14), at(leg + 15, 0), at(leg - 11, 0)], INK, waver=0)
    c.line([at(-140, 178), at(-158, 128), at(-152, 74)], darker(color, 0.16), 8 * size)
    c.oval(*at(-152, 66), 8 * size, 17 * size, DARK_WOOD)
    back = arc(at(-146, 150), at(-146, 206), at(-96, 200)) + arc(
        at(-96, 200), at(0, 182), at(66, 204)
    )
    hump = arc(at(66, 204), at(96, 234), at(112, 206)) + arc(
        at(112, 206), at(146, 214), at(150, 228)
    )
    belly = arc(at(152, 150), at(136, 70), at(84, 74)) + arc(at(84, 74), at(-20, 58), at(-86, 78))
    body = [*back, *hump, at(196, 178), *belly, *arc(at(-86, 78), at(-142, 90), at(-146, 150))]
    c.poly(body, color, waver=0)
    c.poly([*arc(at(-100, 84), at(0, 64), at(88, 80)), *arc(at(88, 80), at(0, 106), at(-100, 84))],
           lighter(color, 0.28), waver=0)  # fmt: skip
    c.poly([at(140, 224), at(104, 238), at(112, 222), at(140, 206)], darker(color, 0.2), waver=0)
    head = [at(138, 232), at(186, 228), at(222, 168), at(212, 150), at(188, 150), at(146, 188)]
    c.poly(head, color, waver=0)
    c.poly([at(204, 186), at(223, 168), at(212, 149), at(188, 149), at(186, 164)], CREAM, waver=0)
    c.oval(*at(208, 164), 4 * size, 4 * size, INK)
    c.oval(*at(176, 202), 5 * size, 5.5 * size, INK)
    for horn in (150, 176):
        c.poly([at(horn, 230), at(horn + 12, 230), at(horn + 13, 264)], PAPER, waver=0)


def tea_hills(c: Canvas) -> None:
    sky(c, MORNING, level=430, sun=(930, 190))
    hills(c, MORNING, count=3, top=260, bottom=370)
    grove(c, lambda x: 404 + 10 * math.sin(x / 200), 40, 1160, count=10, size=70)
    land(c, level(410), mix(MOSS, LEAF, 0.4), MOSS)
    for row in range(9):
        y = 424 + row * 22 + row * row * 3.6
        half = 13 + row * 4.4

        def crest(x: float, y: float = y, row: int = row) -> float:
            return y + (14 + row) * math.sin(x / (210 + row * 24) + row * 0.16)

        for x, yy in line_points(crest, 10 + row * 3):
            c.oval(x, yy + half * 0.5, half * 0.95, half, mix(FOREST, MOSS, 0.35))
        for x, yy in line_points(crest, 10 + row * 3):
            tone = mix(LEAF, MOSS, c.rng.uniform(0.1, 0.6))
            c.oval(x, yy, half * 0.9, half * 0.72, tone)
            c.oval(x - half * 0.2, yy - half * 0.3, half * 0.34, half * 0.2, lighter(LEAF, 0.32))
    house(c, 150, 432, 150, 54, wall=WALL)


def greenhouse(c: Canvas) -> None:
    sky(c, NOON, level=420, sun=(260, 170))
    line = hills(c, NOON, count=4, top=260, bottom=400)
    grove(c, line, 700, 1190, count=7, size=80)
    meadow(c, NOON, level=470, bend=6)
    c.poly([(560, 470), (640, 470), (1260, 830), (-60, 830)], mix(SOIL, OCHRE, 0.35))
    for bed in (-2, -1, 1, 2):
        for step in range(9):
            share = (step + 1) / 9
            y = 486 + 300 * share**1.5
            x = 600 + bed * (26 + 230 * share**1.5)
            size = 9 + 38 * share**1.5
            for dx, dy in ((-0.5, 0.35), (0.5, 0.35), (-0.25, 0.75), (0.3, 0.7), (0, 0.45)):
                c.oval(x + dx * size, y - dy * size, size * 0.5, size * 0.42,
                       mix(LEAF, MOSS, c.rng.random()))  # fmt: skip
            c.oval(x, y - size * 0.6, size * 0.3, size * 0.24, lighter(LEAF, 0.35))
    for step in range(7):
        share = (step / 6) ** 1.6
        half, foot, high = 76 + 640 * share, 492 + 330 * share, 130 + 620 * share
        hoop = arc((600 - half, foot), (600 - half * 0.92, foot - high), (600, foot - high))
        hoop += arc((600, foot - high), (600 + half * 0.92, foot - high), (600 + half, foot))
        if step < 6:
            c.poly(hoop, WHITE, alpha=30, waver=0)
        c.line(hoop, lighter(STONE, 0.5), 4 + 7 * share)


def highland_fields(c: Canvas) -> None:
    """Rape in flower on spring terraces."""
    sky(c, NOON, level=410, sun=(220, 180))
    line = hills(c, NOON, count=4, top=250, bottom=380)
    grove(c, line, 600, 1180, count=9, size=70)
    terraces(c, NOON, top=420, bands=7)
    for _ in range(420):
        x, share = c.rng.uniform(0, 1200), c.rng.random() ** 0.7
        y = 500 + 300 * share
        r = 3 + 6 * share
        c.oval(x, y, r, r * 0.8, mix((246, 210, 92), OCHRE, c.rng.random() * 0.5), alpha=215)
