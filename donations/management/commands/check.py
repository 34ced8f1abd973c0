"""``aixin check``: do all the rules hold that must always hold?"""

import time
from typing import Any

from django.core.management.commands.check import Command as DjangoCheck
from django.db import connection

from core.invariants import Outcome, checks, run
from donations.books.selectors.health import chain_verdict, unsealed_too_long


class Command(DjangoCheck):
    """Run Django's own system checks, then every invariant, then the ledger's chain.

    Exit code 1 when a row breaks a rule. With an option of Django's (``--deploy``,
    ``--tag``, app labels …) only Django's checks run, as everywhere.
    """

    help = "Checks the project, then that no row in the database breaks a rule of the programme."

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Print one line a rule; leave with 1 when one is broken."""
        super().handle(*app_labels, **options)
        if app_labels or options["tags"] or options["deploy"] or options["list_tags"]:
            return
        broken = 0
        for check in checks():
            began = time.monotonic()
            broken += self._tell(run(check), time.monotonic() - began)
        began = time.monotonic()
        broken += self._tell(_chain(), time.monotonic() - began)
        if broken:
            self.stderr.write(self.style.ERROR(f"{broken} rules are broken."))
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS(f"All rules hold ({connection.vendor})."))

    def _tell(self, outcome: Outcome, seconds: float) -> int:
        verdict = "BROKEN" if outcome.violations else "ok"
        style = self.style.ERROR if outcome.violations else self.style.SUCCESS
        self.stdout.write(
            f"{style(f'{verdict:<7}')}{outcome.app:<10} {outcome.name} ({seconds * 1000:.0f} ms)"
        )
        for line in outcome.violations:
            self.stdout.write(f"         {line}")
        return 1 if outcome.violations else 0


def _chain() -> Outcome:
    verdict = chain_verdict()
    faults = [verdict.fault] if verdict.fault else []
    faults += [f"entry_id={entry_id} was never sealed" for entry_id in unsealed_too_long()]
    name = f"I8 the chain holds over {verdict.lines} sealed entries"
    return Outcome("donations", name, tuple(faults))
