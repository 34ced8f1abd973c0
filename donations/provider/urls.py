"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.provider import views as money_events

urlpatterns: list[URLPattern] = [
    path("desk/money/disputes/", money_events.disputes_page, name="money_disputes"),
    path("desk/money/events/", money_events.events, name="money_events"),
    path("desk/money/events/<slug:pk>/", money_events.event, name="money_event"),
    path("desk/money/events/<slug:pk>/retry/", money_events.retry, name="money_event_retry"),
    path("desk/money/events/<slug:pk>/settle/", money_events.settling, name="money_event_settle"),
    path(
        "desk/money/events/<slug:pk>/confirm/",
        money_events.confirmation,
        name="money_event_confirm",
    ),
    path("desk/money/events/<slug:pk>/refuse/", money_events.refusal, name="money_event_refuse"),
]
