"""Addresses of pages in either language: plain for Chinese, under /en/ for English."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import get_script_prefix, translate_url
from django.utils.translation import get_language, get_language_info

register = template.Library()

_HTML_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language a page can be read in. ``code`` is a BCP 47 tag."""

    code: str
    name: str
    url: str
    current: bool


def _html_tag(language: str) -> str:
    return _HTML_TAGS.get(language, language)


def path_in(path: str, language: str) -> str:
    """``path`` (as written for the default language) as it stands in ``language``."""
    prefix = get_script_prefix()
    if language == settings.LANGUAGE_CODE:
        return prefix + path.removeprefix("/")
    return f"{prefix}{language}{path}"


@register.simple_tag
def html_lang() -> str:
    """The value of ``<html lang>``: ``zh-Hans`` or ``en``."""
    return _html_tag(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def local_path(path: str) -> str:
    """A public address such as ``/needs/`` in the language of this page."""
    return path_in(path, get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """This page in every language, query string kept, the current one marked.

    A page that resolves to no address (a 404, say) leads to the other
    language's home. Without a request in the context there are no links.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return []
    current = get_language() or settings.LANGUAGE_CODE
    here = request.get_full_path()
    links = []
    for code, _name in settings.LANGUAGES:
        url = here if code == current else translate_url(here, code)
        if code != current and url == here:
            url = path_in("/", code)
        name = get_language_info(code)["name_local"]
        links.append(LanguageLink(_html_tag(code), name, url, code == current))
    return links


@register.simple_tag(takes_context=True)
def page_alternates(context: template.Context) -> list[tuple[str, str]]:
    """Absolute ``(hreflang, href)`` pairs of this page, without the query string.

    Empty when the page does not exist in another language (errors, API pages).
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return []
    base = (context.get("public_base_url") or request.build_absolute_uri("/")).rstrip("/")
    current = get_language() or settings.LANGUAGE_CODE
    pairs = []
    for code, _name in settings.LANGUAGES:
        url = request.path if code == current else translate_url(request.path, code)
        if code != current and url == request.path:
            return []
        pairs.append((_html_tag(code), base + url))
    return pairs


@register.simple_tag(takes_context=True)
def in_section(context: template.Context, path: str) -> bool:
    """Whether this page lies at or under ``path`` (``/needs/``), in any language."""
    request = getattr(context, "request", None) or context.get("request")
    return request is not None and request.path.startswith(local_path(path))
