"""The public API's read-only view of needs: the list's own search, and one need."""

from datetime import datetime
from types import GenericAlias
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, create_model

from cms.cards.need_cards import VERIFIERS
from cms.cards.supply import public_need, public_needs_of
from core.api import Problem, answers
from matching.models import Need, Region
from matching.needs.selectors.needs import items_of, verified_by
from search.browsing.listing import Answer, find
from search.browsing.places import region_by_code, scope_of
from search.contract import (
    MAX_PAGE,
    MAX_PAGE_SIZE,
    OPEN,
    PAGE_SIZE,
    SORTS,
    STATUSES,
    TEXT_LENGTH,
    NeedQuery,
)
from search.facets import FACETS
from search.index.entries import shown_place

router = Router(tags=["needs"])

# A text by language: "zh-hans" and "en".
Texts = dict[str, str]
# The deepest row a page may end with; the same on every backend.
DEEPEST = MAX_PAGE * PAGE_SIZE

AnySchema = TypeVar("AnySchema", bound=Schema)


class NeedOut(Schema):
    """A public need. Amounts are in minor units of ``currency``; never add them up.

    ``collected_minor`` arrived, ``reserved_minor`` is promised and has not arrived,
    ``missing_minor`` is neither. ``place`` is the township, the finest that is told.
    """

    code: str
    url: str
    title: Texts
    summary: Texts
    category: str
    cause: str
    kind: str
    status: str
    place: Texts
    region: str
    currency: str
    target_minor: int
    collected_minor: int
    reserved_minor: int
    missing_minor: int
    project_filing_number: str
    verified_at: datetime | None
    verified_by_people: int
    published_at: datetime | None


class ItemOut(Schema):
    """One line of a need."""

    name: Texts
    quantity: int
    unit: str
    unit_price_minor: int


class NeedDetail(NeedOut):
    """A public need with what it takes."""

    items: list[ItemOut]


class FacetValue(Schema):
    """How many needs a value would give, the facet's own choice left aside."""

    value: str
    count: int


class NeedPage(Schema):
    """A page of needs, and who answered: ``elasticsearch`` or ``database``."""

    items: list[NeedOut]
    total: int
    page: int
    page_size: int
    facets: dict[str, list[FacetValue]]
    backend: str
    degraded: bool
    as_of: datetime


def _with_facets(schema: type[AnySchema]) -> type[AnySchema]:
    """Return the schema with a list of each facet's values after its own fields."""
    fields: dict[str, Any] = {
        facet.name: (GenericAlias(list, (facet.choices,)), []) for facet in FACETS.values()
    }
    return create_model(schema.__name__, __base__=schema, **fields)


@_with_facets
class NeedsWanted(Schema):
    """Which needs are meant: by text, region and facets."""

    q: str = Field("", max_length=TEXT_LENGTH)
    region: str = Field("", description="12-digit division code, township at the finest")


class NeedsQuery(NeedsWanted):
    """What to look for; all may be left out. Facets may be given several times."""

    status: str = Field(OPEN, pattern=f"^({'|'.join(STATUSES)})$")
    sort: str = Field("", pattern=f"^({'|'.join(SORTS)})?$")
    page: int = Field(1, ge=1, le=MAX_PAGE)
    page_size: int = Field(PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE)


@router.get("/needs", response=answers(NeedPage, 400, 404, 422), summary="Needs")
def needs(request: HttpRequest, query: Query[NeedsQuery]) -> Status:
    """Search public needs, with the counts of every filter."""
    region = region_by_code(query.region) if query.region else None
    if query.region and region is None:
        return Status(400, Problem(detail="region: no such division, or finer than a township"))
    if query.page * query.page_size > DEEPEST:
        return Status(
            404, Problem(detail=f"page: only the first {DEEPEST} needs; narrow the search")
        )
    answer = find(
        NeedQuery(
            text=query.q,
            region=region.code if region else "",
            children=scope_of(region).child_codes,
            chosen={name: tuple(v.value for v in getattr(query, name)) for name in FACETS},
            status=query.status,
            sort=query.sort,
            page=query.page,
            page_size=query.page_size,
        )
    )
    return Status(200, _page(answer, query))


@router.get("/needs/{code}", response=answers(NeedDetail, 404), summary="A need")
def need(request: HttpRequest, code: str) -> Status:
    """One public need with its items."""
    found = public_need(code.upper())
    if found is None:
        return Status(404, Problem(detail="no such need, or it is not public"))
    items = [
        {
            "name": _texts(item.name, item.name_en),
            "quantity": item.quantity,
            "unit": item.unit,
            "unit_price_minor": item.unit_price_minor,
        }
        for item in items_of(found)
    ]
    people = verified_by(found) or VERIFIERS
    return Status(200, {**_need(found), "verified_by_people": people, "items": items})


def _page(answer: Answer, query: NeedsQuery) -> dict[str, Any]:
    page = answer.page
    facets = {
        name: [{"value": count.value, "count": count.count} for count in counts]
        for name, counts in page.facets.items()
    }
    return {
        "items": [_need(need) for need in public_needs_of([hit.need_id for hit in page.hits])],
        "total": page.total,
        "page": query.page,
        "page_size": query.page_size,
        "facets": facets,
        "backend": page.backend,
        "degraded": answer.degraded,
        "as_of": answer.as_of,
    }


def _need(need: Need) -> dict[str, Any]:
    place: Region = shown_place(need)
    return {
        "code": need.code,
        "url": f"/needs/{need.code}/",
        "title": _texts(need.title, need.title_en),
        "summary": _texts(need.summary, need.summary_en),
        "category": need.category,
        "cause": need.cause,
        "kind": need.kind,
        "status": need.status,
        "place": _texts(place.name, place.name_en),
        "region": place.code,
        "currency": need.currency,
        "target_minor": need.target_minor,
        "collected_minor": need.collected_minor,
        "reserved_minor": need.committed_minor - need.collected_minor,
        "missing_minor": need.missing.minor,
        "project_filing_number": need.project.filing_number,
        "verified_at": need.verified_at,
        "verified_by_people": VERIFIERS,
        "published_at": need.published_at,
    }


def _texts(zh: str, en: str) -> Texts:
    return {"zh-hans": zh, "en": en or zh}
