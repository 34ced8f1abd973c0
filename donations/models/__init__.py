"""Models of gifts, payments, the ledger, pay-outs, receipts, tallies and reports."""

from donations.models.complaints import Complaint, ComplaintReply
from donations.models.disbursements import Delivery, DeliveryNotice, Disbursement
from donations.models.disputes import Dispute
from donations.models.donations import Donation, DonationEvent
from donations.models.donors import Donor
from donations.models.goods import GoodsGift
from donations.models.instalments import Instalment
from donations.models.ledger import Account, Entry, EntrySeal, Posting
from donations.models.payments import Payment
from donations.models.receipts import Receipt, ReceiptCounter
from donations.models.refunds import Refund
from donations.models.reports import PublishedReport
from donations.models.tallies import CampaignDonor, TallyCounter, TallyDelta
from donations.models.webhooks import EventSettlement, ProviderEvent

__all__ = [
    "Account",
    "CampaignDonor",
    "Complaint",
    "ComplaintReply",
    "Delivery",
    "DeliveryNotice",
    "Disbursement",
    "Dispute",
    "Donation",
    "DonationEvent",
    "Donor",
    "Entry",
    "EntrySeal",
    "EventSettlement",
    "GoodsGift",
    "Instalment",
    "Payment",
    "Posting",
    "ProviderEvent",
    "PublishedReport",
    "Receipt",
    "ReceiptCounter",
    "Refund",
    "TallyCounter",
    "TallyDelta",
]
