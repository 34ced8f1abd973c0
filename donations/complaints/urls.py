"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.complaints.views import desk as complaints_desk
from donations.complaints.views import public as complaints

urlpatterns: list[URLPattern] = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/status/", complaints.complaint_follow, name="complaint_follow"),
    path("complaints/<slug:code>/", complaints.complaint, name="complaint"),
    path("desk/complaints/", complaints_desk.desk, name="complaints_desk"),
    path("desk/complaints/<slug:code>/", complaints_desk.complaint, name="desk_complaint"),
    path(
        "desk/complaints/<slug:code>/answer/",
        complaints_desk.answer,
        name="desk_complaint_answer",
    ),
    path(
        "desk/complaints/<slug:code>/close/", complaints_desk.closing, name="desk_complaint_close"
    ),
]
