"""What every page uses: who is signed in, a refusal above its form, paging, rows of cells."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from core.accounts.models import User
from core.exceptions import RefusedError

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)
Cells = list[Any]


def me(request: HttpRequest) -> User:
    """Return who is signed in; only for views behind a role."""
    return cast(User, request.user)


def refused(form: forms.BaseForm, error: RefusedError) -> int:
    """Put the refusal above the form and return the status to answer with."""
    form.add_error(None, error.message)
    return error.status_code


def say(request: HttpRequest, text: str) -> None:
    """Tell on the next page what was done."""
    messages.success(request, text)


def page_of(request: HttpRequest, rows: "QuerySet[Row]") -> "Page[Row]":
    """Return the page asked for; a number that is none gives the nearest."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def columns(*labels: str, numeric: Sequence[int] = ()) -> list[dict[str, Any]]:
    """Return columns of a data table; ``numeric`` are indices set right."""
    return [{"label": label, "numeric": index in numeric} for index, label in enumerate(labels)]


def facts(pairs: Iterable[tuple[str, object]]) -> list[dict[str, object]]:
    """Return rows of a fact list, empty values left out, days as 2026-10-17."""
    return [
        {"term": term, "value": value.isoformat() if isinstance(value, date) else value}
        for term, value in pairs
        if value not in ("", None)
    ]


def as_error(error: RefusedError) -> list[dict[str, str]]:
    """Return a refusal as the only line of an error summary."""
    return [{"text": error.message, "href": ""}]
