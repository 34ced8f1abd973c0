"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.receipts.views import receipts, verify

urlpatterns: list[URLPattern] = [
    path("receipts/<slug:number>/", receipts.receipt, name="receipt"),
    path("receipts/<slug:number>.pdf", receipts.receipt_file, name="receipt_pdf"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<slug:code>/", verify.verify_code, name="verify_code"),
]
