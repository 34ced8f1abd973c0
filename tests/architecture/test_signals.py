"""Model signals are search's alone, in one file; everything else is called by name."""

from pathlib import Path

from tests.architecture.sources import modules, name

ALLOWED = {"search/index/signals.py"}
# Wagtail tells of publishing by signal only; cms listens to Wagtail, not to models.
WAGTAIL: set[str] = set()


def source_of(path: Path) -> str:
    """Return a module's text without calls of a field's own ``pre_save``."""
    return path.read_text().replace("field.pre_save(", "")


def test_only_search_listens_to_models():
    listeners = {
        name(path)
        for path in modules()
        if any(word in source_of(path) for word in ("post_save", "pre_save", "post_delete"))
    }
    assert listeners <= ALLOWED


def test_receivers_are_registered_in_the_known_places():
    receivers = {
        name(path)
        for path in modules()
        if any(word in path.read_text() for word in ("@receiver", "signals."))
        and "django.db.models import signals" not in path.read_text()
        and ("@receiver" in path.read_text() or "_signal.connect" in path.read_text())
    }
    assert receivers <= ALLOWED | WAGTAIL
