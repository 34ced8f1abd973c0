"""Complaints and reports (投诉举报): taken, replied to, closed on the record."""
