"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern, path

from donations.views import (
    account,
    complaints,
    complaints_desk,
    deliveries,
    gift,
    give,
    ledger,
    money_desk,
    money_events,
    money_goods,
    money_pairings,
    pairings,
    pairings_desk,
    partner,
    receipts,
    reports,
    verify,
)

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
    path("account/", account.account, name="account"),
    path("pairings/", pairings.pairings, name="pairings"),
    path("pairings/<slug:code>/", pairings.pairing, name="pairing"),
    path("partner/", partner.desk, name="partner"),
    path("partner/propose/", partner.propose, name="partner_propose"),
    path("desk/pairings/", pairings_desk.desk, name="pairings_desk"),
    path("desk/pairings/<slug:code>/", pairings_desk.pairing, name="pairing_desk"),
    path("desk/pairings/<slug:code>/accept/", pairings_desk.acceptance, name="pairing_accept"),
    path("desk/pairings/<slug:code>/end/", pairings_desk.ending, name="pairing_end"),
    path("desk/pairings/<slug:code>/complete/", pairings_desk.completion, name="pairing_complete"),
    path(
        "desk/pairings/<slug:code>/steps/<int:pk>/<slug:kind>/",
        pairings_desk.step,
        name="pairing_step",
    ),
    path("desk/deliveries/", deliveries.desk, name="deliveries_desk"),
    path("desk/deliveries/<slug:code>/", deliveries.delivery, name="delivery"),
    path("desk/money/", money_desk.desk, name="money_desk"),
    path("desk/money/payouts/", money_desk.payouts, name="money_payouts"),
    path("desk/money/payouts/new/<slug:code>/", money_desk.payout_new, name="money_payout_new"),
    path("desk/money/payouts/<slug:code>/", money_desk.payout, name="money_payout"),
    path(
        "desk/money/payouts/<slug:code>/approve/",
        money_desk.payout_approve,
        name="money_payout_approve",
    ),
    path(
        "desk/money/payouts/<slug:code>/refuse/",
        money_desk.payout_refuse,
        name="money_payout_refuse",
    ),
    path(
        "desk/money/payouts/<slug:code>/payee/", money_desk.payout_payee, name="money_payout_payee"
    ),
    path("desk/money/pairings/", money_pairings.agreements, name="money_pairings"),
    path("desk/money/instalments/", money_pairings.instalments, name="money_instalments"),
    path("desk/money/instalments/new/", money_pairings.instalment_new, name="money_instalment_new"),
    path("desk/money/instalments/<int:pk>/", money_pairings.instalment, name="money_instalment"),
    path(
        "desk/money/instalments/<int:pk>/confirm/",
        money_pairings.instalment_confirmation,
        name="money_instalment_confirm",
    ),
    path(
        "desk/money/instalments/<int:pk>/refuse/",
        money_pairings.instalment_refusal,
        name="money_instalment_refuse",
    ),
    path("desk/money/goods/", money_goods.goods, name="money_goods"),
    path("desk/money/goods/new/", money_goods.goods_new, name="money_goods_new"),
    path("desk/money/goods/<slug:code>/", money_goods.goods_gift, name="money_goods_gift"),
    path(
        "desk/money/goods/<slug:code>/confirm/",
        money_goods.goods_confirmation,
        name="money_goods_confirm",
    ),
    path(
        "desk/money/goods/<slug:code>/refuse/",
        money_goods.goods_refusal,
        name="money_goods_refuse",
    ),
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
