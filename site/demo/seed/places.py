"""The county's divisions, its villages, its organisations and its campaign."""

from datetime import timedelta
from typing import Any

from django.db import connection

from core.money import Money
from demo.seed.world import World
from demo.texts import organisations as texts
from matching.funds.services.funds import HOT_SLOTS, fund_create, fund_top_up
from matching.models import Campaign, Organisation, Project, Region, Village
from matching.registry.divisions import is_within, read_divisions
from matching.states import Category, FundScope, Level

COUNTY = "530627000000"
CAMPAIGN_SLUG = "poverty-day"
# The county town lies at 27.44 N 104.87 E; the county reaches some 40 km around it.
CENTRE = (27.44, 104.87)


def divisions_load(world: World) -> None:
    """Write the committed table of divisions: every province, the county and all inside."""
    made: dict[str, Region] = {}
    by_level: dict[str, list[Region]] = {}
    for row in read_divisions():
        region = Region(
            code=row.code,
            parent_id=made[row.parent].pk if row.parent else None,
            level=row.level,
            name=row.name,
            name_en=row.name_en,
        )
        if row.level == Level.VILLAGE:
            by_level.setdefault(row.level, []).append(region)
        else:
            region.save()
            made[row.code] = region
    Region.objects.bulk_create(by_level[Level.VILLAGE])
    world.county = made[COUNTY]


def villages_make(world: World) -> None:
    """Let every village of the county take part, with a profile and a coarse place."""
    regions = Region.objects.filter(level=Level.VILLAGE).order_by("code")
    rows = []
    for number, region in enumerate(regions):
        if not is_within(region.code, COUNTY):
            continue
        profile, profile_en = texts.VILLAGE_PROFILES[number % len(texts.VILLAGE_PROFILES)]
        rows.append(
            Village(
                region=region,
                profile=profile,
                profile_en=profile_en,
                households_total=world.rng.randrange(180, 900),
                latitude=f"{CENTRE[0] + world.between(-0.3, 0.3):.2f}",
                longitude=f"{CENTRE[1] + world.between(-0.4, 0.4):.2f}",
            )
        )
    Village.objects.bulk_create(rows)


def organisations_make(world: World) -> None:
    """The charity, its filed project, the enterprises and the campaign in progress."""
    world.charity = Organisation.objects.create(
        kind=Organisation.Kind.CHARITY,
        slug="zhenxiong-charity",
        name=texts.CHARITY[0],
        name_en=texts.CHARITY[1],
        credit_code="5353062700000000X0",
        fundraising_certificate="示例募证字第 0001 号",
        certificate_expires_on=(world.now + timedelta(days=800)).date(),
    )
    for number, (slug, name) in enumerate(texts.ENTERPRISES):
        enterprise = Organisation(
            kind=Organisation.Kind.ENTERPRISE,
            slug=slug,
            name=name[0],
            name_en=name[1],
            credit_code=f"9153062700000{number:03d}X0",
        )
        enterprise.save()
        world.enterprises.append(enterprise)
    world.project = Project.objects.create(
        charity=world.charity,
        code="zhenxiong-households",
        filing_number="示例备案 530627-2026-001",
        name=texts.PROJECT[0],
        name_en=texts.PROJECT[1],
    )
    assert world.county is not None  # noqa: S101 divisions come first
    world.campaign = Campaign.objects.create(
        project=world.project,
        slug=CAMPAIGN_SLUG,
        filing_number="示例募捐备案 530627-2026-1017",
        name=texts.CAMPAIGN[0],
        name_en=texts.CAMPAIGN[1],
        region=world.county,
        starts_at=world.campaign_opens_at,
        ends_at=world.now + timedelta(days=21),
        target_minor=20_000_000 * max(1, world.plan.gifts // 2000),
    )


def funds_open(world: World) -> None:
    """Three match funds: a hot one, one for schooling, and one that is nearly used up."""
    size = max(world.plan.gifts, 40)
    rules: tuple[dict[str, Any], ...] = (
        {
            "authorised": Money(size * 15_000),
            "scope": FundScope.CAMPAIGN,
            "scope_campaign": world.campaign,
            "gift_cap_minor": 50_000,
            "donor_day_cap_minor": 100_000,
            # Slots are for many writers at once; SQLite has one.
            "slot_count": HOT_SLOTS if connection.vendor == "postgresql" else 1,
        },
        {
            "authorised": Money(size * 2_000),
            "scope": FundScope.CATEGORY,
            "scope_category": Category.EDUCATION,
            "gift_cap_minor": 20_000,
            "priority": 20,
        },
        {
            # Far less than medical gifts would take.
            "authorised": Money(size * 150),
            "scope": FundScope.CATEGORY,
            "scope_category": Category.MEDICAL,
            "ratio_percent": 50,
            "priority": 10,
        },
    )
    sponsors = {row.slug: row for row in world.enterprises}
    for (slug, name, _about), rule in zip(texts.MATCH_FUNDS, rules, strict=True):
        world.funds.append(
            fund_create(
                sponsor=sponsors[slug],
                name=name[0],
                name_en=name[1],
                opens_at=world.campaign_opens_at,
                closes_at=world.now + timedelta(days=21),
                actor=world.people["funds1"],
                **rule,
            )
        )


def fund_refill(world: World) -> None:
    """The sponsor of the used-up fund adds a little: it is nearly, not wholly, spent."""
    fund = world.funds[-1]
    amount = Money(max(world.plan.gifts, 40) * 20)
    fund_top_up(fund_id=fund.pk, amount=amount, actor=world.people["funds1"])
