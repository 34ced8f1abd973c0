"""The filters of a list as its page shows them: facets, chips and choices, all plain links."""

from typing import Any

from django.utils.translation import gettext as _

from search.browsing.parameters import Asked
from search.contract import (
    ALL,
    MET,
    MISSING,
    NEARLY,
    NEWEST,
    OPEN,
    RELEVANCE,
    WAITING,
    SearchPage,
)
from search.facets import FACETS, Facet


def facet_groups(asked: Asked, page: SearchPage) -> list[dict[str, Any]]:
    """Return the groups that offer something, for ``components/facet_group.html``."""
    groups = [_region_group(asked, page)]
    groups += [_group(asked, page, facet) for facet in FACETS.values()]
    return [group for group in groups if group["options"]]


def _region_group(asked: Asked, page: SearchPage) -> dict[str, Any]:
    counted = {count.value: count.count for count in page.facets["region"]}
    options = [
        {
            "label": child.label,
            "count": counted[child.code],
            "url": "?" + asked.parameters(region=[child.code]),
            "selected": False,
        }
        for child in asked.scope.children
        if counted.get(child.code)
    ]
    chosen = asked.scope.chosen
    legend = _("%(region)s以下") % {"region": chosen.label} if chosen else _("地区")
    return {"name": "region", "legend": legend, "options": options, "clear_url": ""}


def _group(asked: Asked, page: SearchPage, facet: Facet) -> dict[str, Any]:
    name = facet.name
    counted = {count.value: count for count in page.facets[name]}
    chosen = asked.query.chosen.get(name, ())
    options = [
        {
            "label": label,
            "count": counted[value].count,
            "url": "?" + asked.parameters(**{name: _toggled(chosen, value)}),
            "selected": counted[value].selected,
        }
        for value, label in facet.choices.choices
        if value in counted
    ]
    clear_url = "?" + asked.parameters(**{name: []}) if chosen else ""
    return {
        "name": name,
        "legend": str(facet.legend),
        "options": options,
        "clear_url": clear_url,
    }


def _toggled(chosen: tuple[str, ...], value: str) -> list[str]:
    return [kept for kept in chosen if kept != value] + ([] if value in chosen else [value])


def chips(asked: Asked) -> list[dict[str, str]]:
    """Return what is in force, each with the address that drops it."""
    query = asked.query
    found = []
    if query.text:
        found.append({"label": f"“{query.text}”", "url": "?" + asked.parameters(q=[])})
    if asked.scope.chosen:
        above = asked.scope.trail[-2].code if len(asked.scope.trail) > 1 else ""
        found.append(
            {"label": asked.scope.chosen.label, "url": "?" + asked.parameters(region=[above])}
        )
    for name in FACETS:
        for value in query.chosen.get(name, ()):
            url = "?" + asked.parameters(**{name: _toggled(query.chosen[name], value)})
            found.append({"label": str(FACETS[name].choices(value).label), "url": url})
    if query.status != OPEN:
        label = dict(status_choices())[query.status]
        found.append({"label": label, "url": "?" + asked.parameters(status=[])})
    return found


def status_choices() -> list[tuple[str, str]]:
    """Return the groups of needs that can be listed."""
    return [(OPEN, _("筹集中")), (MET, _("已筹足或已完成")), (ALL, _("全部"))]


def sort_choices(*, with_text: bool) -> list[tuple[str, str]]:
    """Return the orders on offer; by relevance only where there is a text."""
    sorts = [
        (NEWEST, _("最新发布")),
        (NEARLY, _("即将筹足")),
        (MISSING, _("缺口最大")),
        (WAITING, _("等待最久")),
    ]
    return [(RELEVANCE, _("最相关")), *sorts] if with_text else sorts


def selects(asked: Asked) -> list[dict[str, Any]]:
    """Return the choices of the search form."""
    query = asked.query
    status, sorts = status_choices(), sort_choices(with_text=bool(query.tokens))
    return [
        _select("status", _("状态"), status, query.status),
        _select("sort", _("排序"), sorts, query.order),
    ]


def _select(name: str, label: str, choices: list[tuple[str, str]], value: str) -> dict[str, Any]:
    options = [{"value": v, "label": text, "selected": v == value} for v, text in choices]
    return {"name": name, "label": label, "options": options}


def hidden_fields(asked: Asked) -> list[dict[str, str]]:
    """Return what the search form carries along unseen."""
    fields = [("region", asked.query.region)]
    fields += [(name, value) for name in FACETS for value in asked.query.chosen.get(name, ())]
    return [{"name": name, "value": value} for name, value in fields if value]
