"""A payment provider's own words stand in its gateway and the settings, nowhere else."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import FOLDERS, ROOT

# What only one provider says: its name, how its ids begin, its events, its header.
WORDS = {
    "name": r"stripe(?!d\b|s\b)",
    "session id": r"\bcs_(?=[a-z0-9]*\b)",
    "payment id": r"\bpi_(?=[a-z0-9]*\b)",
    "secret": r"\b(?:[sr]k_(?:test|live)|whsec)_",
    "event": r"\b(?:checkout\.session|payment_intent|charge\.(?:refunded|dispute|updated)\b)",
}
PATTERN = re.compile("|".join(f"(?:{word})" for word in WORDS.values()), re.IGNORECASE)
TEXTS = {".py", ".html", ".txt", ".sql", ".js", ".css", ".svg", ".json"}
# Where they belong.
AT_HOME = (
    "donations/provider/gateways/",
    "site/config/settings/",
    "site/config/environment.py",
    # The stand-in of one provider, and the command that runs it.
    "site/demo/stripe_server/",
    "site/demo/management/commands/demo.py",
    # What was, stays as it was.
    "donations/migrations/",
)
# One line each, with the reason.
EXCEPTIONS = {
    # A table keeps its name when its model is renamed.
    ("donations/models/webhooks.py", 'db_table = "donations_stripeevent"'),
    ("site/core/locks.py", '"donations_stripeevent"'),
}


def sources() -> Iterator[Path]:
    """Return every text of the product that is not a translation."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in TEXTS and "locale" not in path.parts:
                yield path


def foreign_words(paths: Iterable[Path], root: Path) -> list[str]:
    """Return the lines outside the gateway that say a provider's word, and idle exceptions."""
    found, idle = [], set(EXCEPTIONS)
    for path in paths:
        name = path.relative_to(root).as_posix()
        if name.startswith(AT_HOME):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not PATTERN.search(line):
                continue
            excused = {(where, what) for where, what in idle if where == name and what in line}
            idle -= excused
            if not excused:
                found.append(f"{name}:{number}: {line.strip()}")
    return found + [f"{where}: nothing left to excuse: {what}" for where, what in sorted(idle)]


def test_a_providers_words_stand_in_its_gateway_only():
    paths = list(sources())
    assert len(paths) > 500, "the sources were not found"

    assert foreign_words(paths, ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        'key = f"stripe:{charge_id}:collected"',
        'legs = [debit("assets:stripe", amount)]',
        "base = settings.STRIPE_API_BASE",
        "class StripeEvent(models.Model):",
        'signature = request.headers.get("Stripe-Signature", "")',
        'if object_id.startswith("cs_"):',
        'known = object_id[:3] == "pi_"',
        'RELEVANT = ("checkout.session.", "refund.")',
        'if event.type == "payment_intent.succeeded":',
        'DISPUTE = "charge.dispute."',
        "下一页由 Stripe 收款",
        "WHERE d.source = 'stripe'",
        'key = "sk_test_suite"',
    ],
)
def test_a_planted_word_is_found(tmp_path, line):
    planted = tmp_path / "donations/giving/services/gifts.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"first = 1\n{line}\n")

    assert f"donations/giving/services/gifts.py:2: {line}" in foreign_words([planted], tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "how far a target is met: solid and striped",
        "charge.refunded_minor",
        "twelve days free of charge. Places are many",
        "docs_ = 1, api_key = 2",
    ],
)
def test_our_own_words_are_none_of_theirs(tmp_path, line):
    plain = tmp_path / "words.py"
    plain.write_text(line)

    assert not any(found.startswith("words.py") for found in foreign_words([plain], tmp_path))


def test_an_exception_that_excuses_nothing_is_found(tmp_path):
    assert foreign_words([], tmp_path) == [
        f"{where}: nothing left to excuse: {what}" for where, what in sorted(EXCEPTIONS)
    ]
