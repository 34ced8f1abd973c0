"""The contract of every backend, part two: facets, regions, sorts and paging."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock
from matching.models import Consent
from matching.states import Category, Cause, Kind
from search.contract import FacetCount, NeedQuery

OPEN = ["lamp", "roof", "hens", "care", "stove", "desk"]
EDUCATION, MEDICAL, HOUSING = Category.EDUCATION, Category.MEDICAL, Category.HOUSING


def counts(page, name):
    return {count.value: count.count for count in page.facets[name]}


def test_nothing_asked_gives_open_needs_newest_first(found):
    assert found() == OPEN


def test_one_value_of_a_facet_narrows(found):
    assert found(chosen={"category": (EDUCATION,)}) == ["lamp", "desk"]


def test_two_values_of_a_facet_are_either(found):
    assert found(chosen={"category": (EDUCATION, MEDICAL)}) == ["lamp", "care", "desk"]


def test_two_facets_are_both(found):
    chosen = {"category": (EDUCATION, Category.DAILY_GOODS), "kind": (Kind.GOODS,)}
    assert found(chosen=chosen) == ["stove"]


def test_facets_narrow_a_text(found):
    assert found(text="镇雄", chosen={"cause": (Cause.ILLNESS,)}) == ["care"]


def test_counts_leave_out_their_own_choice(backend):
    page = backend.search(NeedQuery(chosen={"category": (EDUCATION,)}))

    assert page.total == 2
    assert counts(page, "category") == {
        "daily_goods": 1,
        "education": 2,
        "housing": 1,
        "industry": 1,
        "medical": 1,
    }
    assert counts(page, "cause") == {"schooling": 2}
    assert counts(page, "kind") == {"money": 2}


def test_counts_follow_the_choices_of_other_facets(backend):
    page = backend.search(
        NeedQuery(chosen={"category": (EDUCATION, HOUSING), "cause": ("disaster",)})
    )

    assert page.total == 1
    assert counts(page, "category") == {"housing": 1, "education": 0}
    assert counts(page, "cause") == {"disaster": 1, "schooling": 2}


def test_a_choice_that_finds_nothing_is_still_told(backend):
    page = backend.search(NeedQuery(chosen={"category": (Category.TRAINING,)}))

    assert (page.total, page.hits) == (0, ())
    assert [count for count in page.facets["category"] if count.selected] == [
        FacetCount("training", 0, selected=True)
    ]


def test_counts_follow_the_text(backend):
    page = backend.search(NeedQuery(text="老人"))

    assert page.total == 1
    assert {name: counts(page, name) for name in ("category", "cause", "kind")} == {
        "category": {"daily_goods": 1},
        "cause": {"lack_of_labour": 1},
        "kind": {"goods": 1},
    }


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("530000000000", OPEN),
        ("530627000000", ["hens", "care", "stove", "desk"]),
        ("530602000000", ["lamp", "roof"]),
        ("530627103000", ["hens", "care"]),
        ("110000000000", []),
    ],
)
def test_a_region_holds_all_below_it(found, region, expected):
    assert found(region=region) == expected


def test_the_region_facet_counts_one_level_down(backend):
    counties = ("530627000000", "530602000000")
    page = backend.search(NeedQuery(region="530600000000", children=counties))

    assert counts(page, "region") == {"530627000000": 4, "530602000000": 2}


def test_the_region_facet_follows_every_choice(backend):
    townships = ("530627102000", "530627103000")
    query = NeedQuery(region="530627000000", children=townships, chosen={"kind": (Kind.GOODS,)})

    assert counts(backend.search(query), "region") == {"530627102000": 1}


def test_a_region_with_children_of_two_levels_counts_both(backend):
    """A county right below a province stands beside prefectures."""
    query = NeedQuery(region="530000000000", children=("530627000000", "530600000000"))

    assert counts(backend.search(query), "region")["530600000000"] >= 2


def test_a_village_is_never_counted(backend):
    query = NeedQuery(region="530627102000", children=("530627102201", "530627102202"))

    assert counts(backend.search(query), "region") == {}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", OPEN),
        ("waiting_longest", OPEN[::-1]),
        ("missing_most", ["care", "hens", "stove", "lamp", "desk", "roof"]),
        ("nearly_funded", ["desk", "care", "lamp", "hens", "stove", "roof"]),
        ("relevance", OPEN),
        ("no such sort", OPEN),
    ],
)
def test_sorts(found, sort, expected):
    assert found(sort=sort) == expected


def test_a_sort_holds_with_a_text(found):
    assert found(text="镇雄", sort="waiting_longest") == ["desk", "stove", "care", "hens"]


@pytest.mark.parametrize(
    ("status", "expected"), [("open", OPEN), ("met", ["done"]), ("all", ["done", *OPEN])]
)
def test_status_groups(found, status, expected):
    assert found(status=status) == expected


def test_pages_join_without_gap_or_overlap(backend):
    query = NeedQuery(page_size=4)
    first, second = backend.search(query), backend.search(replace(query, page=2))

    assert (len(first.hits), len(second.hits)) == (4, 2)
    assert (first.total, second.total) == (6, 6)
    assert len({hit.need_id for hit in (*first.hits, *second.hits)}) == 6


def test_a_page_past_the_end_is_empty_and_keeps_the_total(backend):
    page = backend.search(NeedQuery(page=500))

    assert (page.hits, page.total) == ((), 6)


def test_hits_carry_the_public_code(backend, world):
    page = backend.search(NeedQuery(text="轮椅"))

    assert [(hit.need_id, hit.code) for hit in page.hits] == [
        (world["care"].pk, world["care"].code)
    ]


def test_a_consent_that_ran_out_hides_the_need_with_nobody_acting(backend, world, found):
    with clock.pretend(clock.now() + timedelta(days=400)):
        assert found(text="老人") == ["stove"]


@pytest.fixture
def expiring(world):
    """The stove's consent ends in ten days; the row knows."""
    from search.index.sync import texts_sync

    consent = Consent.objects.get(household=world["stove"].household)
    consent.expires_on = clock.today() + timedelta(days=10)
    consent.save()
    texts_sync(need_ids=[world["stove"].pk])


def test_the_last_day_of_a_consent_counts(expiring, found):
    with clock.pretend(clock.now() + timedelta(days=10)):
        assert found(text="老人") == ["stove"]
    with clock.pretend(clock.now() + timedelta(days=11)):
        assert found(text="老人") == []
