"""What stands before the journey begins: places, people, a filed project, a sponsor's fund.

Run as ``python -m tests.journeys.stage`` against a migrated database; prints one line of
JSON. Neighbouring households make the township large enough for a card (k ≥ 5).
"""

import json

import django

django.setup()


from core import clock  # noqa: E402 settings first
from core.money import Money  # noqa: E402
from matching.states import Role  # noqa: E402
from tests.factories.cms import make_campaign_page, make_chief, make_editor  # noqa: E402
from tests.factories.funds import MatchFundFactory  # noqa: E402
from tests.factories.matching import (  # noqa: E402
    CampaignFactory,
    HouseholdFactory,
    OrganisationFactory,
    ProjectFactory,
    make_person,
    make_tree,
)
from tests.journeys.stack import PASSWORD  # noqa: E402

PEOPLE = {
    "officer": Role.VILLAGE_OFFICER,
    "field": Role.VILLAGE_OFFICER,
    "village": Role.VILLAGE_REVIEWER,
    "township": Role.TOWNSHIP_REVIEWER,
    "county": Role.COUNTY_APPROVER,
    "funds1": Role.FUND_OFFICER,
    "funds2": Role.FUND_OFFICER,
    "auditor": Role.AUDITOR,
}


def main() -> None:
    """Make the rows."""
    tree = make_tree()
    for username, role in PEOPLE.items():
        region = tree.village.region if role == Role.VILLAGE_OFFICER else None
        make_person(role, region, username=username, password=PASSWORD)
    sponsor = OrganisationFactory(name="云岭示例茶业有限公司", name_en="Yunling Example Tea")
    make_person(Role.PARTNER, organisation=sponsor, username="partner", password=PASSWORD)
    make_editor(username="editor", password=PASSWORD)
    make_chief(username="chief", password=PASSWORD)
    for _ in range(5):
        HouseholdFactory(village=tree.village, size_band="4-5")
    project = ProjectFactory()
    campaign = CampaignFactory(project=project, slug="poverty-day", region=tree.county)
    make_campaign_page(campaign)
    fund = MatchFundFactory(sponsor=sponsor, name="茶香配捐", authorised_minor=50_000_00)
    print(
        json.dumps(
            {
                "today": clock.today().isoformat(),
                "project": project.pk,
                "campaign": campaign.slug,
                "campaign_id": campaign.pk,
                "village": tree.village.code,
                "village_id": tree.village.pk,
                "fund": fund.code,
                "authorised": Money(fund.authorised_minor).minor,
            }
        )
    )


if __name__ == "__main__":
    main()
