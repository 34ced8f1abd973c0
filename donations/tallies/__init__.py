"""A campaign's board: counters that are folded from what was booked."""
