"""Compare the search index with the needs."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.index.drift import Drift, drift, repair


class Command(BaseCommand):
    """``aixin search_check [--repair]``: exit status 1 if the index drifted."""

    help = "Report where the search index differs from the needs; exit status 1 if it does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to mend."""
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Report, mend if asked, and report what is left."""
        found = repair() if options["repair"] else drift()
        self._tell(found)
        if options["repair"] and found.ids:
            self.stdout.write(f"mended {len(found.ids)}; checking again")
            found = drift()
            self._tell(found)
        if found.ids:
            sys.exit(1)

    def _tell(self, found: Drift) -> None:
        self.stdout.write(f"{found.checked} needs, {found.documents} documents checked")
        parts = {
            "rows that differ from their need": found.texts,
            "documents missing": found.missing,
            "documents of another version": found.stale,
            "documents that should not be there": found.extra,
        }
        for label, ids in parts.items():
            shown = ", ".join(str(pk) for pk in sorted(ids)[:10])
            self.stdout.write(f"  {label}: {len(ids)}" + (f" ({shown})" if ids else ""))
        if found.waiting:
            self.stdout.write(f"  a sync is promised and not done yet: {found.waiting}")
