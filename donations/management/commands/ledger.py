"""``aixin ledger verify`` and ``aixin ledger export``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from donations.books import chain
from donations.books.selectors.health import chain_verdict, unsealed_too_long
from donations.books.selectors.records import export_lines


class Command(BaseCommand):
    """Verify or export the public ledger."""

    help = "Verifies the ledger's hash chain, or writes the public ledger as JSON lines."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``verify [--file F]`` and ``export [--output F]``."""
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="recompute every hash; 1 when one is wrong")
        verify.add_argument("--file", type=Path, help="check an export instead of the database")
        export = actions.add_parser("export", help="write the sealed entries, one JSON a line")
        export.add_argument("--output", type=Path, help="file to write; standard output without")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["action"] == "verify":
            self._verify(options["file"])
        else:
            self._export(options["output"])

    def _verify(self, path: Path | None) -> None:
        if path and not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        verdict = chain.verify(chain.read_lines(path)) if path else chain_verdict()
        if verdict.fault:
            raise CommandError(f"BROKEN: {verdict.fault}")
        self.stdout.write(f"OK: {verdict.lines} entries, last hash {verdict.last_hash}")
        if path is None and (late := unsealed_too_long()):
            raise CommandError(f"BROKEN: entry {late[0]} was never sealed")

    def _export(self, path: Path | None) -> None:
        if path is None:
            for line in export_lines():
                self.stdout.write(line, ending="")
            return
        with path.open("w", encoding="utf-8") as handle:
            handle.writelines(export_lines())
        self.stdout.write(f"Wrote {path}.")
