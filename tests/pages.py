"""Addresses in a language of choice, whatever language the last page was read in."""

from django.urls import reverse
from django.utils import translation


def address(name: str, *args: object, language: str = "zh-hans") -> str:
    """Return the address of a named page in that language."""
    with translation.override(language):
        return reverse(name, args=args)
