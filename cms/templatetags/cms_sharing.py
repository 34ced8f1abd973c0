"""What other sites and search engines read of a page."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# JSON within HTML must not be able to end its element.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(kind: str, **facts: object) -> SafeString:
    """A schema.org description of ``kind``; empty facts are left out.

    It is data, not script: browsers do not run it, so the content policy lets it stand.
    """
    data = {"@context": "https://schema.org", "@type": kind}
    data |= {name: str(value) for name, value in facts.items() if value}
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 escaped above
    )


@register.simple_tag
def absolute(base: str, url: str) -> str:
    """``url`` with the site's public address before it, unless it has one already."""
    return url if url.startswith(("http://", "https://")) else f"{base.rstrip('/')}{url}"
