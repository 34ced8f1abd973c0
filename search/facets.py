"""The facets of a search: what each is called, what may be chosen, where a need says it.

Index, backends, pages and API follow this table; only the column in ``search.models`` is
written out beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Need
from matching.states import Category, Cause, Kind


@dataclass(frozen=True, slots=True)
class Facet:
    """What a need may be narrowed by: one of ``choices``, read from the need.

    ``name`` is the row's column, the index's field and the parameter of page and API.
    ``in_text``: a text search finds the need by its choice's label too.
    """

    name: str
    legend: str | Promise
    choices: type[TextChoices]
    read: Callable[[Need], str]
    in_text: bool = True


_TABLE = (
    Facet("category", _("类别"), Category, lambda need: need.category),
    Facet("cause", _("致困原因"), Cause, lambda need: need.cause),
    Facet("kind", _("形式"), Kind, lambda need: need.kind, in_text=False),
)
# Of several values: OR within one, AND across, own choice left out of own counts.
FACETS = {facet.name: facet for facet in _TABLE}
