"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.reports import views as reports

urlpatterns: list[URLPattern] = [
    path("transparency/<slug:kind>/<slug:subject>/", reports.report, name="report"),
    *[
        path(
            f"transparency/<slug:kind>/<slug:subject>.{extension}",
            reports.report_file,
            {"extension": extension},
            name=f"report_{extension}",
        )
        for extension in ("pdf", "csv", "json")
    ],
]
