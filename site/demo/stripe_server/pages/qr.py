"""A picture that looks like a QR code and carries nothing."""

import hashlib
from collections.abc import Iterator

SIDE = 25


def qr_svg(seed: str, label: str = "") -> str:
    """An SVG of ``SIDE`` modules a side, the same for the same seed; not scannable on purpose."""
    bits = _bits(seed)
    cells = [
        f"M{x} {y}h1v1h-1z"
        for y in range(SIDE)
        for x in range(SIDE)
        if (_in_finder(x, y) and _finder(x, y)) or (not _in_finder(x, y) and next(bits))
    ]
    name = f' aria-label="{label}"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {SIDE + 4} {SIDE + 4}" '
        f'width="220" height="220" role="img"{name} shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M-2 -2h{SIDE + 4}v{SIDE + 4}h-{SIDE + 4}z"/>'
        f'<path fill="#12261f" d="{"".join(cells)}"/></svg>'
    )


def _bits(seed: str) -> Iterator[int]:
    block = seed.encode()
    while True:
        block = hashlib.sha256(block).digest()
        for byte in block:
            for bit in range(8):
                yield byte >> bit & 1


def _corner(x: int, y: int) -> tuple[int, int] | None:
    for left, top in ((0, 0), (SIDE - 7, 0), (0, SIDE - 7)):
        if left - 1 <= x <= left + 7 and top - 1 <= y <= top + 7:
            return x - left, y - top
    return None


def _in_finder(x: int, y: int) -> bool:
    return _corner(x, y) is not None


def _finder(x: int, y: int) -> bool:
    spot = _corner(x, y)
    if spot is None:
        return False
    ring = max(abs(spot[0] - 3), abs(spot[1] - 3))
    return ring in {0, 1, 3}
