"""Complaints as a visitor files them."""

from donations.complaints.services import complaint_file
from donations.models import Complaint
from donations.states import ComplaintSubject


def complain(reference: str = "", **fields: str) -> Complaint:
    """Return a complaint about a need, unless told otherwise."""
    values = {"about": ComplaintSubject.NEED, "body": "这家有两辆车。", "contact": "13900000000"}
    return complaint_file(reference=reference, **(values | fields))
