"""Sky, hills, fields, trees and water."""

import math
from collections.abc import Callable
from itertools import pairwise

from demo.drawing.canvas import HEIGHT, WIDTH, Canvas, Point, arc, ridge
from demo.drawing.palette import (
    CREAM,
    DARK_WOOD,
    FOREST,
    LEAF,
    MIST,
    MOSS,
    STRAW,
    WHITE,
    Color,
    Light,
    darker,
    lighter,
    mix,
)

MARGIN = 30
Line = Callable[[float], float]


def line_points(line: Line, step: int = 12) -> list[Point]:
    return [(x, line(x)) for x in range(-MARGIN, WIDTH + MARGIN + 1, step)]


def level(y: float) -> Line:
    """Flat ground at ``y``."""
    return lambda _x: y


def land(c: Canvas, line: Line, top: Color, bottom: Color, *, foot: float = HEIGHT + 9) -> None:
    """Ground from a line down to ``foot``, by default below the lower edge."""
    c.shade([*line_points(line), (WIDTH + MARGIN, foot), (-MARGIN, foot)], top, bottom)


def sky(c: Canvas, light: Light, *, level: float = 470, sun: Point | None = (860, 250)) -> None:
    c.sky(light.top, light.middle, light.horizon, level=level)
    if sun:
        c.glow(*sun, 330, light.sun, alpha=210)
        c.oval(*sun, 46, 46, lighter(light.sun, 0.35))
    for _ in range(3):
        cloud(c, c.rng.uniform(60, 1140), c.rng.uniform(70, 210), c.rng.uniform(0.6, 1.25), light)


def cloud(c: Canvas, x: float, y: float, size: float, light: Light) -> None:
    color = mix(light.horizon, WHITE, 0.55)
    for dx, dy, rx, ry in ((0, 0, 92, 13), (-34, -11, 44, 15), (26, -15, 52, 20), (70, -5, 40, 11)):
        c.oval(x + dx * size, y + dy * size, rx * size, ry * size, color, alpha=120)


def hills(
    c: Canvas, light: Light, *, count: int = 4, top: float = 330, bottom: float = 520
) -> Line:
    """Ranges one before the other, paler with distance; returns the line of the nearest."""
    line: Line = ridge(c.rng, top, 60)
    for index in range(count):
        share = index / max(1, count - 1)
        level = top + (bottom - top) * share
        line = ridge(c.rng, level, 74 - 34 * share, waves=1.5 + 1.3 * share)
        color = mix(light.far, light.near, share)
        land(c, line, color, mix(color, light.horizon, 0.4), foot=max(level + 270, 620))
        if index < count - 1:
            c.mist(level + 10, level + 130, mix(light.horizon, WHITE, 0.35), alpha=95)
    return line


def meadow(c: Canvas, light: Light, *, level: float = 560, bend: float = 20) -> Line:
    """The open ground in front, with a few grass strokes."""
    line = ridge(c.rng, level, bend, waves=0.8)
    land(c, line, light.ground, darker(light.ground, 0.22))
    for _ in range(70):
        x = c.rng.uniform(0, WIDTH)
        y = c.rng.uniform(line(x) + 14, HEIGHT)
        tuft(c, x, y, 4 + (y - level) / 26, darker(light.ground, 0.18))
    return line


def tuft(c: Canvas, x: float, y: float, size: float, color: Color) -> None:
    for lean in (-0.55, 0.05, 0.6):
        c.line([(x, y), (x + lean * size, y - size)], color, max(1.2, size / 7), alpha=150)


def terraces(c: Canvas, light: Light, *, top: float, bands: int = 11) -> Line:
    """Stepped fields that follow one slope: planted bands, wet bands that hold the sky."""
    base = ridge(c.rng, 0, 64, waves=1.0)
    drift = c.rng.uniform(0, math.tau)
    y = top
    for index in range(bands):
        share = index / (bands - 1)
        flatten = 1 - 0.55 * share

        def line(x: float, y: float = y, index: int = index, k: float = flatten) -> float:
            return y + base(x + index * 26) * k + 7 * math.sin(x / 88 + drift + index * 1.7)

        wet = index % 3 == 1
        green = mix(
            mix(light.near, light.ground, 0.35 + 0.3 * (index % 2)), STRAW, 0.22 * (index % 4)
        )
        color = mix(light.horizon, light.top, 0.35) if wet else green
        foot = min(y + 190, HEIGHT + 9) if index < bands - 1 else HEIGHT + 9
        land(c, line, lighter(color, 0.12), darker(color, 0.08), foot=foot)
        points = line_points(line)
        c.line(points, darker(light.near, 0.12), 3 + 5 * share)
        c.line([(x, y + 4 + 3 * share) for x, y in points], lighter(color, 0.4), 1.6, alpha=150)
        if not wet:
            sprouts(c, line, 16 + 22 * share, darker(green, 0.2), share)
        y += 17 + 40 * share
    return line


def sprouts(c: Canvas, line: Line, below: float, color: Color, share: float) -> None:
    gap = 17 + 20 * share
    x = -MARGIN + c.rng.uniform(0, gap)
    while x < WIDTH + MARGIN:
        y = line(x) + below * 0.72 + c.rng.uniform(-2, 2)
        tuft(c, x, y, 5 + 9 * share, color)
        x += gap


def round_tree(c: Canvas, x: float, y: float, size: float, color: Color = LEAF) -> None:
    """A broad-leaved tree standing on (x, y), about ``size`` high."""
    shadow(c, x, y, size * 0.38)
    c.line([(x, y), (x, y - size * 0.5)], DARK_WOOD, size * 0.075)
    c.line([(x, y - size * 0.3), (x + size * 0.16, y - size * 0.5)], DARK_WOOD, size * 0.04)
    for dx, dy, r in ((-0.2, 0.52, 0.24), (0.2, 0.54, 0.23), (0, 0.72, 0.29)):
        c.oval(x + dx * size, y - dy * size, r * size, r * size * 0.92, darker(color, 0.16))
    for dx, dy, r in ((-0.22, 0.57, 0.19), (0.13, 0.6, 0.17), (-0.05, 0.78, 0.21)):
        c.oval(x + dx * size, y - dy * size, r * size, r * size * 0.88, color)
    for _ in range(9):
        dx, dy = c.rng.uniform(-0.28, 0.16), c.rng.uniform(0.55, 0.92)
        c.oval(x + dx * size, y - dy * size, size * 0.035, size * 0.025, lighter(color, 0.22))


def fir(c: Canvas, x: float, y: float, size: float, color: Color = FOREST) -> None:
    shadow(c, x, y, size * 0.2)
    c.line([(x, y), (x, y - size * 0.3)], DARK_WOOD, size * 0.05)
    for level, half in ((0.14, 0.23), (0.36, 0.18), (0.58, 0.125)):
        foot, peak = y - size * level, y - size * (level + 0.42)
        c.poly([(x - half * size, foot), (x, peak), (x + half * size, foot)], color)
        c.poly([(x, peak), (x + half * size, foot), (x + half * size * 0.15, foot)], darker(color))


def grove(c: Canvas, line: Line, x0: float, x1: float, *, count: int, size: float) -> None:
    """A loose row of firs and broad-leaved trees along a line."""
    for x in sorted(c.rng.uniform(x0, x1) for _ in range(count)):
        tall = size * c.rng.uniform(0.75, 1.2)
        color = mix(MOSS, FOREST, c.rng.random())
        if c.rng.random() < 0.55:
            fir(c, x, line(x) + 6, tall, color)
        else:
            round_tree(c, x, line(x) + 6, tall * 0.8, color)


def shadow(c: Canvas, x: float, y: float, half: float) -> None:
    """The soft shade under a thing that stands on (x, y)."""
    c.oval(x + half * 0.18, y, half * 1.05, half * 0.17, (40, 44, 50), alpha=46)


def path(c: Canvas, points: list[tuple[Point, float]], color: Color = CREAM) -> None:
    """A road through (point, width) stations, edged a little darker."""
    for grow, tone in ((1.22, darker(color, 0.16)), (1.0, color)):
        left, right = [], []
        for (x, y), width in points:
            left.append((x - width * grow / 2, y))
            right.append((x + width * grow / 2, y))
        c.poly(smooth(left) + smooth(right)[::-1], tone, waver=0.6)


def smooth(points: list[Point]) -> list[Point]:
    """A curve through the middles of the segments, starting and ending at the end points."""
    if len(points) < 3:
        return points
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points)]
    out = [points[0], middles[0]]
    for index in range(1, len(points) - 1):
        out += arc(middles[index - 1], points[index], middles[index], 10)
    return [*out, points[-1]]


def smoke(c: Canvas, x: float, y: float, size: float = 1.0) -> None:
    """A thin thread of chimney smoke, drifting."""
    for step in range(13):
        drift = 10 * math.sin(step / 2.3) + step * 3.2
        c.oval(
            x + drift * size, y - step * 12 * size, (5 + step * 1.5) * size, (5 + step) * size,
            WHITE, alpha=max(12, 88 - step * 6),
        )  # fmt: skip


def river(c: Canvas, points: list[tuple[Point, float]], color: Color = MIST) -> None:
    path(c, points, color)
    for (x, y), width in points[1:]:
        for _ in range(4):
            dx = c.rng.uniform(-0.3, 0.3) * width
            dy = c.rng.uniform(-16, 16)
            c.line([(x + dx, y + dy), (x + dx + width * 0.16, y + dy)], WHITE, 2, alpha=130)
