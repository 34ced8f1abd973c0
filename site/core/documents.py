"""Templates as PDF: self-contained, tagged for screen readers, nothing fetched."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation


def pdf_of(
    template: str, context: dict[str, Any], *, stylesheets: tuple[str, ...], language: str
) -> bytes:
    """Return a template as PDF/UA in the language; style sheets are static files by name.

    Attributes that draw count too: WeasyPrint's SVG takes no colour from CSS, so bars are
    ``<hr width="54%">``. An address in the template that would have to be fetched raises.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415 takes seconds to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    with translation.override(language):
        markup = render_to_string(template, context)
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
    document = HTML(string=markup, url_fetcher=fetcher)
    return document.write_pdf(
        stylesheets=[CSS(string=_stylesheet(name), font_config=fonts) for name in stylesheets],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        presentational_hints=True,
    )


@lru_cache(maxsize=8)
def _stylesheet(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text("utf-8")
