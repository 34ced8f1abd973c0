"""Random rules, gifts and states for the properties of the engine."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from matching.funds.engine.rules import FundRule, FundState, GiftFacts

NOW = datetime(2026, 10, 17, 4, tzinfo=UTC)
AMOUNTS = st.integers(1, 1_000_000)


@st.composite
def rules(draw, pk: int = 1) -> FundRule:
    """Return a rule that may or may not apply."""
    return FundRule(
        id=pk,
        code=f"F{pk}",
        sponsor_id=draw(st.integers(1, 3)),
        currency=draw(st.sampled_from(["CNY", "CNY", "CNY", "USD"])),
        ratio_percent=draw(st.sampled_from([1, 33, 50, 100, 100, 150, 1000])),
        min_gift_minor=draw(st.sampled_from([0, 1, 100, 10_000])),
        opens_at=NOW + timedelta(hours=draw(st.sampled_from([-2, -2, 0, 1]))),
        closes_at=NOW + timedelta(hours=draw(st.sampled_from([2, 2, 3]))),
        gift_cap_minor=draw(st.none() | AMOUNTS),
        donor_day_cap_minor=draw(st.none() | AMOUNTS),
        scope=draw(st.sampled_from(["all", "all", "category", "region", "campaign"])),
        scope_category="medical",
        scope_region="530627",
        scope_campaign_id=7,
        priority=draw(st.integers(1, 3)),
        is_active=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def situations(draw) -> tuple[GiftFacts, list[FundRule], dict[int, FundState]]:
    """Return a gift, up to four rules, and what their funds have left."""
    gift = GiftFacts(
        amount_minor=draw(AMOUNTS),
        currency="CNY",
        at=NOW,
        category=draw(st.sampled_from(["medical", "housing", ""])),
        region_code=draw(st.sampled_from(["530627102201", "530602101201", ""])),
        campaign_id=draw(st.sampled_from([None, 7, 8])),
        donor_organisation_id=draw(st.sampled_from([None, None, 1])),
        need_room_minor=draw(st.none() | st.integers(0, 500_000)),
    )
    funds = [draw(rules(pk)) for pk in range(1, draw(st.integers(0, 4)) + 1)]
    states = {
        rule.id: FundState(
            remaining_minor=draw(st.integers(0, 500_000)),
            donor_day_used_minor=draw(st.integers(0, 500_000)),
        )
        for rule in funds
    }
    return gift, funds, states
