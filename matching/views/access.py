"""Finding what a person may see, and turning refusals into pages."""

from typing import TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from core.exceptions import RefusedError
from matching.models import Household, Need
from matching.models.roles import REGIONAL_ROLES
from matching.policies import role_required
from matching.selectors.desk import needs_in_reach
from matching.selectors.households import households_in_reach
from matching.states import Role

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)
desk_required = role_required(*REGIONAL_ROLES, Role.AUDITOR, Role.EDITOR, Role.FUND_OFFICER)
region_required = role_required(*REGIONAL_ROLES)
case_required = role_required(*REGIONAL_ROLES, Role.AUDITOR)
officer_required = role_required(Role.VILLAGE_OFFICER)


def me(request: HttpRequest) -> User:
    """Return who is signed in; only for views behind a role."""
    return cast(User, request.user)


def need_or_404(request: HttpRequest, code: str) -> Need:
    """Return a need of the person's regions; others do not exist for them."""
    return get_object_or_404(needs_in_reach(request.user), code=code)


def household_or_404(request: HttpRequest, code: str) -> Household:
    """Return a household of the person's regions; others do not exist for them."""
    return get_object_or_404(households_in_reach(request.user), code=code)


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
