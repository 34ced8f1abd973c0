"""Signals: one file listens, everything else is called by name."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House

SENDERS = (
    "django.core.signals",
    "django.db.backends.signals",
    "django.db.models.signals",
    "django.contrib.auth.signals",
    "django.test.signals",
    "django.dispatch",
    "wagtail.signals",
    "wagtail.contrib.settings.models",
    "celery.signals",
    "modelcluster.models",
    "taggit.models",
)
LISTENER = "search/index/signals.py"
# `signals` is the listener's own module here; it is told when the app is ready.
STARTER = ("search/apps.py", "search.index.signals")


@cache
def signal_names() -> frozenset[str]:
    """Return the names of every signal that Django, Wagtail and Celery send."""
    found = {
        name
        for module in map(import_module, SENDERS)
        for name, thing in vars(module).items()
        if hasattr(thing, "connect") and hasattr(thing, "send")
    }
    assert {"pre_delete", "m2m_changed", "user_logged_in", "page_published"} <= found
    return frozenset(found)


@rule()
def one_listener(house: House) -> Iterator[Finding]:
    """One file listens to signals; everything else is called by name."""
    for source in house.with_migrations:
        if source.path == LISTENER:
            continue
        for line, local, target in source.imports:
            last = target.rpartition(".")[2]
            if (source.path, target) == STARTER:
                continue
            if last in signal_names() or last == "signals" or ".signals." in f".{target}.":
                yield Finding(source.path, f"line {line} imports the signal {local}")
            elif target.startswith("django.dispatch"):
                yield Finding(source.path, f"line {line} imports {target}")
        for node in source.of(ast.Attribute):
            owner = source.target(node.value)
            called = isinstance(node.parent, ast.Call) and node.parent.func is node
            if node.attr in signal_names() and not called:  # a field has a method of that name
                yield Finding(source.path, f"line {node.lineno} reaches for {node.attr}")
            elif node.attr == "connect" and (source.path, owner) != STARTER:
                yield Finding(source.path, f"line {node.lineno} listens with .connect")
