"""Names of this app's tasks, as `core.dispatch` and the schedule call them."""

TALLY_FOLD = "donations.tally_fold"
LEDGER_SEAL = "donations.ledger_seal"
REPORTS_BUILD_DUE = "donations.reports_build_due"
STRIPE_EVENT_PROCESS = "donations.stripe_event_process"
PAYMENTS_RECONCILE_STUCK = "donations.payments_reconcile_stuck"
RECEIPT_ISSUE = "donations.receipt_issue"
RECEIPT_MAIL = "donations.receipt_mail"
