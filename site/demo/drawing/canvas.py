# ruff: noqa: PLR0917 - what is drawn is placed by coordinates, which come first and in order
"""A canvas in logical units, drawn at double size and reduced, so that edges are smooth.

Everything is placed on a frame of 1200 by 800; the canvas scales it to cover the size asked
for and crops around ``focus``. Straight edges waver a little, as if drawn by hand, and the
whole gets paper grain; both come from the seed, so the same call gives the same bytes.
"""

import io
import math
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw

from demo.drawing.palette import Color, mix

WIDTH, HEIGHT = 1200, 800
OVERSAMPLE = 2
WAVER = 1.3
STEP = 46
JPEG_QUALITY = 88
Point = tuple[float, float]


class Canvas:
    """Drawing primitives; coordinates and widths are logical, alpha is 0 to 255."""

    def __init__(self, *, size: tuple[int, int], seed: str, focus: float) -> None:
        self.rng = Random(seed)  # noqa: S311 - a picture, not a secret
        self.size = size
        cover = max(size[0] / WIDTH, size[1] / HEIGHT)
        self.scale = cover * OVERSAMPLE
        self.left = min(max(focus - size[0] / cover / 2, 0), WIDTH - size[0] / cover)
        self.upper = (HEIGHT - size[1] / cover) / 2
        self.image = Image.new("RGB", (size[0] * OVERSAMPLE, size[1] * OVERSAMPLE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def _at(self, point: Point) -> Point:
        return (point[0] - self.left) * self.scale, (point[1] - self.upper) * self.scale

    def _waver(self, points: Sequence[Point], amount: float) -> list[Point]:
        drawn: list[Point] = []
        for start, end in zip(points, [*points[1:], points[0]], strict=True):
            drawn.append(start)
            steps = int(math.dist(start, end) // STEP)
            for step in range(1, steps + 1):
                share = step / (steps + 1)
                x = start[0] + (end[0] - start[0]) * share + self.rng.uniform(-amount, amount)
                y = start[1] + (end[1] - start[1]) * share + self.rng.uniform(-amount, amount)
                drawn.append((x, y))
        return drawn

    def poly(
        self, points: Sequence[Point], fill: Color, *, alpha: int = 255, waver: float = WAVER
    ) -> None:
        drawn = self._waver(points, waver) if waver else points
        self.pen.polygon([self._at(point) for point in drawn], fill=(*fill, alpha))

    def rect(
        self, x: float, y: float, w: float, h: float, fill: Color, *, alpha: int = 255
    ) -> None:
        self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, alpha=alpha)

    def rounded(
        self, x: float, y: float, w: float, h: float, r: float, fill: Color, *, alpha: int = 255
    ) -> None:
        box = [self._at((x, y)), self._at((x + w, y + h))]
        self.pen.rounded_rectangle(box, radius=r * self.scale, fill=(*fill, alpha))

    def oval(
        self, x: float, y: float, rx: float, ry: float, fill: Color, *, alpha: int = 255
    ) -> None:
        """An ellipse around its centre."""
        box = [self._at((x - rx, y - ry)), self._at((x + rx, y + ry))]
        self.pen.ellipse(box, fill=(*fill, alpha))

    def line(self, points: Sequence[Point], fill: Color, width: float, *, alpha: int = 255) -> None:
        """A stroke with round joints; opaque strokes get round ends as well."""
        pixels = max(1, round(width * self.scale))
        drawn = [self._at(point) for point in points]
        self.pen.line(drawn, fill=(*fill, alpha), width=pixels, joint="curve")
        if alpha == 255 and width >= 3:
            for x, y in (drawn[0], drawn[-1]):
                r = pixels / 2
                self.pen.ellipse([x - r, y - r, x + r, y + r], fill=fill)

    def curve(self, start: Point, bend: Point, end: Point, fill: Color, width: float) -> None:
        """A stroke from start to end, pulled towards ``bend``."""
        self.line(arc(start, bend, end), fill, width)

    def shade(self, points: Sequence[Point], top: Color, bottom: Color) -> None:
        """A polygon that fades downwards from one colour to the other."""
        drawn = [self._at(point) for point in points]
        x0, y0 = (max(0, math.floor(min(p[axis] for p in drawn))) for axis in (0, 1))
        x1 = min(self.image.width, math.ceil(max(p[0] for p in drawn)))
        y1 = min(self.image.height, math.ceil(max(p[1] for p in drawn)))
        if x1 <= x0 or y1 <= y0:
            return
        mask = Image.new("1", (x1 - x0, y1 - y0))
        ImageDraw.Draw(mask).polygon([(x - x0, y - y0) for x, y in drawn], fill=1)
        self.image.paste(_fade((x1 - x0, y1 - y0), top, bottom), (x0, y0), mask)

    def sky(self, top: Color, middle: Color, horizon: Color, *, level: float) -> None:
        """Fill all of it: top to middle to horizon at ``level``, horizon below."""
        width, height = self.image.size
        y = max(2, round(self._at((0, level))[1]))
        half = max(1, round(y * 0.55))
        self.image.paste(horizon, (0, 0, width, height))
        self.image.paste(_fade((width, half), top, middle), (0, 0))
        self.image.paste(_fade((width, y - half), middle, horizon), (0, half))

    def glow(self, x: float, y: float, radius: float, color: Color, *, alpha: int = 255) -> None:
        """Soft round light that fades out at ``radius``."""
        left, upper = (round(v) for v in self._at((x - radius, y - radius)))
        side = max(2, round(radius * 2 * self.scale))
        strength = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda v: round(max(0, v - 75) / 180 * alpha)
        )
        self.image.paste(
            color, (left, upper), strength.resize((side, side), Image.Resampling.BILINEAR)
        )

    def mist(self, y0: float, y1: float, color: Color, *, alpha: int = 130) -> None:
        """A bank of haze, thickest in the middle of its height."""
        upper, lower = round(self._at((0, y0))[1]), round(self._at((0, y1))[1])
        strength = Image.linear_gradient("L").resize((1, 256))
        strength = strength.point(lambda v: round(math.sin(v / 255 * math.pi) * alpha))
        height = lower - upper
        strength = strength.resize((1, height), Image.Resampling.BILINEAR)
        strength = strength.resize((self.image.width, height), Image.Resampling.NEAREST)
        self.image.paste(color, (0, upper), strength)

    def finish(self) -> bytes:
        """Reduce, add paper grain and a breath of warmth, and encode as JPEG without metadata."""
        image = self.image.reduce(OVERSAMPLE)
        width, height = image.size
        side = 256
        noise = Image.frombytes("L", (side, side), self.rng.randbytes(side * side))
        noise = noise.point(lambda v: 128 + (v - 128) // 14)
        grain = Image.new("L", (width, height))
        for x in range(0, width, side):
            for y in range(0, height, side):
                grain.paste(noise, (x, y))
        image = ImageChops.overlay(image, Image.merge("RGB", (grain, grain, grain)))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return out.getvalue()


def _fade(size: tuple[int, int], top: Color, bottom: Color) -> Image.Image:
    width, height = size
    column = Image.new("RGB", (1, 64))
    for step in range(64):
        column.putpixel((0, step), mix(top, bottom, step / 63))
    column = column.resize((1, height), Image.Resampling.BILINEAR)
    return column.resize((width, height), Image.Resampling.NEAREST)


def arc(start: Point, bend: Point, end: Point, steps: int = 18) -> list[Point]:
    """Points of the quadratic curve from start to end, pulled towards ``bend``."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (
                a * start[0] + b * bend[0] + c * end[0],
                a * start[1] + b * bend[1] + c * end[1],
            )
        )
    return points


def ridge(
    rng: Random, level: float, height: float, *, waves: float = 2.2
) -> Callable[[float], float]:
    """A hill line: the y for an x, around ``level``, ``height`` up and down."""
    parts = [
        (height * 0.62 / n, rng.uniform(0, math.tau), math.tau * waves * n / WIDTH)
        for n in (1, 2.3, 4.7)
    ]
    return lambda x: level + sum(a * math.sin(phase + x * k) for a, phase, k in parts)
