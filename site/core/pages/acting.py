"""Who asks, what they ask for, and what they are told of it."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.accounts.models import User
from core.exceptions import RefusedError
from core.pages.errors import as_error

# A page that can be shown again: takes ``status`` and, where its act has no form, ``errors``.
Page = Callable[..., HttpResponse]


def me(request: HttpRequest) -> User:
    """Return who is signed in; only for views behind a role."""
    return cast(User, request.user)


def say(request: HttpRequest, text: str) -> None:
    """Tell on the next page what was done."""
    messages.success(request, text)


def refused(form: forms.BaseForm, error: RefusedError) -> int:
    """Put the refusal above the form and return the status to answer with."""
    form.add_error(None, error.message)
    return error.status_code


def submitted(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[..., Any],
    *,
    page: Page,
    said: str | Callable[[Any], str],
    url: str | Callable[[Any], str],
    beside: Iterable[forms.BaseForm | forms.BaseFormSet] = (),
) -> HttpResponse:
    """Do what a sent form asks for, or show its page again with what is wrong.

    ``act`` takes the form's cleaned data as keywords. ``said`` is told on the page at
    ``url``; both may be functions of what ``act`` returned. ``beside`` are forms sent with
    it that must be right as well.
    """
    # Every form is read, so that all that is wrong is told at once.
    wrong = [one for one in (form, *beside) if not one.is_valid()]
    if wrong:
        return page(status=400)
    try:
        made = act(**form.cleaned_data)
    except RefusedError as error:
        return page(status=refused(form, error))
    say(request, said if isinstance(said, str) else said(made))
    return redirect(url if isinstance(url, str) else url(made))


def confirmed(
    request: HttpRequest, act: Callable[[], object], *, page: Page, said: str, url: str
) -> HttpResponse:
    """Do what a button without a form asks for; a refusal stands above the same page."""
    try:
        act()
    except RefusedError as error:
        return page(status=error.status_code, errors=as_error(error))
    say(request, said)
    return redirect(url)
