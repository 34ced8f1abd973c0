"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern, path

from donations.views import gift, give, ledger, receipts, reports, verify

urlpatterns: list[URLPattern] = [
    path("give/<slug:code>/", give.give, name="give"),
    path("give/<slug:code>/quote.json", give.quote, name="give_quote"),
    path("give/<slug:code>/gift/<slug:donation_code>/", gift.gift, name="gift"),
    path("give/<slug:code>/gift/<slug:donation_code>/status.json", gift.status, name="gift_status"),
    path("give/<slug:code>/gift/<slug:donation_code>/pay/", gift.resume, name="gift_resume"),
    path("give/<slug:code>/gift/<slug:donation_code>/cancel/", gift.cancel, name="gift_cancel"),
    path("receipts/<slug:number>/", receipts.receipt, name="receipt"),
    path("receipts/<slug:number>.pdf", receipts.receipt_file, name="receipt_pdf"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<slug:code>/", verify.verify_code, name="verify_code"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export.csv", ledger.ledger_csv, name="ledger_csv"),
    path("ledger/export.jsonl", ledger.ledger_export, name="ledger_export"),
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
