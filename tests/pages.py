"""Addresses in a language of choice, whatever language the last page was read in, and answers."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation


def address(name: str, *args: object, language: str = "zh-hans") -> str:
    """Return the address of a named page in that language."""
    with translation.override(language):
        return reverse(name, args=args)


def status_of(response: HttpResponseBase) -> int:
    """Return the status of an answer that may be a file, which is read to its end and closed."""
    if response.streaming:
        b"".join(response)
    return response.status_code
