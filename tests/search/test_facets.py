"""A facet of the table is known to everything that takes facets."""

import pytest
from django.utils import translation

from search.api import NeedsQuery
from search.facets import FACETS
from search.index.documents import NeedDocument, source_of
from search.index.entries import HIDDEN
from search.models import NeedText


def test_these_are_the_facets_in_the_order_of_the_page():
    with translation.override("zh-hans"):
        legends = [(facet.name, str(facet.legend)) for facet in FACETS.values()]

    assert legends == [("category", "类别"), ("cause", "致困原因"), ("kind", "形式")]


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_has_a_column_wide_enough_for_its_values(name):
    column = NeedText._meta.get_field(name)

    assert column.max_length >= max(len(value) for value in FACETS[name].choices.values)
    assert HIDDEN[name] == column.get_default() == ""


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_is_a_keyword_of_the_document(name):
    row = NeedText(need_id=1, township_code="530627102000", **{name: "some"})

    assert NeedDocument._doc_type.mapping.to_dict()["properties"][name] == {"type": "keyword"}
    assert source_of(row)[name] == "some"


def test_the_api_takes_every_facet_between_the_place_and_the_state():
    assert list(NeedsQuery.model_fields) == [
        "q",
        "region",
        *FACETS,
        "status",
        "sort",
        "page",
        "page_size",
    ]
