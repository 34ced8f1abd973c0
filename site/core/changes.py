"""«This row changed»: how a lower layer tells whoever listens, without knowing them."""

from collections.abc import Callable

from django.db import models

Listener = Callable[[str, int], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call ``listener(label, pk)`` at each announcement, inside its transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(model: type[models.Model], pk: int) -> None:
    """Say that a row changed. Needed where ``QuerySet.update`` sends no signal."""
    for listener in _listeners:
        listener(model._meta.label_lower, pk)
