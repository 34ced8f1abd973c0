"""The list of needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.pages import crumbs
from search.browsing import filters
from search.browsing.card_html import cards_html
from search.browsing.cards import cards_of
from search.browsing.listing import Answer, find
from search.browsing.parameters import Asked, asked
from search.contract import MAX_PAGE


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Search and browse what strangers may see; 404 with a sentence past the last page."""
    question = asked(request.GET)
    answer = find(question.query)
    pages = min(-(-answer.page.total // question.query.page_size), MAX_PAGE)
    lost = question.page is None or question.page > max(pages, 1)
    found = cards_of([hit.need_id for hit in answer.page.hits])
    context = {
        "asked": question,
        "answer": answer,
        "source": source_name(answer),
        "cards": [] if lost else cards_html(found, question.query.tokens),
        "pages": pages,
        "lost": lost,
        "groups": filters.facet_groups(question, answer.page),
        "chips": filters.chips(question),
        "selects": filters.selects(question),
        "hidden": filters.hidden_fields(question),
        "parameters": question.parameters(),
        "breadcrumb": _breadcrumb(question),
    }
    return render(request, "search/browsing/needs.html", context, status=404 if lost else 200)


def source_name(answer: Answer) -> str:
    """Say who answered and how long it took."""
    names = {"elasticsearch": _("由搜索引擎应答"), "database": _("由数据库应答")}
    took = _("%(took)d 毫秒") % {"took": answer.took_ms}
    return f"{names[answer.page.backend]} · {took}"


def _breadcrumb(question: Asked) -> list[dict[str, str]]:
    return crumbs(
        (_("看需求"), "?" + question.parameters(region=[])),
        *(
            (region.label, "?" + question.parameters(region=[region.code]))
            for region in question.scope.trail
        ),
    )
