"""Scenes out of doors in a village: school, clinic, houses, road, water."""

from demo.drawing.buildings import (
    door,
    flag,
    house,
    ladder,
    plinth,
    school,
    sign_cross,
    tiled_roof,
    van,
    window,
)
from demo.drawing.canvas import Canvas, arc
from demo.drawing.nature import (
    cloud,
    fir,
    grove,
    hills,
    land,
    level,
    meadow,
    path,
    river,
    round_tree,
    shadow,
    sky,
    smoke,
    terraces,
    tuft,
)
from demo.drawing.palette import (
    ADOBE,
    AUTUMN,
    BRICK,
    CREAM,
    DAWN,
    DUSK,
    INK,
    LEAF,
    MIST,
    MORNING,
    MOSS,
    NOON,
    OCHRE,
    PAPER,
    RED,
    SAGE,
    SLATE,
    STONE,
    STRAW,
    TEAL,
    TERRACOTTA,
    TILE,
    WALL,
    WHITE,
    WOOD,
    darker,
    lighter,
    mix,
)


def hamlet(c: Canvas, x: float, y: float, *, size: float = 1.0, lit: bool = False) -> None:
    """Three far houses, the middle one highest."""
    for dx, dy, w, wall in ((-92, 10, 70, ADOBE), (64, 14, 76, WALL), (-18, -4, 92, PAPER)):
        house(
            c, x + dx * size, y + dy * size, w * size, w * 0.42 * size, wall=wall, lit=lit, bays=1
        )


def terraced_dawn(c: Canvas) -> None:
    sky(c, DAWN, level=430, sun=(770, 218))
    line = hills(c, DAWN, count=4, top=280, bottom=392)
    grove(c, line, 60, 420, count=7, size=58)
    hamlet(c, 300, 424, size=0.8)
    smoke(c, 318, 374, 0.55)
    terraces(c, DAWN, top=424)
    c.mist(392, 470, WHITE, alpha=88)


def road_and_bridge(c: Canvas) -> None:
    sky(c, MORNING, level=440, sun=(300, 200))
    hills(c, MORNING, count=4, top=270, bottom=420)
    ground = meadow(c, MORNING, level=478, bend=12)
    hamlet(c, 880, 482, size=1.05)
    grove(c, ground, 1010, 1190, count=5, size=96)
    grove(c, ground, 20, 330, count=6, size=84)
    path(c, [((868, 486), 12), ((905, 520), 26), ((950, 570), 46), ((900, 622), 60),
             ((800, 652), 64)], CREAM)  # fmt: skip
    river(c, [((470, 474), 16), ((420, 520), 50), ((560, 580), 110), ((590, 660), 190),
              ((560, 730), 270), ((640, 840), 460)], mix(TEAL, MIST, 0.6))  # fmt: skip
    path(c, [((366, 658), 60), ((270, 690), 92), ((180, 740), 130), ((60, 840), 220)], CREAM)
    stone_bridge(c)
    for x, y in ((120, 640), (214, 616), (1010, 716), (1110, 690)):
        round_tree(c, x, y, 160, MOSS)


def stone_bridge(c: Canvas) -> None:
    deck = arc((352, 652), (560, 510), (812, 640))
    face = [*deck, (812, 716), *arc((708, 708), (578, 540), (452, 700)), (352, 724)]
    c.poly(arc((708, 708), (578, 540), (452, 700)), darker(TEAL, 0.4), alpha=110)
    c.poly(face, STONE)
    for x, y, w in ((372, 672, 42), (402, 700, 36), (470, 624, 44), (560, 602, 48), (640, 612, 40),
                    (730, 650, 44), (752, 686, 40), (520, 590, 38), (690, 620, 34)):  # fmt: skip
        c.rounded(x, y, w, 20, 6, lighter(STONE, c.rng.uniform(0.1, 0.28)))
    c.line(deck, darker(STONE, 0.25), 9)
    rail = [(x, y - 34) for x, y in deck]
    c.line(rail, lighter(STONE, 0.35), 8)
    for post, foot in deck[::2]:
        c.line([(post, foot), (post, foot - 42)], lighter(STONE, 0.2), 9)


def school_day(c: Canvas) -> None:
    sky(c, NOON, level=440, sun=(220, 170))
    line = hills(c, NOON, count=4, top=280, bottom=420)
    grove(c, line, 20, 1180, count=12, size=88)
    land(c, level(560), mix(CREAM, OCHRE, 0.28), mix(CREAM, OCHRE, 0.5))
    school(c, 330, 574)
    for x, size in ((250, 190), (960, 210), (1060, 160)):
        round_tree(c, x, 590, size, MOSS)
    c.poly([(120, 680), (1080, 680), (1230, 820), (-30, 820)], mix(TERRACOTTA, CREAM, 0.34))
    for share in (0.0, 0.36, 0.7):
        y = 694 + share * 110
        c.line([(110 - share * 150, y), (1090 + share * 150, y)], WHITE, 4 + 3 * share, alpha=170)
    for x in range(150, 1080, 46):
        tuft(c, x, 668, 15, MOSS)
    c.rect(196, 628, 62, 26, STONE)
    c.rect(180, 646, 94, 20, lighter(STONE, 0.2))
    flag(c, 226, 632, 400)
    table_tennis(c, 850, 740)


def table_tennis(c: Canvas, x: float, y: float) -> None:
    shadow(c, x + 110, y, 130)
    for leg in (22, 178):
        c.rect(x + leg, y - 64, 20, 64, lighter(STONE, 0.1))
    c.poly([(x, y - 62), (x + 34, y - 92), (x + 216, y - 92), (x + 240, y - 62)], TEAL)
    c.line([(x + 120, y - 62), (x + 124, y - 92)], WHITE, 3)
    c.rect(x, y - 62, 240, 9, darker(TEAL, 0.25))


def clinic(c: Canvas) -> None:
    sky(c, MORNING, level=430, sun=(930, 180))
    line = hills(c, MORNING, count=4, top=270, bottom=430)
    grove(c, line, 10, 330, count=6, size=92)
    grove(c, line, 900, 1190, count=6, size=92)
    meadow(c, MORNING, level=560, bend=6)
    path(c, [((600, 600), 900), ((600, 690), 1300), ((600, 830), 1700)], mix(STONE, CREAM, 0.55))
    c.line([(-20, 742), (330, 742)], WHITE, 7, alpha=190)
    c.line([(470, 742), (820, 742)], WHITE, 7, alpha=190)
    c.line([(960, 742), (1220, 742)], WHITE, 7, alpha=190)
    shadow(c, 560, 616, 330)
    c.shade([(260, 396), (830, 396), (830, 614), (260, 614)], WHITE, CREAM)
    plinth(c, 260, 614, 570, 26)
    tiled_roof(c, 260, 396, 570, 92, over=34, color=mix(TILE, TEAL, 0.25))
    for x in (302, 402, 660, 752):
        window(c, x, 444, 62, 72, frame=mix(TEAL, WHITE, 0.25))
    door(c, 512, 462, 92, 152, mix(TEAL, WHITE, 0.18))
    c.poly([(486, 444), (630, 444), (648, 462), (468, 462)], TEAL)
    sign_cross(c, 558, 408, 30)
    c.rect(262, 534, 570, 8, mix(TEAL, WHITE, 0.4))
    round_tree(c, 200, 626, 190, LEAF)
    van(c, 690, 712, cross=True)
    for x in (300, 350, 400, 450):
        tuft(c, x, 640, 20, MOSS)


def ramp(c: Canvas) -> None:
    sky(c, AUTUMN, level=430, sun=(200, 180))
    line = hills(c, AUTUMN, count=3, top=290, bottom=420)
    grove(c, line, 20, 260, count=5, size=84)
    meadow(c, AUTUMN, level=590, bend=6)
    house(c, 430, 596, 620, 196, wall=mix(WALL, ADOBE, 0.3))
    concrete = lighter(STONE, 0.25)
    c.poly([(650, 592), (838, 592), (838, 640), (650, 640)], concrete)
    c.poly([(200, 700), (650, 592), (650, 640), (280, 728)], lighter(concrete, 0.25))
    c.poly([(280, 728), (650, 640), (650, 662), (320, 730)], darker(concrete, 0.12))
    c.rect(650, 640, 188, 24, darker(concrete, 0.14))
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = 222 + 420 * share, 698 - 102 * share
        c.line([(x, y), (x, y - 64)], TEAL, 6)
    c.line([(222, 634), (642, 532), (722, 532)], TEAL, 8)
    c.line([(222, 664), (642, 562), (722, 562)], mix(TEAL, WHITE, 0.2), 6)
    wheelchair(c, 770, 590)
    round_tree(c, 1090, 640, 230, OCHRE)
    pots(c, 900, 622)


def wheelchair(c: Canvas, x: float, y: float) -> None:
    """An empty wheelchair facing left on (x, y)."""
    shadow(c, x, y, 54)
    c.line([(x + 40, y - 112), (x + 30, y - 56), (x - 26, y - 56), (x - 40, y - 14)], SLATE, 6)
    c.line([(x + 40, y - 112), (x + 56, y - 114)], INK, 7)
    c.poly([(x + 24, y - 106), (x + 37, y - 106), (x + 32, y - 58), (x + 18, y - 58)], TEAL)
    c.poly([(x - 26, y - 66), (x + 30, y - 66), (x + 30, y - 54), (x - 26, y - 54)], TEAL)
    c.line([(x - 18, y - 82), (x + 22, y - 82)], INK, 6)
    c.line([(x - 56, y - 10), (x - 36, y - 12)], INK, 6)
    for r, color in ((36, INK), (30, lighter(SLATE, 0.6))):
        c.oval(x + 20, y - 36, r, r, color)
    for dx, dy in ((30, 0), (0, 30), (21, 21), (21, -21)):
        c.line([(x + 20 - dx, y - 36 - dy), (x + 20 + dx, y - 36 + dy)], SLATE, 1.6)
    c.oval(x + 20, y - 36, 5, 5, INK)
    c.oval(x - 32, y - 11, 11, 11, INK)
    c.oval(x - 32, y - 11, 5, 5, MIST)


def pots(c: Canvas, x: float, y: float) -> None:
    for index in range(3):
        at = x + index * 44
        for dx, dy in ((-9, -46), (8, -50), (0, -58), (13, -40), (-14, -38)):
            c.oval(at + dx, y + dy, 9, 8, (RED, OCHRE, TERRACOTTA)[index])
        c.oval(at, y - 34, 17, 10, MOSS)
        c.poly([(at - 16, y - 32), (at + 16, y - 32), (at + 11, y), (at - 11, y)], BRICK)


def roof_repair(c: Canvas) -> None:
    sky(c, NOON, level=440, sun=(960, 170))
    line = hills(c, NOON, count=3, top=280, bottom=420)
    grove(c, line, 840, 1190, count=7, size=92)
    meadow(c, NOON, level=600, bend=6)
    house(c, 300, 626, 600, 196, wall=ADOBE)
    c.poly([(572, 318), (770, 318), (800, 424), (580, 424)], mix(BRICK, OCHRE, 0.25))
    for index in range(10):
        x = 580 + index * 21
        c.line([(x, 320), (x + 6 + index, 424)], darker(BRICK, 0.1), 4)
    c.poly([(790, 312), (846, 312), (908, 430), (808, 430)], WOOD)
    for row in range(5):
        c.line([(792 + row * 3, 330 + row * 22), (862 + row * 11, 330 + row * 22)], STRAW, 7)
    ladder(c, 500, 640, 560, 392)
    tile_stack(c, 950, 660)
    tile_stack(c, 1020, 676)
    c.poly([(120, 668), (300, 640), (306, 652), (126, 682)], OCHRE)
    c.poly([(112, 684), (292, 658), (298, 668), (118, 698)], lighter(OCHRE, 0.2))
    round_tree(c, 190, 634, 230, MOSS)


def tile_stack(c: Canvas, x: float, y: float) -> None:
    shadow(c, x + 26, y, 46)
    for row in range(7):
        c.rounded(
            x - row % 2 * 3, y - 13 - row * 12, 58, 11, 5, mix(BRICK, OCHRE, 0.1 + row * 0.04)
        )


def water_tap(c: Canvas) -> None:
    sky(c, MORNING, level=430, sun=(860, 180))
    line = hills(c, MORNING, count=4, top=260, bottom=400)
    grove(c, line, 700, 1190, count=9, size=80)
    hamlet(c, 930, 470, size=1.0)
    meadow(c, MORNING, level=500, bend=10)
    c.poly([(250, 640), (960, 640), (1040, 730), (190, 730)], lighter(STONE, 0.12))
    plinth(c, 320, 654, 340, 60)
    c.shade([(320, 330), (480, 330), (480, 600), (320, 600)], lighter(STONE, 0.3), STONE)
    for row in range(6):
        for col in range(3):
            c.rounded(326 + col * 52 - row % 2 * 6, 338 + row * 43, 46, 36, 9,
                      mix(STONE, WHITE, c.rng.uniform(0.08, 0.35)))  # fmt: skip
    c.poly([(308, 318), (492, 318), (480, 338), (320, 338)], darker(STONE, 0.2))
    c.line([(480, 408), (560, 408), (590, 412), (598, 446)], SLATE, 20)
    c.line([(540, 396), (540, 372)], SLATE, 10)
    c.line([(516, 368), (564, 368)], BRICK, 12)
    stream = mix(MIST, TEAL, 0.25)
    c.poly([(590, 452), (608, 452), (616, 594), (584, 594)], lighter(stream, 0.45), waver=0.5)
    c.line([(597, 456), (599, 590)], WHITE, 5, alpha=200)
    bucket(c, 600, 668)
    bucket(c, 800, 700, full=False)
    fir(c, 150, 610, 260)
    fir(c, 226, 640, 190)


def bucket(c: Canvas, x: float, y: float, *, full: bool = True) -> None:
    shadow(c, x, y, 66)
    c.line(arc((x - 60, y - 96), (x, y - 190 if not full else y - 40), (x + 60, y - 96)), SLATE, 5)
    body = mix(TEAL, WHITE, 0.12) if full else TERRACOTTA
    c.poly([(x - 62, y - 100), (x + 62, y - 100), (x + 46, y), (x - 46, y)], body)
    c.poly([(x + 22, y - 100), (x + 62, y - 100), (x + 46, y), (x + 20, y)], darker(body, 0.14))
    c.oval(x, y - 100, 62, 17, lighter(body, 0.24))
    c.oval(x, y - 99, 54, 13, mix(MIST, TEAL, 0.3) if full else darker(body, 0.35))
    if full:
        c.oval(x, y - 100, 26, 6, WHITE, alpha=190)
        for dx, dy in ((-20, -118), (24, -122), (-36, -108), (38, -112)):
            c.oval(x + dx, y + dy, 4, 5, WHITE)


def bus_stop(c: Canvas) -> None:
    sky(c, DAWN, level=450, sun=(380, 240))
    line = hills(c, DAWN, count=4, top=290, bottom=430)
    grove(c, line, 700, 1190, count=8, size=92)
    meadow(c, DAWN, level=540, bend=6)
    c.rect(-20, 618, 1260, 110, mix(STONE, CREAM, 0.45))
    c.rect(-20, 716, 1260, 100, darker(DAWN.ground, 0.1))
    for x in range(20, 1200, 170):
        c.line([(x, 684), (x + 84, 684)], WHITE, 6, alpha=190)
    for x in (150, 372):
        c.rect(x, 430, 16, 216, WOOD)
    c.rect(142, 560, 258, 16, WOOD)
    c.rect(166, 576, 10, 70, darker(WOOD))
    c.rect(366, 576, 10, 70, darker(WOOD))
    tiled_roof(c, 140, 430, 260, 58, over=30, color=mix(BRICK, TILE, 0.3))
    bundle(c, 236, 560)
    c.line([(452, 650), (452, 440)], SLATE, 8)
    c.oval(452, 440, 34, 34, TEAL)
    c.rounded(434, 424, 36, 24, 6, WHITE)
    for x in (442, 462):
        c.oval(x, 450, 4, 4, WHITE)
    van(c, 600, 676, body=PAPER, band=TERRACOTTA, cross=False)
    fir(c, 1060, 606, 240)


def bundle(c: Canvas, x: float, y: float) -> None:
    """A rolled quilt and a bag, waiting on the bench."""
    c.rounded(x - 60, y - 52, 84, 52, 24, TERRACOTTA)
    for dx in (-36, -4):
        c.line([(x + dx, y - 50), (x + dx, y - 2)], PAPER, 5)
    c.rounded(x + 34, y - 66, 66, 66, 12, TEAL)
    c.line(arc((x + 48, y - 64), (x + 67, y - 104), (x + 86, y - 64)), darker(TEAL, 0.3), 6)


def valley_lights(c: Canvas) -> None:
    sky(c, DUSK, level=470, sun=(600, 372))
    for _ in range(26):
        x, y = c.rng.uniform(0, 1200), c.rng.uniform(20, 210)
        c.oval(x, y, 1.7, 1.7, CREAM, alpha=190)
    line = hills(c, DUSK, count=4, top=350, bottom=520)
    for index in range(12):
        x = 40 + index * 98 + c.rng.uniform(-20, 20)
        y = line(x) + 40 + index * 5 % 3 * 44 + c.rng.uniform(-8, 8)
        size = 74 + (y - line(x)) * 0.22
        c.glow(x + size / 2, y - 14, size * 1.5, (255, 208, 128), alpha=150)
        house(c, x, y, size, size * 0.42, wall=STRAW, lit=True)
    terraces(c, DUSK, top=680, bands=4)


def autumn_harvest(c: Canvas) -> None:
    """A farmyard in October: maize drying under the eaves, persimmons, a full granary."""
    sky(c, AUTUMN, level=430, sun=(1000, 170))
    line = hills(c, AUTUMN, count=3, top=280, bottom=420)
    grove(c, line, 900, 1190, count=6, size=86)
    land(c, level(586), mix(CREAM, OCHRE, 0.4), mix(CREAM, OCHRE, 0.62))
    house(c, 240, 606, 660, 214, wall=WALL, roof=TILE)
    for x in [*range(262, 480, 27), *range(668, 890, 27)]:
        for row in range(4):
            c.oval(x, 424 + row * 18, 9, 13, mix(OCHRE, (244, 190, 72), c.rng.random()))
    for x in (500, 640):
        for row in range(7):
            c.oval(x + row % 2 * 8 - 4, 430 + row * 15, 8, 11, RED)
    c.oval(330, 690, 150, 42, darker(STRAW, 0.28))
    c.oval(330, 684, 140, 36, STRAW)
    for _ in range(90):
        x, y = c.rng.gauss(330, 52), c.rng.gauss(682, 12)
        c.oval(x, y, 6, 4, mix(OCHRE, RED, c.rng.choice((0, 0, 0.1))))
    c.oval(690, 722, 130, 36, darker(STRAW, 0.28))
    c.oval(690, 717, 120, 30, STRAW)
    for _ in range(80):
        c.oval(c.rng.gauss(690, 46), c.rng.gauss(714, 10), 10, 5, mix(RED, BRICK, c.rng.random()))
    persimmon_tree(c, 1030, 650)
    cloud(c, 560, 130, 0.9, AUTUMN)


def persimmon_tree(c: Canvas, x: float, y: float) -> None:
    shadow(c, x, y, 90)
    bark = darker(WOOD, 0.35)
    c.curve((x, y), (x - 16, y - 120), (x + 4, y - 220), bark, 20)
    boughs = (
        ((-40, -190), (-120, -250), 10),
        ((40, -170), (112, -230), 10),
        ((-20, -260), (-50, -330), 8),
        ((30, -250), (60, -320), 8),
    )
    for bend, end, width in boughs:
        c.curve((x, y - 140), (x + bend[0], y + bend[1]), (x + end[0], y + end[1]), bark, width)
    for _ in range(30):
        dx, dy = c.rng.uniform(-130, 130), c.rng.uniform(-345, -190)
        c.oval(x + dx, y + dy, 13, 12, mix(TERRACOTTA, (240, 140, 50), c.rng.random()))
        c.oval(x + dx, y + dy - 10, 5, 3, SAGE)
