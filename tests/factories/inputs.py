"""What the desk's forms are sent when all is well; tests change one field."""

from tests.factories.matching import ProjectFactory


def household_data(team, **changes) -> dict:
    return {
        "village": team.tree.village.pk,
        "head_name": "李大山",
        "id_number": "53062719800101001x",
        "size_band": "4-5",
        "consented": "on",
        "channel": "纸质签字",
        "given_on": "2026-01-05",
    } | changes


def need_data(**changes) -> dict:
    return {
        "title": "净水器",
        "category": "housing",
        "cause": "disaster",
        "kind": "money",
        "summary": "水源浑浊，需要净水器。",
        "project": ProjectFactory().pk,
        "items-TOTAL_FORMS": "3",
        "items-INITIAL_FORMS": "0",
        "items-0-name": "净水器",
        "items-0-quantity": "2",
        "items-0-unit": "台",
        "items-0-unit_price": "1,200.50",
    } | changes
