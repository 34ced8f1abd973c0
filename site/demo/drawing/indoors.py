# ruff: noqa: PLR0917 - coordinates come first and in order
"""Scenes indoors: winter stove, food, bedding, desk, sewing, tools, medicine, lessons."""

from demo.drawing.buildings import sign_cross, window
from demo.drawing.canvas import Canvas, arc
from demo.drawing.nature import shadow
from demo.drawing.palette import (
    ADOBE,
    APRICOT,
    BRICK,
    CREAM,
    DARK_WOOD,
    FOREST,
    INK,
    LEAF,
    MIST,
    OCHRE,
    PAPER,
    RED,
    ROSE,
    SAGE,
    SLATE,
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

FLAME = (255, 190, 92)


def room(c: Canvas, wall: Color, floor: Color, *, level: float = 590) -> None:
    """A wall above, boards below."""
    c.shade([(-9, -9), (1209, -9), (1209, level), (-9, level)], lighter(wall, 0.18), wall)
    c.shade([(-9, level), (1209, level), (1209, 809), (-9, 809)], floor, darker(floor, 0.16))
    c.rect(-9, level - 10, 1218, 14, darker(floor, 0.2))
    for y in (level + 46, level + 108, level + 178):
        c.line([(-9, y), (1209, y)], darker(floor, 0.14), 2)


def hill_window(c: Canvas, x: float, y: float, w: float, h: float, top: Color, low: Color) -> None:
    """A wide window onto hills under a sky from ``top`` to ``low``."""
    c.rect(x - 16, y - 16, w + 32, h + 32, WOOD)
    c.shade([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], top, low)
    for share, tone in ((0.52, 0.25), (0.68, 0.5), (0.82, 0.75)):
        foot, line = y + h, y + h * share
        hill = arc(
            (x, line + 10),
            (x + w * (0.9 - share * 0.8), line - h * 0.24),
            (x + w * 0.62, line + 16),
        )
        rise = arc((x + w * 0.62, line + 16), (x + w * 0.82, line - h * 0.1), (x + w, line))
        c.poly([*hill, *rise, (x + w, foot), (x, foot)], mix(low, FOREST, tone * 0.8), waver=0)
    c.rect(x + w / 2 - 6, y, 12, h, WOOD)
    c.rect(x - 30, y + h + 12, w + 60, 18, lighter(WOOD, 0.14))


def winter_stove(c: Canvas) -> None:
    room(c, ADOBE, WOOD)
    hill_window(c, 130, 120, 300, 230, (190, 206, 216), (236, 238, 236))
    for _ in range(46):
        c.oval(c.rng.uniform(134, 428), c.rng.uniform(124, 346), 3, 3, WHITE)
    c.glow(640, 520, 470, (255, 206, 140), alpha=150)
    iron = mix(INK, SLATE, 0.25)
    shadow(c, 640, 694, 170)
    c.line([(640, 440), (640, 150), (900, 110), (1230, 96)], lighter(iron, 0.08), 34)
    c.line([(632, 440), (632, 158)], lighter(iron, 0.3), 6)
    for leg in (540, 724):
        c.rect(leg, 640, 18, 54, darker(iron, 0.3))
    c.rounded(500, 450, 280, 206, 22, iron)
    c.rounded(478, 430, 324, 34, 12, lighter(iron, 0.14))
    c.rounded(556, 506, 168, 104, 14, darker(iron, 0.4))
    c.rounded(566, 516, 148, 84, 10, (206, 92, 48))
    for x, high in ((592, 40), (618, 66), (646, 54), (672, 70), (694, 36)):
        c.poly([*arc((x - 18, 600), (x - 20, 600 - high * 0.6), (x, 600 - high)),
                *arc((x, 600 - high), (x + 22, 600 - high * 0.5), (x + 18, 600))],
               FLAME, waver=0)  # fmt: skip
    kettle(c, 700, 432)
    coal_bucket(c, 900, 706)
    folded(c, 180, 690, (TERRACOTTA, PAPER, TEAL, OCHRE))


def kettle(c: Canvas, x: float, y: float) -> None:
    body = lighter(SLATE, 0.28)
    c.line(arc((x - 42, y - 58), (x, y - 132), (x + 42, y - 58)), INK, 8)
    c.poly([*arc((x - 52, y), (x - 56, y - 74), (x, y - 76)),
            *arc((x, y - 76), (x + 56, y - 74), (x + 52, y))],
           body, waver=0)  # fmt: skip
    c.line([(x + 44, y - 26), (x + 78, y - 62)], body, 14)
    c.oval(x, y - 78, 9, 8, INK)
    c.line(arc((x - 30, y - 18), (x - 36, y - 54), (x - 12, y - 62)), WHITE, 5)
    for step in range(7):
        c.oval(
            x + 92 + step * 8,
            y - 84 - step * 20,
            9 + step * 3,
            8 + step * 2,
            WHITE,
            alpha=70 - step * 8,
        )


def coal_bucket(c: Canvas, x: float, y: float) -> None:
    shadow(c, x + 60, y, 130)
    for dx, dy, r in ((-44, -98, 26), (-8, -112, 30), (34, -102, 27), (4, -92, 28)):
        c.oval(x + dx, y + dy, r, r * 0.8, darker(INK, 0.2))
        c.oval(x + dx - 7, y + dy - 8, r * 0.3, r * 0.2, SLATE)
    c.poly([(x - 78, y - 92), (x + 78, y - 92), (x + 58, y), (x - 58, y)], SLATE)
    c.poly([(x + 30, y - 92), (x + 78, y - 92), (x + 58, y), (x + 24, y)], darker(SLATE, 0.16))
    c.line([(x - 78, y - 90), (x + 78, y - 90)], lighter(SLATE, 0.3), 8)
    for index, (dx, dy) in enumerate(((104, -18), (166, -14), (134, -48))):
        c.rounded(x + dx, y + dy - 22, 58, 40, 10, darker(INK, 0.1 * index))
        c.oval(x + dx + 29, y + dy - 2, 6, 6, SLATE)


def folded(c: Canvas, x: float, y: float, colors: tuple[Color, ...]) -> None:
    """A pile of folded quilts, the first colour lowest."""
    shadow(c, x + 120, y, 140)
    for index, color in enumerate(colors):
        top = y - (index + 1) * 48
        inset = index % 2 * 8
        c.rounded(x + inset, top, 240 - inset * 2, 50, 22, darker(color, 0.1))
        c.rounded(x + inset, top, 240 - inset * 2, 40, 19, color)
        c.line([(x + 26 + inset, top + 26), (x + 214 - inset, top + 26)], darker(color, 0.16), 3)
        for spot in range(6):
            c.oval(x + 42 + spot * 32, top + 14, 5, 5, lighter(color, 0.5))


def rice_and_oil(c: Canvas) -> None:
    room(c, mix(WALL, SAGE, 0.32), mix(WOOD, OCHRE, 0.3))
    hill_window(c, 790, 110, 290, 210, MIST, CREAM)
    for row, xs in enumerate(((150, 350, 550), (250, 450))):
        for x in xs:
            sack(c, x, 706 - row * 150, TERRACOTTA if (x // 50) % 4 else LEAF)
    bottle(c, 800, 712)
    bottle(c, 886, 730)
    shadow(c, 1030, 730, 96)
    c.shade([(950, 640), (1110, 640), (1086, 732), (974, 732)], TEAL, darker(TEAL, 0.2))
    c.oval(1030, 640, 80, 22, WHITE)
    c.poly([*arc((960, 636), (1030, 566), (1100, 636))], WHITE)
    for _ in range(60):
        c.oval(c.rng.gauss(1030, 28), c.rng.gauss(622, 9), 5, 3, lighter(PAPER, 0.3))


def sack(c: Canvas, x: float, y: float, mark: Color) -> None:
    """A full 25 kg sack, 190 wide; its mark is an ear of rice, not a brand."""
    cloth = lighter(STRAW, 0.42)
    shadow(c, x + 95, y, 106)
    c.poly([*arc((x + 26, y), (x - 14, y - 70), (x + 24, y - 148)), (x + 52, y - 160),
            (x + 138, y - 160), *arc((x + 166, y - 148), (x + 204, y - 70), (x + 164, y))],
           cloth, waver=0)  # fmt: skip
    c.poly([*arc((x + 166, y - 148), (x + 204, y - 70), (x + 164, y)), (x + 138, y),
            (x + 150, y - 90)], darker(cloth, 0.1), waver=0)  # fmt: skip
    c.line([(x + 34, y - 150), (x + 156, y - 150)], darker(cloth, 0.25), 5)
    c.poly(
        [(x + 44, y - 154), (x + 52, y - 176), (x + 138, y - 176), (x + 148, y - 154)],
        darker(cloth, 0.06),
    )
    c.rounded(x + 42, y - 118, 106, 82, 12, mark)
    stem = arc((x + 80, y - 44), (x + 84, y - 84), (x + 108, y - 106))
    c.line(stem, PAPER, 4)
    for px, py in stem[5::2]:
        c.oval(px - 8, py - 2, 7, 4.4, PAPER)
        c.oval(px + 8, py + 4, 7, 4.4, PAPER)


def bottle(c: Canvas, x: float, y: float) -> None:
    oil = (238, 192, 86)
    shadow(c, x, y, 42)
    c.rounded(x - 38, y - 150, 76, 150, 18, oil)
    c.poly(
        [(x - 34, y - 142), (x - 14, y - 186), (x + 14, y - 186), (x + 34, y - 142)],
        lighter(oil, 0.2),
    )
    c.rounded(x - 17, y - 204, 34, 24, 6, RED)
    c.rounded(x - 38, y - 108, 76, 62, 4, PAPER)
    c.oval(x, y - 78, 18, 18, LEAF)
    c.line([(x - 27, y - 134), (x - 27, y - 116)], WHITE, 5)


def quilts_and_shoes(c: Canvas) -> None:
    room(c, mix(CREAM, ROSE, 0.3), WOOD)
    window(c, 820, 120, 230, 220, frame=WOOD)
    c.rect(150, 430, 560, 36, lighter(WOOD, 0.1))
    for leg in (170, 664):
        c.rect(leg, 466, 26, 224, darker(WOOD, 0.14))
    folded(c, 190, 434, (TEAL, PAPER, TERRACOTTA))
    folded(c, 452, 434, (OCHRE, SAGE))
    for index, color in enumerate((BRICK, TEAL, OCHRE)):
        boot(c, 220 + index * 150, 700, color)
        boot(c, 272 + index * 150, 712, color)
    c.line([(820, 470), (1090, 470)], DARK_WOOD, 10)
    for index, color in enumerate((TERRACOTTA, FOREST, SLATE)):
        coat(c, 860 + index * 94, 474, color)


def boot(c: Canvas, x: float, y: float, color: Color) -> None:
    shadow(c, x + 18, y, 34)
    c.poly([(x - 18, y - 78), (x + 16, y - 78), (x + 18, y - 34),
            *arc((x + 22, y - 30), (x + 54, y - 26), (x + 50, y - 8)), (x - 20, y - 8)],
           color, waver=0)  # fmt: skip
    c.rounded(x - 22, y - 12, 74, 13, 5, INK)
    c.rounded(x - 22, y - 86, 42, 18, 8, CREAM)


def coat(c: Canvas, x: float, y: float, color: Color) -> None:
    c.line([(x, y), (x, y + 18)], SLATE, 4)
    c.poly([(x - 18, y + 18), (x + 18, y + 18), (x + 42, y + 48), (x + 50, y + 140),
            (x + 30, y + 140), (x + 34, y + 190), (x - 34, y + 190), (x - 30, y + 140),
            (x - 50, y + 140), (x - 42, y + 48)], color)  # fmt: skip
    for row in range(4):
        yy = y + 64 + row * 32
        c.line([(x - 34, yy), (x + 34, yy)], darker(color, 0.18), 3)
    c.line([(x, y + 22), (x, y + 188)], lighter(color, 0.3), 4)


def desk_lamp(c: Canvas) -> None:
    room(c, mix(SLATE, WALL, 0.45), WOOD, level=640)
    hill_window(c, 130, 110, 380, 270, (74, 92, 124), (206, 158, 142))
    for _ in range(22):
        c.oval(c.rng.uniform(140, 500), c.rng.uniform(116, 210), 2, 2, CREAM)
    c.glow(770, 420, 460, (255, 224, 160), alpha=190)
    c.poly([(70, 560), (1130, 560), (1190, 630), (10, 630)], lighter(WOOD, 0.2))
    c.rect(10, 628, 1180, 30, darker(WOOD, 0.12))
    for leg in (70, 1080):
        c.rect(leg, 656, 46, 160, darker(WOOD, 0.22))
    c.oval(830, 578, 84, 19, darker(TEAL, 0.2))
    c.line([(830, 572), (900, 420), (780, 290)], TEAL, 15)
    c.oval(900, 420, 14, 14, OCHRE)
    c.poly([(806, 262), (748, 246), (660, 352), (786, 386)], TEAL)
    c.poly([(660, 352), (786, 386), (770, 396), (664, 366)], FLAME)
    c.poly([(664, 366), (770, 396), (900, 562), (420, 562)], (255, 236, 190), alpha=70, waver=0)
    for index, (color, w) in enumerate(((BRICK, 250), (OCHRE, 226), (SAGE, 240), (SLATE, 206))):
        c.rounded(150 + index * 7, 542 - index * 30, w, 30, 5, color)
        c.rect(160 + index * 7, 548 - index * 30, w - 16, 9, PAPER)
    open_book(c, 590, 600)
    c.rounded(1000, 500, 58, 80, 8, TERRACOTTA)
    for index, color in enumerate((OCHRE, RED, LEAF, WHITE)):
        c.line([(1012 + index * 11, 506), (1002 + index * 18, 430 - index % 2 * 16)], color, 7)


def open_book(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 160, y + 8), (x, y + 18), (x + 160, y + 8), (x + 138, y - 40), (x, y - 28),
            (x - 138, y - 40)], darker(TEAL, 0.2))  # fmt: skip
    c.poly([*arc((x - 150, y), (x - 80, y - 16), (x, y + 10)), (x, y - 36),
            *arc((x, y - 36), (x - 70, y - 60), (x - 130, y - 46))], WHITE, waver=0)  # fmt: skip
    c.poly([*arc((x + 150, y), (x + 80, y - 16), (x, y + 10)), (x, y - 36),
            *arc((x, y - 36), (x + 70, y - 60), (x + 130, y - 46))], CREAM, waver=0)  # fmt: skip
    for row in range(4):
        yy = y - 38 + row * 10
        c.line([(x - 112 - row * 4, yy), (x - 22, yy + 4)], SLATE, 2, alpha=130)
        c.line([(x + 22, yy + 4), (x + 112 + row * 4, yy)], SLATE, 2, alpha=130)


def sewing_room(c: Canvas) -> None:
    room(c, mix(WALL, APRICOT, 0.25), WOOD)
    hill_window(c, 110, 110, 300, 220, MIST, CREAM)
    for shelf, colors in enumerate(
        ((TEAL, OCHRE, TERRACOTTA, SAGE, BRICK), (ROSE, SLATE, STRAW, FOREST))
    ):
        y = 220 + shelf * 130
        c.rect(640, y, 440, 16, DARK_WOOD)
        for index, color in enumerate(colors):
            spool(c, 690 + index * 84, y, color)
    c.rect(150, 520, 900, 34, lighter(WOOD, 0.16))
    for leg in (200, 960):
        c.line([(leg, 554), (leg - 36, 720)], INK, 13)
        c.line([(leg, 554), (leg + 60, 720)], INK, 13)
        c.line([(leg - 40, 720), (leg + 66, 720)], INK, 13)
    sewing_machine(c, 370, 520)
    c.poly([(610, 524), *arc((660, 500), (800, 470), (960, 512)), (1010, 524), (990, 640),
            *arc((960, 650), (800, 600), (640, 644))], mix(TEAL, WHITE, 0.12))  # fmt: skip
    for row in range(4):
        for column in range(5):
            c.oval(668 + column * 74 + row % 2 * 34, 536 + row * 26, 6, 6, CREAM)


def spool(c: Canvas, x: float, y: float, color: Color) -> None:
    c.rounded(x - 24, y - 70, 48, 62, 10, color)
    for row in range(4):
        c.line([(x - 22, y - 58 + row * 14), (x + 22, y - 54 + row * 14)], darker(color, 0.16), 2)
    c.rounded(x - 28, y - 78, 56, 12, 5, STRAW)
    c.rounded(x - 28, y - 12, 56, 12, 5, STRAW)


def sewing_machine(c: Canvas, x: float, y: float) -> None:
    body = darker(TEAL, 0.35)
    c.rounded(x - 150, y - 26, 330, 28, 8, darker(body, 0.3))
    c.rounded(x + 78, y - 172, 82, 150, 16, body)
    c.rounded(x - 136, y - 182, 290, 62, 28, body)
    c.rounded(x - 142, y - 182, 64, 112, 20, body)
    c.line([(x - 110, y - 74), (x - 110, y - 34)], STONE, 7)
    c.rounded(x - 128, y - 36, 36, 9, 3, STONE)
    c.oval(x + 180, y - 132, 34, 44, OCHRE)
    c.oval(x + 180, y - 132, 16, 23, body)
    c.line([(x - 70, y - 152), (x + 120, y - 152)], OCHRE, 4)
    c.rounded(x + 92, y - 226, 30, 44, 6, RED)
    c.line([(x + 104, y - 210), (x - 96, y - 200), (x - 110, y - 84)], CREAM, 2.4)


def tool_bench(c: Canvas) -> None:
    room(c, mix(STONE, WALL, 0.6), mix(STONE, WOOD, 0.4))
    c.rect(150, 120, 900, 290, lighter(WOOD, 0.22))
    c.rect(150, 120, 900, 14, WOOD)
    c.rect(150, 398, 900, 14, WOOD)
    for x, color in ((240, RED), (340, TEAL), (430, OCHRE)):
        c.line([(x, 180), (x, 250)], STONE, 10)
        c.rounded(x - 15, 246, 30, 92, 13, color)
    c.line([(560, 180), (560, 350)], DARK_WOOD, 18)
    c.rounded(512, 168, 104, 42, 8, SLATE)
    c.poly([(690, 190), (900, 226), (900, 254), (690, 300)], lighter(STONE, 0.35))
    c.rounded(640, 190, 72, 108, 22, WOOD)
    c.rounded(662, 218, 28, 50, 12, lighter(WOOD, 0.22))
    c.line([(974, 176), (974, 350)], SLATE, 20)
    c.oval(974, 178, 32, 32, SLATE)
    c.rect(958, 140, 32, 40, lighter(WOOD, 0.22))
    c.rect(90, 540, 1020, 40, lighter(WOOD, 0.06))
    for leg in (140, 1010):
        c.rect(leg, 580, 52, 170, darker(WOOD, 0.16))
    c.rounded(220, 446, 250, 96, 10, BRICK)
    c.rect(220, 476, 250, 9, darker(BRICK, 0.25))
    c.line([(290, 446), (290, 414), (400, 414), (400, 446)], INK, 11)
    c.poly([(560, 540), (940, 540), (968, 518), (588, 518)], STRAW)
    c.poly([(600, 516), (900, 516), (928, 496), (628, 496)], lighter(OCHRE, 0.2))
    for _ in range(16):
        curl = c.rng.uniform(520, 980)
        c.line(arc((curl, 538), (curl + 9, 526), (curl + 19, 537)), STRAW, 4)


def lesson(c: Canvas) -> None:
    room(c, mix(CREAM, TEAL, 0.14), mix(STONE, WOOD, 0.3), level=560)
    c.rect(230, 96, 740, 330, WOOD)
    c.shade([(250, 116), (950, 116), (950, 406), (250, 406)], mix(FOREST, INK, 0.2), FOREST)
    c.rect(220, 424, 760, 14, lighter(WOOD, 0.2))
    chalk = lighter(MIST, 0.45)
    c.line([(330, 350), (330, 270)], chalk, 5)
    for side in (-1, 1):
        c.line(arc((330, 300), (330 + side * 40, 280), (330 + side * 56, 240)), chalk, 5)
        c.line(arc((330, 300), (330 + side * 46, 306), (330 + side * 56, 240)), chalk, 4)
    c.line([(430, 290), (500, 290), (482, 276)], chalk, 4)
    c.line([(600, 350), (600, 250)], chalk, 6)
    c.oval(600, 216, 58, 48, chalk)
    c.oval(600, 216, 53, 43, FOREST)
    for dx, dy in ((-22, -6), (14, -16), (22, 14), (-8, 18)):
        c.oval(600 + dx, 216 + dy, 7, 7, APRICOT)
    for row in range(4):
        c.line([(720, 190 + row * 48), (900 - row % 2 * 50, 190 + row * 48)], chalk, 5)
    for y, size, xs in ((640, 0.85, (240, 480, 720, 960)), (776, 1.1, (150, 450, 750, 1050))):
        for x in xs:
            stool(c, x, y, size)


def stool(c: Canvas, x: float, y: float, size: float) -> None:
    shadow(c, x, y, 84 * size)
    for leg in (-60, 46):
        c.rect(x + leg * size, y - 84 * size, 15 * size, 84 * size, DARK_WOOD)
    c.rect(x - 80 * size, y - 102 * size, 160 * size, 22 * size, lighter(WOOD, 0.18))
    c.rounded(x - 40 * size, y - 112 * size, 72 * size, 10 * size, 3, PAPER)
    c.line([(x + 42 * size, y - 106 * size), (x + 66 * size, y - 106 * size)], RED, 5 * size)


def medicine_shelf(c: Canvas) -> None:
    room(c, mix(WHITE, MIST, 0.4), mix(STONE, CREAM, 0.35))
    c.rect(170, 96, 520, 480, mix(TEAL, WHITE, 0.55))
    c.rect(190, 116, 480, 440, WHITE)
    for shelf in range(3):
        y = 250 + shelf * 146
        c.rect(190, y, 480, 14, mix(TEAL, WHITE, 0.4))
        x = 206.0
        while x < 610:
            w, h = c.rng.uniform(34, 62), c.rng.uniform(54, 96)
            color = c.rng.choice((TEAL, SAGE, APRICOT, ROSE, MIST, STRAW))
            c.rounded(x, y - h, w, h, 6, color)
            c.rect(x + 4, y - h * 0.62, w - 8, h * 0.3, WHITE)
            x += w + 12
    c.rect(90, 560, 1020, 30, lighter(WOOD, 0.26))
    c.rect(110, 590, 980, 220, mix(TEAL, WHITE, 0.3))
    c.rounded(740, 420, 220, 142, 18, WHITE)
    c.line([(800, 420), (800, 390), (900, 390), (900, 420)], SLATE, 12)
    sign_cross(c, 850, 492, 40)
    tube = [*arc((1010, 420), (960, 590), (1030, 556)), *arc((1030, 556), (1110, 520), (1080, 420))]
    c.line(tube, INK, 8)
    c.oval(1030, 552, 17, 17, STONE)
    hill_window(c, 800, 110, 240, 200, MIST, CREAM)
