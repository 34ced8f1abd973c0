"""What pages of every room share: who asks, acting on a form, answers, cells, errors."""

from core.pages.acting import confirmed, me, refused, say, submitted
from core.pages.answers import attachment, or_404, pdf_answer, see_other, unlisted
from core.pages.cells import Cells, columns, crumbs, facts, moment, options, page_of, tab
from core.pages.errors import ErrorLink, as_error, error_links

__all__ = [
    "Cells",
    "ErrorLink",
    "as_error",
    "attachment",
    "columns",
    "confirmed",
    "crumbs",
    "error_links",
    "facts",
    "me",
    "moment",
    "options",
    "or_404",
    "page_of",
    "pdf_answer",
    "refused",
    "say",
    "see_other",
    "submitted",
    "tab",
    "unlisted",
]
