"""In which order rows are locked, everywhere: written once, here, and held by tests.

Two transactions that each wait for what the other holds stop for good, until the database
ends one of them. They cannot where all of them lock in one order. The rungs below are that
order, from the first to be locked to the last; each says why it stands where it does. Rows of
one rung are locked in ascending order of their keys, or by one statement.

A row that points at another also locks that one, against the change of its key, and as late
as at its commit: out of any order. So nobody locks a key: rows are taken `FOR NO KEY UPDATE`,
and no `ON CONFLICT` clause sets the column by which it found the row.

Named by table, since plain statements lock too; nothing here is imported.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """Tables whose rows are locked at one place of the order, and why there."""

    tables: tuple[str, ...]
    why: str


ORDER = (
    Rung(
        ("donations_stripeevent", "donations_eventsettlement"),
        "A message, then what a person makes of it: it may move a gift, a gift never moves it.",
    ),
    Rung(("donations_donor",), "Made or found before anything is promised to them."),
    Rung(
        ("donations_donation",),
        "Whatever happens to a gift begins here, so that one thing at a time happens to it.",
    ),
    Rung(
        ("matching_matchreservation",),
        "What funds hold for one gift; the sweep of leases skips what somebody works on.",
    ),
    Rung(("matching_donordayuse",), "The donor's day says how much may be asked of a fund."),
    Rung(("matching_campaign",), "Goods are counted for a campaign, whose purpose may not end."),
    Rung(
        ("matching_matchfundslot",),
        "Ascending, and mostly without waiting. Many gifts meet here: as late as can be.",
    ),
    Rung(("matching_matchfund",), "Its own figures follow those of its slots."),
    Rung(
        ("matching_household", "matching_consent"),
        "A household's consents change one at a time; one that ends takes down its needs.",
    ),
    Rung(
        ("matching_need",),
        "All that reaches one household meets here; what is asked of funds is known by now.",
    ),
    Rung(
        ("matching_publicitynotice", "matching_objection"),
        "A notice belongs to its need, an objection to its notice.",
    ),
    Rung(
        ("matching_pairingagreement", "matching_milestone", "donations_instalment"),
        "An agreement, its step, the money of that step.",
    ),
    Rung(("donations_disbursement",), "Its purpose says what may be paid: it is held by now."),
    Rung(
        ("donations_receiptcounter",),
        "One row for all receipts of a year, held to the end: its mail is promised after it.",
    ),
    Rung(
        ("core_outbox",),
        "Equal promises share a key, held to the end: never before what says whether to promise.",
    ),
    Rung(
        ("donations_entry", "donations_account"),
        "Booked when all is decided. Keys are unique, accounts are made where they are missing.",
    ),
    Rung(
        ("donations_tallydelta", "donations_campaigndonor", "donations_tallycounter"),
        "The board follows the books, in transactions of its own.",
    ),
)

# Locked only by who holds the gift's row, or as the one row of a transaction: nobody can wait
# for one of these while holding what its holder waits for.
WITHIN_A_GIFT = ("donations_payment", "donations_refund", "donations_dispute")

RANKS = {table: rank for rank, rung in enumerate(ORDER) for table in rung.tables}
