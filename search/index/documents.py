"""What stands in Elasticsearch of a need: public fields only, so a leak tells nothing new."""

from typing import Any, Self

from elasticsearch.dsl import Date, Document, Integer, Keyword, Long, Short, Text, analyzer

from matching.registry.selectors.places import ancestor_codes
from search.facets import FACETS
from search.models import NeedText

# Both analyzers stand in every stock node; no plugin is asked for.
tokens_as_given = analyzer("tokens_as_given", tokenizer="whitespace")
cjk_pairs = analyzer(
    "cjk_pairs", tokenizer="standard", filter=["cjk_width", "lowercase", "cjk_bigram"]
)


class NeedDocument(Document):
    """One public need. ``tokens`` decides what is found, ``title`` what comes first."""

    need_id = Long()
    code = Keyword()
    status = Keyword()
    # A field of each facet; Elasticsearch's classes read fields from the body alone.
    locals().update({name: Keyword() for name in FACETS})
    # The shown place and all that holds it, 12-digit codes; township at the finest.
    regions = Keyword()
    visible_until = Date()
    campaign_id = Integer()
    title = Text(analyzer=cjk_pairs)
    title_en = Text(analyzer="english")
    tokens = Text(analyzer=tokens_as_given, index_options="freqs")
    missing_minor = Long()
    nearness = Short()
    # Microseconds, as exact as the database's: both backends sort alike.
    published_us = Long()

    @classmethod
    def from_row(cls, row: NeedText) -> Self:
        """Return the document of a public row."""
        return cls(
            meta={"id": str(row.need_id)},
            need_id=row.need_id,
            code=row.code,
            status=row.status,
            **{name: getattr(row, name) for name in FACETS},
            regions=ancestor_codes(row.township_code),
            visible_until=row.visible_until,
            campaign_id=row.campaign_id,
            title=row.title,
            title_en=row.title_en,
            tokens=row.tokens,
            missing_minor=row.missing_minor,
            nearness=row.nearness,
            published_us=round(row.published_at.timestamp() * 1_000_000) if row.published_at else 0,
        )


def source_of(row: NeedText) -> dict[str, Any]:
    """Return the document's body."""
    return NeedDocument.from_row(row).to_dict()
