"""Templates as PDF: self-contained, tagged for screen readers, nothing fetched."""

import logging
from ctypes.util import find_library
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.exceptions import RefusedError

logger = logging.getLogger(__name__)
# Debian's packages of the library that WeasyPrint sets text with.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class DocumentUnavailableError(RefusedError):
    """This machine lacks what PDFs are set with; everything else works."""

    status_code = 503


def documents_possible() -> bool:
    """Return whether Pango is installed, without loading it."""
    return find_library("pango-1.0") is not None


def pdf_of(
    template: str, context: dict[str, Any], *, stylesheets: tuple[str, ...], language: str
) -> bytes:
    """Return a template as PDF/UA in the language; style sheets are static files by name.

    Attributes that draw count too: WeasyPrint's SVG takes no colour from CSS, so bars are
    ``<hr width="54%">``. An address in the template that would have to be fetched raises.

    Raises:
        DocumentUnavailableError: Pango is not installed here.
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 takes seconds to import
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        logger.warning("no PDF: Pango is missing; on Debian: apt-get install %s", PACKAGES)
        raise DocumentUnavailableError(
            _("这里暂时不能生成 PDF。网页上的内容相同，可以直接打印网页。")
        ) from error

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
