"""One row of everything an address may name, and one person of every kind."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.accounts.models import User
from donations.receipts.services.receipts import receipt_issue
from donations.reports.services import reports_build_due
from matching.models import Need
from matching.needs.services.publicity import objection_file
from matching.states import NeedStatus, Role
from tests.factories.cms import make_campaign_page, make_editor
from tests.factories.complaints import complain
from tests.factories.donations import collect_gift
from tests.factories.events import held_event
from tests.factories.flow import Team, drafted, make_team, need_at, registered
from tests.factories.matching import CampaignFactory, OrganisationFactory, UserFactory, make_person
from tests.factories.payouts import Pairing, funded_need, goods, officer, propose, recorded

PEOPLE = (
    "guest",
    "donor",
    "officer",
    "officer_elsewhere",
    "village",
    "township",
    "county",
    "editor",
    "funds",
    "auditor",
    "partner",
    "partner_elsewhere",
    "superuser",
)


@dataclass(frozen=True, slots=True)
class World:
    """People by kind; the rows that addresses name, by what they are."""

    people: dict[str, User | None]
    rows: dict[str, str | int]


def _people(team: Team, pairing: Pairing) -> dict[str, User | None]:
    return {
        "guest": None,
        "donor": UserFactory(),
        "officer": team.officer,
        "officer_elsewhere": make_person(Role.VILLAGE_OFFICER, team.tree.foreign_village.region),
        "village": team.village_reviewer,
        "township": team.township_reviewer,
        "county": team.county_approver,
        "editor": make_editor(),
        "funds": make_person(Role.FUND_OFFICER),
        "auditor": make_person(Role.AUDITOR),
        "partner": pairing.partner,
        "partner_elsewhere": make_person(Role.PARTNER, organisation=OrganisationFactory()),
        "superuser": UserFactory(is_superuser=True, is_staff=True),
    }


def _needs(team: Team) -> dict[str, Need]:
    # First: its notice is ended by going ahead in time, which would end the others too.
    public = need_at(team, NeedStatus.PUBLISHED, registered(team, "530627198001010054"))
    return {
        "public": public,
        "draft": drafted(team, registered(team, "530627198001010020")),
        "filed": need_at(team, NeedStatus.FILED, registered(team, "530627198001010038")),
        "publicised": need_at(
            team, NeedStatus.IN_PUBLICITY, registered(team, "530627198001010046")
        ),
        "funded": funded_need(),
    }


def make_world() -> World:
    """Return the world, made through the services where it matters."""
    team, pairing = make_team(), Pairing()
    needs = _needs(team)
    agreement = pairing.active()
    campaign = CampaignFactory()
    make_campaign_page(campaign)
    gift = collect_gift(needs["public"])
    receipt = receipt_issue(donation_id=gift.pk)
    notice = needs["publicised"].notices.get()
    payout = propose(needs["funded"], 10_000, officer())
    default_storage.save("probe.txt", ContentFile(b"probe"))
    reports_build_due()
    rows = {
        "need": needs["public"].code,
        "draft": needs["draft"].code,
        "filed": needs["filed"].code,
        "funded": needs["funded"].code,
        "evidence": needs["filed"].evidence.get().pk,
        "household": needs["filed"].household.code,
        "notice": notice.code,
        "objection": objection_file(notice_id=notice.pk, body="数量不对").code,
        "complaint": complain(needs["public"].code).code,
        "event": held_event().pk,
        "village": team.tree.village.code,
        "campaign": campaign.slug,
        "gift": gift.code,
        "receipt": receipt.number,
        "receipt_key": receipt.verification_code,
        "agreement": agreement.code,
        "milestone": agreement.milestones.first().pk,
        "payout": payout.code,
        "instalment": recorded(agreement, 1_000, "PROBE-1", officer()).pk,
        "goods": goods(campaign, officer()).code,
    }
    return World(_people(team, pairing), rows)
