"""The public API's read-only view of campaigns, their boards and the ledger."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from core.api import Problem, answers
from donations.books.forms import LedgerFilterForm
from donations.books.selectors.ledger import PAGE, ledger_page
from donations.books.selectors.records import records_of
from donations.tallies.selectors import board_answer
from matching.models import Campaign
from matching.needs.selectors.campaigns import campaign_by_slug, campaigns_known

router = Router(tags=["donations"])
NO_CAMPAIGN = Problem(detail="no such campaign")


# A name by language: "zh-hans" and "en".
Names = dict[str, str]


class CampaignOut(Schema):
    """A public fundraising campaign. Amounts are in minor units of ``currency``."""

    slug: str
    name: Names
    filing_number: str
    charity: Names
    starts_at: datetime
    ends_at: datetime
    currency: str
    target_minor: int
    board_url: str


class CampaignList(Schema):
    """All campaigns, newest first."""

    items: list[CampaignOut]


class EntryOut(Schema):
    """A ledger entry. ``sequence`` and ``hash`` are null until it is sealed, moments later.

    ``postings`` are [account, amount in minor units, currency]; debit is positive.
    """

    sequence: int | None
    ref: str
    kind: str
    memo: str
    booked_on: str
    campaign: str
    need: str
    agreement: str
    township: str
    reverses: str
    postings: list[tuple[str, int, str]]
    hash: str | None


class EntryPage(Schema):
    """Entries, newest first; pass ``older`` as ``before`` or ``newer`` as ``after``."""

    items: list[EntryOut]
    newer: int | None
    older: int | None
    page_size: int


class LedgerQuery(Schema):
    """What of the ledger to return; all may be left out."""

    kind: str = ""
    campaign: str = ""
    month: str = Field("", description="2026-10")
    need: str = ""
    before: str = ""
    after: str = ""


@router.get("/campaigns", response=answers(CampaignList), summary="Campaigns")
def campaigns(request: HttpRequest) -> dict[str, Any]:
    """Every campaign with its filing number."""
    return {"items": [_campaign(row) for row in campaigns_known()]}


@router.get("/campaigns/{slug}", response=answers(CampaignOut, 404), summary="A campaign")
def campaign(request: HttpRequest, slug: str) -> Status:
    """One campaign."""
    row = campaign_by_slug(slug)
    return Status(200, _campaign(row)) if row else Status(404, NO_CAMPAIGN)


@router.get("/campaigns/{slug}/board", response=answers(None, 404), summary="A campaign's board")
def board(request: HttpRequest, slug: str) -> HttpResponse | Status:
    """Cash, match and goods (never to be added), gifts and donors, also by township."""
    answer = board_answer(slug)
    if answer is None:
        return Status(404, NO_CAMPAIGN)
    headers = {"ETag": answer.etag}
    return HttpResponse(answer.body, content_type="application/json", headers=headers)


@router.get("/ledger", response=answers(EntryPage, 400), summary="Ledger entries")
def ledger(request: HttpRequest, query: Query[LedgerQuery]) -> Status:
    """The public ledger by cursor; ``/ledger/export.jsonl`` holds all of it for verifying."""
    form = LedgerFilterForm(query.dict())
    if not form.is_valid():
        told = [f"{name}: {errors[0]}" for name, errors in form.errors.items()]
        return Status(400, Problem(detail=" ".join(told)))
    page = ledger_page(
        form.chosen(), before=form.cleaned_data["before"], after=form.cleaned_data["after"]
    )
    return Status(
        200,
        {
            "items": list(records_of(page.entries)),
            "newer": page.newer,
            "older": page.older,
            "page_size": PAGE,
        },
    )


def _campaign(row: Campaign) -> dict[str, Any]:
    charity = row.project.charity
    return {
        "slug": row.slug,
        "name": {"zh-hans": row.name, "en": row.name_en or row.name},
        "filing_number": row.filing_number,
        "charity": {"zh-hans": charity.name, "en": charity.name_en or charity.name},
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "currency": row.currency,
        "target_minor": row.target_minor,
        "board_url": f"/campaigns/{row.slug}/board.json",
    }
