"""A village that takes part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.pages import columns, or_404
from donations.pairings.selectors import figures_of
from matching.models import Village
from matching.pairings.selectors import agreements_of_village
from matching.registry.selectors.places import village_by_code
from search.browsing.card_html import cards_html
from search.browsing.cards import cards_of
from search.browsing.listing import find
from search.browsing.places import region_by_code, trail_of
from search.browsing.views.need import breadcrumb
from search.browsing.views.needs import source_name
from search.contract import ALL, NEARLY, NeedQuery

CARDS = 6


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Show a village: its profile, its agreements, and the open needs of its township.

    Needs are told by township, never by village: a card must fit at least five households.
    """
    found = or_404(village_by_code(code))
    township = found.region.parent or found.region
    answer = find(NeedQuery(region=township.code, sort=NEARLY, page_size=CARDS))
    every = find(NeedQuery(region=township.code, status=ALL, page_size=1)).page.total
    agreements = agreements_of_village(found)
    context = {
        "village": found,
        "township": township,
        "answer": answer,
        "source": source_name(answer),
        "cards": cards_html(cards_of([hit.need_id for hit in answer.page.hits])),
        "stats": figures(found, open_needs=answer.page.total, public_needs=every),
        "agreements": agreements_table(agreements),
        "needs_url": f"{reverse('needs')}?region={township.code}",
        "breadcrumb": breadcrumb([*trail_of(region_by_code(township.code))], last=found.label),
    }
    return render(request, "search/browsing/village.html", context)


def figures(found: Village, *, open_needs: int, public_needs: int) -> list[dict[str, str]]:
    """Return the village's public figures for ``components/stat_group.html``."""
    return [
        {"label": _("本村总户数"), "figure": str(found.households_total)},
        {"label": _("本乡镇正在筹集的需求"), "figure": str(open_needs)},
        {"label": _("本乡镇公开过的需求"), "figure": str(public_needs)},
    ]


def agreements_table(agreements: list[Any]) -> dict[str, Any]:
    """Return signed agreements with promised, arrived and spent side by side, never added."""
    sums = figures_of(agreements)
    rows = [
        [
            row.label,
            row.organisation.label,
            row.get_status_display(),
            sums[row.pk].promised.format(),
            sums[row.pk].arrived.format(),
            sums[row.pk].spent.format(),
        ]
        for row in agreements
    ]
    labels = (_("协议"), _("结对单位"), _("状态"), _("承诺"), _("到账"), _("支出"))
    return {"columns": columns(*labels, numeric=(3, 4, 5)), "rows": rows}
