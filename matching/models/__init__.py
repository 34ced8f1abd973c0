"""Models of the registry, needs, match funds and pairing."""

from matching.models.evidence import Evidence
from matching.models.funds import DonorDayUse, MatchFund, MatchFundSlot, MatchReservation
from matching.models.households import Consent, Household, HouseholdIdentity
from matching.models.needs import Need, NeedEvent, NeedItem
from matching.models.organisations import Organisation
from matching.models.pairings import Milestone, MilestoneEvent, PairingAgreement
from matching.models.places import Region, Village
from matching.models.programmes import Campaign, Project
from matching.models.publicity import Objection, PublicityNotice
from matching.models.roles import RoleAssignment

__all__ = [
    "Campaign",
    "Consent",
    "DonorDayUse",
    "Evidence",
    "Household",
    "HouseholdIdentity",
    "MatchFund",
    "MatchFundSlot",
    "MatchReservation",
    "Milestone",
    "MilestoneEvent",
    "Need",
    "NeedEvent",
    "NeedItem",
    "Objection",
    "Organisation",
    "PairingAgreement",
    "Project",
    "PublicityNotice",
    "Region",
    "RoleAssignment",
    "Village",
]
