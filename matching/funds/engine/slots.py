"""How what is left of a fund lies in its slots. Pure arithmetic; the caller holds the locks."""

from collections.abc import Sequence

# A slot should hold at least this many gifts; below that the fund is nearly used up.
GIFTS_PER_SLOT = 2
# Gifts no larger than this are ordinary (¥1,000).
ORDINARY_MINOR = 100_000


def after_taking(
    slots: Sequence[int], want: int, *, ordinary_minor: int = ORDINARY_MINOR
) -> tuple[int, list[int]]:
    """Take up to ``want`` from all slots together; return what was got and the new slots.

    With plenty left a take comes from the fullest slot, or everything is spread evenly
    where that slot has come to hold most of it. Nearly used up, the rest moves into slot
    0: from then on the fund is one row, exact to the last minor unit.
    """
    total = sum(slots)
    got = min(want, total)
    rest = total - got
    if rest < len(slots) * GIFTS_PER_SLOT * max(want, ordinary_minor):
        return got, [rest] + [0] * (len(slots) - 1)
    fullest = max(range(len(slots)), key=lambda index: slots[index])
    if len(slots) > 1 and (slots[fullest] * 2 > total or slots[fullest] < got):
        share, odd = divmod(rest, len(slots))
        return got, [share + odd] + [share] * (len(slots) - 1)
    new = list(slots)
    new[fullest] -= got
    return got, new


def opening(total: int, count: int) -> list[int]:
    """Share a new fund's money out over its slots."""
    share, odd = divmod(total, count)
    return [share + odd] + [share] * (count - 1)
