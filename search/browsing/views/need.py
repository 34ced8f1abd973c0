"""One need."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.cards.need_cards import need_card
from cms.cards.story_shown import story_of
from cms.cards.supply import public_need
from cms.stories.updates import deliveries_of
from core.money import Money
from core.pages import columns, crumbs, or_404
from matching.funds.selectors.funds import match_quote
from matching.models import Need
from matching.needs.selectors.needs import items_of, need_timeline, status_of_shown, verified_by
from matching.states import NeedStatus
from search.browsing.places import region_by_code, trail_of
from search.index.entries import shown_place

# What the match is told for, as an example: ¥100.
EXAMPLE_MINOR = 10_000


@require_safe
def need(request: HttpRequest, code: str) -> HttpResponse:
    """Show a public need. One that was public and is not any more is gone (410)."""
    shown = public_need(code.upper())
    if shown is None:
        return _gone(request, code.upper())
    card = need_card(shown)
    trail = trail_of(region_by_code(shown_place(shown).code))
    context = {
        "need": shown,
        "card": card,
        "story": story_of(shown),
        "reserved": Money(card.reserved_minor, shown.currency),
        "people": verified_by(shown) or card.people,
        "items": items_table(shown),
        "facts": facts_of(shown),
        "timeline": [{**event, "note": ""} for event in need_timeline(shown)],
        "deliveries": deliveries_of(shown),
        "state": gift_state(shown),
        "match": match_sentences(shown),
        "ledger_url": f"{reverse('ledger')}?need={shown.code}",
        "breadcrumb": breadcrumb([*trail], last=shown.label),
    }
    return render(request, "search/browsing/need.html", context)


def _gone(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for a need that strangers may not see, saying nothing of it."""
    paused = or_404(status_of_shown(code)) == NeedStatus.PAUSED
    status = 404 if paused else 410
    return render(request, "search/browsing/need_gone.html", {"paused": paused}, status=status)


def breadcrumb(trail: list[Any], *, last: str) -> list[dict[str, str]]:
    """Return the way down from the whole list through the regions."""
    needs_url = reverse("needs")
    regions = [(region.label, f"{needs_url}?region={region.code}") for region in trail]
    return crumbs((_("看需求"), needs_url), *regions, (last, ""))


def items_table(shown: Need) -> dict[str, Any]:
    """Return columns and rows of what is needed; the last row is the sum."""
    rows = [
        [
            item.label,
            item.amount,
            Money(item.unit_price_minor, shown.currency).format(),
            Money(item.total_minor, shown.currency).format(),
        ]
        for item in items_of(shown)
    ]
    return {
        "columns": columns(_("物品或用途"), _("数量"), _("单价"), _("小计"), numeric=(1, 2, 3)),
        "rows": [*rows, [_("合计"), "", "", shown.target.format()]],
    }


def facts_of(shown: Need) -> list[dict[str, str]]:
    """Return what may be known of the need and who stands for it."""
    project = shown.project
    facts = [
        {"term": _("需求编号"), "value": shown.code},
        {"term": _("所在乡镇"), "value": shown_place(shown).label},
        {"term": _("家庭人口"), "value": shown.household.get_size_band_display()},
        {"term": _("致困原因"), "value": shown.get_cause_display()},
        {"term": _("形式"), "value": shown.get_kind_display()},
        {"term": _("慈善组织"), "value": project.charity.label},
        {
            "term": _("慈善项目"),
            "value": project.label,
            "note": _("备案编号 %(number)s") % {"number": project.filing_number},
        },
    ]
    if shown.campaign:
        note = _("募捐方案备案编号 %(number)s") % {"number": shown.campaign.filing_number}
        facts.append({"term": _("募捐活动"), "value": shown.campaign.label, "note": note})
    return facts


def gift_state(shown: Need) -> str:
    """Return ``open``, ``promised`` (all of it, not arrived yet), ``funded`` or ``done``."""
    if shown.status == NeedStatus.PUBLISHED:
        return "open" if shown.missing else "promised"
    return "funded" if shown.status == NeedStatus.FUNDED else "done"


def match_sentences(shown: Need) -> list[str]:
    """Return how a gift of ¥100, or of what is missing if less, would be matched now."""
    if shown.status != NeedStatus.PUBLISHED or not shown.missing:
        return []
    amount = Money(min(EXAMPLE_MINOR, shown.missing.minor), shown.currency)
    quote = match_quote(amount=amount, need=shown, campaign=None)
    if not quote.total:
        return []
    first = _("现在捐 %(amount)s，另有配捐 %(match)s。") % {"amount": amount, "match": quote.total}
    return [first, *quote.sentences]
