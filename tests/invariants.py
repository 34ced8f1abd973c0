"""The rules that must hold after any test, whatever it did."""

from core.invariants import checks, run
from donations.books.selectors.health import chain_verdict


def violations(*, only: str = "") -> list[str]:
    """Return one line per broken row, named by its rule; ``only`` starts a rule's name."""
    lines = []
    for check in checks():
        if check.name.startswith(only):
            outcome = run(check)
            lines += [f"{check.app} {check.name}: {line}" for line in outcome.violations]
    verdict = chain_verdict()
    if verdict.fault and "I8".startswith(only):
        lines.append(f"donations I8: {verdict.fault}")
    return lines


def assert_invariants() -> None:
    """Fail with every broken rule. Rows that factories made past the services may break one."""
    found = violations()
    assert not found, "\n".join(found)
