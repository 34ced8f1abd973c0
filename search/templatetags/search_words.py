"""The words that were searched for, marked where they stand."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marked(text: str, tokens: list[str]) -> str | SafeString:
    """Return the text, escaped, with every token in ``<mark>``; touching ones share a mark."""
    folded = text.casefold()
    if not tokens or len(folded) != len(text):
        return text
    hit = [False] * len(text)
    for token in tokens:
        start = folded.find(token)
        while start >= 0:
            hit[start : start + len(token)] = [True] * len(token)
            start = folded.find(token, start + 1)
    return format_html_join("", "{}{}{}", _pieces(text, hit)) if any(hit) else text


def _pieces(text: str, hit: list[bool]) -> list[tuple[str | SafeString, str, str | SafeString]]:
    pieces: list[tuple[str | SafeString, str, str | SafeString]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or hit[end] != hit[start]:
            opening, closing = ("<mark>", "</mark>") if hit[start] else ("", "")
            pieces.append((SafeString(opening), text[start:end], SafeString(closing)))
            start = end
    return pieces
