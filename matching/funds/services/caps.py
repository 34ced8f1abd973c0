"""The donor's daily cap of a fund: one row per fund, donor and day, locked before slots."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from core import sql
from matching.models import DonorDayUse

# Makes the row or locks the one there is, and reads it as it then stands. Works on both
# databases; the rows are locked in the order they are given.
LOCK = """
INSERT INTO matching_donordayuse (fund_id, donor_key, day, used_minor) VALUES {rows}
ON CONFLICT (fund_id, donor_key, day)
DO UPDATE SET used_minor = matching_donordayuse.used_minor
RETURNING fund_id, used_minor
"""

ADD = """
UPDATE matching_donordayuse SET used_minor = used_minor + %s
WHERE fund_id = %s AND donor_key = %s AND day = %s AND used_minor <= %s
"""


def donor_day_lock(*, fund_ids: Iterable[int], donor_key: str, day: date) -> dict[int, int]:
    """Lock the donor's rows of these funds and return how much each promised that day."""
    ids = sorted(fund_ids)
    if not ids:
        return {}
    values = [value for pk in ids for value in (pk, donor_key, sql.stored(day))]
    return dict(sql.rows(LOCK.format(rows=", ".join(["(%s, %s, %s, 0)"] * len(ids))), values))


def donor_day_add(
    *, fund_id: int, donor_key: str, day: date, amount_minor: int, cap_minor: int
) -> None:
    """Count a promise against the cap. The caller holds the row and asked within the cap."""
    values = [amount_minor, fund_id, donor_key, sql.stored(day), cap_minor - amount_minor]
    if sql.changed(ADD, values) != 1:
        raise RuntimeError(f"fund {fund_id}: {amount_minor} is more than the day's cap leaves")


def donor_day_return(*, fund_id: int, donor_key: str, day: date, amount_minor: int) -> None:
    """Take a released promise off the day it was counted on. Uncapped funds have no row."""
    DonorDayUse.objects.filter(fund_id=fund_id, donor_key=donor_key, day=day).update(
        used_minor=F("used_minor") - amount_minor
    )
