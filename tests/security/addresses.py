"""Who may read what: every address of the site, and the people it answers with 200.

An address missing here fails the test: whoever adds one says who may see it. ``<name>``
stands for a row of the world. Addresses that act (POST only) answer a GET with 405 or a
redirect and are listed with nobody.
"""

from core.documents import documents_possible
from tests.security.world import PEOPLE

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
SIGNED_IN = EVERYBODY - {"guest"}
CHAIN_HERE = frozenset({"officer", "village", "township", "county"})
DESK = CHAIN_HERE | {"officer_elsewhere", "auditor"}
OFFICERS = frozenset({"officer", "officer_elsewhere"})
MONEY = frozenset({"funds", "auditor"})
FUNDS = frozenset({"funds"})
PARTNERS = frozenset({"partner", "partner_elsewhere"})

# Address pattern -> (an example, who reads it).
READERS: dict[str, tuple[str, frozenset[str]]] = {
    "healthz": ("/healthz", EVERYBODY),
    "readyz": ("/readyz", EVERYBODY),
    "i18n/setlang/": ("/i18n/setlang/", NOBODY),
    "api/v1/openapi.json": ("/api/v1/openapi.json", EVERYBODY),
    "api/v1/docs": ("/api/v1/docs", EVERYBODY),
    "api/v1/campaigns": ("/api/v1/campaigns", EVERYBODY),
    "api/v1/campaigns/<slug>": ("/api/v1/campaigns/<campaign>", EVERYBODY),
    "api/v1/campaigns/<slug>/board": ("/api/v1/campaigns/<campaign>/board", EVERYBODY),
    "api/v1/ledger": ("/api/v1/ledger", EVERYBODY),
    "api/v1/needs": ("/api/v1/needs", EVERYBODY),
    "api/v1/needs/<code>": ("/api/v1/needs/<need>", EVERYBODY),
    "api/v1/": ("/api/v1/", NOBODY),
    "webhooks/<slug:provider>/": ("/webhooks/stripe/", NOBODY),
    "campaigns/<slug:slug>/board.json": ("/campaigns/<campaign>/board.json", EVERYBODY),
    # Editors' pictures; one whose household took its consent back is refused by the view.
    "media/<path:path>": ("/media/probe.txt", EVERYBODY),
    "account/login/": ("/account/login/", EVERYBODY),
    "account/logout/": ("/account/logout/", NOBODY),
    "account/": ("/account/", SIGNED_IN),
    "give/<slug:code>/": ("/give/<need>/", EVERYBODY),
    "give/<slug:code>/quote.json": ("/give/<need>/quote.json?amount=2000", EVERYBODY),
    # The gift's code is the key to its page: 80 bits, never listed anywhere.
    "give/<slug:code>/gift/<slug:donation_code>/": ("/give/<need>/gift/<gift>/", EVERYBODY),
    "give/<slug:code>/gift/<slug:donation_code>/status.json": (
        "/give/<need>/gift/<gift>/status.json",
        EVERYBODY,
    ),
    "give/<slug:code>/gift/<slug:donation_code>/pay/": ("/give/<need>/gift/<gift>/pay/", NOBODY),
    "give/<slug:code>/gift/<slug:donation_code>/cancel/": (
        "/give/<need>/gift/<gift>/cancel/",
        NOBODY,
    ),
    # Without its key a receipt is not there; tested with the key below.
    "receipts/<slug:number>/": ("/receipts/<receipt>/", NOBODY),
    "receipts/<slug:number>.pdf": ("/receipts/<receipt>.pdf", NOBODY),
    "verify/": ("/verify/", EVERYBODY),
    "verify/<slug:code>/": ("/verify/<receipt_key>/", EVERYBODY),
    "ledger/": ("/ledger/", EVERYBODY),
    "ledger/export.csv": ("/ledger/export.csv", EVERYBODY),
    "ledger/export.jsonl": ("/ledger/export.jsonl", EVERYBODY),
    "transparency/<slug:kind>/<slug:subject>/": ("/transparency/campaign/<campaign>/", EVERYBODY),
    "transparency/<slug:kind>/<slug:subject>.pdf": (
        "/transparency/campaign/<campaign>.pdf",
        EVERYBODY if documents_possible() else NOBODY,
    ),
    "transparency/<slug:kind>/<slug:subject>.csv": (
        "/transparency/campaign/<campaign>.csv",
        EVERYBODY,
    ),
    "transparency/<slug:kind>/<slug:subject>.json": (
        "/transparency/campaign/<campaign>.json",
        EVERYBODY,
    ),
    "pairings/": ("/pairings/", EVERYBODY),
    "pairings/<slug:code>/": ("/pairings/<agreement>/", EVERYBODY),
    "notices/": ("/notices/", EVERYBODY),
    "notices/<slug:code>/": ("/notices/<notice>/", EVERYBODY),
    "notices/objections/": ("/notices/objections/", EVERYBODY),
    "notices/objections/<slug:code>/": ("/notices/objections/<objection>/", EVERYBODY),
    "complaints/": ("/complaints/", EVERYBODY),
    "complaints/status/": ("/complaints/status/", EVERYBODY),
    # The complaint's code is the key to its page: 50 bits, look-ups limited.
    "complaints/<slug:code>/": ("/complaints/<complaint>/", EVERYBODY),
    "needs/": ("/needs/", EVERYBODY),
    "needs/<slug:code>/": ("/needs/<need>/", EVERYBODY),
    "villages/<slug:code>/": ("/villages/<village>/", EVERYBODY),
    "^((?:[\\w\\-]+/)*)$": ("/", EVERYBODY),
    # --- the verification desk
    # Fund officers and editors find the way to their own desks here, and no need.
    "desk/": ("/desk/", DESK | {"editor", "funds"}),
    "desk/households/": ("/desk/households/", DESK - {"auditor"}),
    "desk/households/new/": ("/desk/households/new/", OFFICERS),
    "desk/households/<slug:code>/": ("/desk/households/<household>/", CHAIN_HERE),
    "desk/households/<slug:code>/identity/": ("/desk/households/<household>/identity/", NOBODY),
    "desk/households/<slug:code>/consents/": ("/desk/households/<household>/consents/", NOBODY),
    "desk/households/<slug:code>/consents/withdraw/": (
        "/desk/households/<household>/consents/withdraw/",
        NOBODY,
    ),
    "desk/households/<slug:code>/needs/new/": (
        "/desk/households/<household>/needs/new/",
        frozenset({"officer"}),
    ),
    "desk/needs/<slug:code>/": ("/desk/needs/<filed>/", CHAIN_HERE | {"auditor"}),
    "desk/needs/<slug:code>/edit/": ("/desk/needs/<draft>/edit/", frozenset({"officer"})),
    "desk/needs/<slug:code>/file/": ("/desk/needs/<filed>/file/", NOBODY),
    "desk/needs/<slug:code>/decide/": ("/desk/needs/<filed>/decide/", NOBODY),
    "desk/needs/<slug:code>/withdraw/": ("/desk/needs/<filed>/withdraw/", NOBODY),
    "desk/needs/<slug:code>/pause/": ("/desk/needs/<need>/pause/", NOBODY),
    "desk/needs/<slug:code>/resume/": ("/desk/needs/<need>/resume/", NOBODY),
    "desk/needs/<slug:code>/evidence/": ("/desk/needs/<filed>/evidence/", NOBODY),
    "desk/evidence/<int:pk>/": ("/desk/evidence/<evidence>/", CHAIN_HERE | {"auditor"}),
    "desk/objections/<slug:code>/": (
        "/desk/objections/<objection>/",
        frozenset({"township", "county"}),
    ),
    "desk/complaints/": ("/desk/complaints/", frozenset({"township", "county"}) | MONEY),
    "desk/complaints/<slug:code>/": (
        "/desk/complaints/<complaint>/",
        frozenset({"township", "county", "auditor"}),
    ),
    "desk/complaints/<slug:code>/answer/": ("/desk/complaints/<complaint>/answer/", NOBODY),
    "desk/complaints/<slug:code>/close/": ("/desk/complaints/<complaint>/close/", NOBODY),
    # --- the money desk: fund officers act, the auditor reads
    "desk/money/": ("/desk/money/", MONEY),
    "desk/money/payouts/": ("/desk/money/payouts/", MONEY),
    "desk/money/payouts/new/<slug:code>/": ("/desk/money/payouts/new/<funded>/", FUNDS),
    "desk/money/payouts/<slug:code>/": ("/desk/money/payouts/<payout>/", MONEY),
    "desk/money/payouts/<slug:code>/approve/": ("/desk/money/payouts/<payout>/approve/", NOBODY),
    "desk/money/payouts/<slug:code>/refuse/": ("/desk/money/payouts/<payout>/refuse/", NOBODY),
    "desk/money/payouts/<slug:code>/payee/": ("/desk/money/payouts/<payout>/payee/", NOBODY),
    "desk/money/pairings/": ("/desk/money/pairings/", MONEY),
    "desk/money/instalments/": ("/desk/money/instalments/", MONEY),
    "desk/money/instalments/new/": ("/desk/money/instalments/new/", FUNDS),
    "desk/money/instalments/<int:pk>/": ("/desk/money/instalments/<instalment>/", MONEY),
    "desk/money/instalments/<int:pk>/confirm/": (
        "/desk/money/instalments/<instalment>/confirm/",
        NOBODY,
    ),
    "desk/money/instalments/<int:pk>/refuse/": (
        "/desk/money/instalments/<instalment>/refuse/",
        NOBODY,
    ),
    "desk/money/goods/": ("/desk/money/goods/", MONEY),
    "desk/money/goods/new/": ("/desk/money/goods/new/", FUNDS),
    "desk/money/goods/<slug:code>/": ("/desk/money/goods/<goods>/", MONEY),
    "desk/money/goods/<slug:code>/confirm/": ("/desk/money/goods/<goods>/confirm/", NOBODY),
    "desk/money/goods/<slug:code>/refuse/": ("/desk/money/goods/<goods>/refuse/", NOBODY),
    "desk/money/disputes/": ("/desk/money/disputes/", MONEY),
    "desk/money/events/": ("/desk/money/events/", MONEY),
    "desk/money/events/<slug:pk>/": ("/desk/money/events/<event>/", MONEY),
    "desk/money/events/<slug:pk>/retry/": ("/desk/money/events/<event>/retry/", NOBODY),
    "desk/money/events/<slug:pk>/settle/": ("/desk/money/events/<event>/settle/", NOBODY),
    "desk/money/events/<slug:pk>/confirm/": ("/desk/money/events/<event>/confirm/", NOBODY),
    "desk/money/events/<slug:pk>/refuse/": ("/desk/money/events/<event>/refuse/", NOBODY),
    # --- deliveries and pairings
    "desk/deliveries/": ("/desk/deliveries/", OFFICERS | {"auditor"}),
    "desk/deliveries/<slug:code>/": ("/desk/deliveries/<funded>/", frozenset({"officer"})),
    "desk/pairings/": ("/desk/pairings/", OFFICERS | PARTNERS | MONEY | {"county"}),
    "desk/pairings/<slug:code>/": (
        "/desk/pairings/<agreement>/",
        frozenset({"officer", "county", "partner"}) | MONEY,
    ),
    "desk/pairings/<slug:code>/accept/": ("/desk/pairings/<agreement>/accept/", NOBODY),
    "desk/pairings/<slug:code>/end/": ("/desk/pairings/<agreement>/end/", NOBODY),
    "desk/pairings/<slug:code>/complete/": ("/desk/pairings/<agreement>/complete/", NOBODY),
    "desk/pairings/<slug:code>/steps/<int:pk>/<slug:kind>/": (
        "/desk/pairings/<agreement>/steps/<milestone>/report/",
        NOBODY,
    ),
    "partner/": ("/partner/", PARTNERS),
    "partner/propose/": ("/partner/propose/", PARTNERS),
}
# Wagtail's and Django's own addresses, by what they begin with: never for a person without
# the matching permission, whatever lies below.
ADMIN_PREFIXES = ("admin/", "django-admin/", "documents/", "_util/")
ADMIN_READERS = {"admin/": {"editor", "superuser"}, "django-admin/": {"superuser"}}
