"""What somebody asked for, from the address: checked, cut, and told where it was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from matching.models import Region
from search.browsing.places import Scope, region_by_code, scope_of
from search.contract import MAX_PAGE, OPEN, SORTS, STATUSES, TEXT_LENGTH, NeedQuery
from search.facets import FACETS


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked request. ``problems`` are sentences; ``page`` is None where no page can be."""

    query: NeedQuery
    scope: Scope
    problems: tuple[str, ...]
    page: int | None

    def parameters(self, **changes: Iterable[str]) -> str:
        """Return the address's query string with some fields replaced, page left out."""
        query = self.query
        fields: dict[str, Iterable[str]] = {
            "q": [query.text],
            "region": [query.region],
            **{name: query.chosen.get(name, ()) for name in FACETS},
            "status": [query.status] if query.status != OPEN else [],
            "sort": [query.sort],
            **changes,
        }
        return urlencode(
            [(name, value) for name, values in fields.items() for value in values if value]
        )


def asked(data: QueryDict) -> Asked:
    """Read the parameters q, region, those of the facets, status, sort and page.

    What is unknown is left out and told, never refused: an old link still finds something.
    """
    problems: list[str] = []
    text = data.get("q", "").strip()
    if len(text) > TEXT_LENGTH:
        text = text[:TEXT_LENGTH].strip()
        problems.append(_("搜索词太长，只用了前 %(length)d 个字。") % {"length": TEXT_LENGTH})
    region = _region(data.get("region", ""), problems)
    scope = scope_of(region)
    query = NeedQuery(
        text=text,
        region=region.code if region else "",
        children=scope.child_codes,
        chosen={name: _chosen(data.getlist(name), name, problems) for name in FACETS},
        status=_one_of(data.get("status", ""), tuple(STATUSES), problems) or OPEN,
        sort=_one_of(data.get("sort", ""), SORTS, problems),
        page=page_number(data.get("page", "1")) or 1,
    )
    if text and not query.tokens:
        problems.append(_("搜索词里没有文字或数字，因此没有按它筛选。"))
    return Asked(query, scope, tuple(dict.fromkeys(problems)), page_number(data.get("page", "1")))


def page_number(text: str) -> int | None:
    """Return a page from 1 to the last one offered; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return None
    return int(text) if 1 <= int(text) <= MAX_PAGE else None


def _unknown() -> str:
    return _("有一个筛选条件不认识，已忽略。")


def _region(code: str, problems: list[str]) -> Region | None:
    region = region_by_code(code) if code else None
    if code and region is None:
        problems.append(_("没有找到这个地区，已忽略。需求只按乡镇及以上查找。"))
    return region


def _chosen(values: list[str], name: str, problems: list[str]) -> tuple[str, ...]:
    known = [value for value in dict.fromkeys(values) if value in FACETS[name].choices.values]
    if any(value and value not in known for value in values):
        problems.append(_unknown())
    return tuple(known)


def _one_of(value: str, known: tuple[str, ...], problems: list[str]) -> str:
    if value and value not in known:
        problems.append(_unknown())
        return ""
    return value
