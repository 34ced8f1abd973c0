"""Every type of page, who looks at it, and every form as somebody in a hurry sends it.

``<name>`` stands for a row of the scene.
"""

from typing import NamedTuple


class Visit(NamedTuple):
    """A page, the person who opens it, and the status it answers with."""

    path: str
    who: str = "guest"
    status: int = 200


class Slip(NamedTuple):
    """A form sent empty, or with ``typed`` alone; it must come back with its errors.

    ``form`` is the end of its action, or empty for the page's only form.
    """

    path: str
    who: str = "guest"
    form: str = ""
    typed: dict[str, str] = {}
    status: int = 400


# What people of the scene typed, in Chinese alone.
TYPED = (
    "张**",
    "纸质签字",
    "家中两名学生缺少课桌和台灯。",
    "数量不对",
    "购买课桌",
    "第1步",
    "第2步",
    "棉被",
    "10 床",
    "发票 0042",
    "已栽种",
    "这家有两辆车。",
    "后台显示银行退回。",
)
LONG_WORD = "quilt" * 60
PUBLIC = (
    Visit("/"),
    Visit("/about/"),
    Visit("/stories/"),
    Visit("/stories/road/"),
    Visit("/stories/<story>/"),
    Visit("/campaigns/"),
    Visit("/campaigns/<both>/"),
    Visit("/transparency/"),
    Visit("/transparency/campaign/<campaign>/"),
    Visit("/needs/"),
    Visit("/needs/?q=nothing-of-the-kind"),
    Visit(f"/needs/?q={LONG_WORD}"),
    Visit("/needs/?page=99", status=404),
    Visit("/needs/<need>/"),
    Visit("/needs/<story_need>/"),
    Visit("/villages/<village>/"),
    Visit("/give/<need>/"),
    Visit("/give/<campaign>/"),
    Visit("/give/<funded>/"),
    Visit("/give/<need>/gift/<gift>/"),
    *(
        Visit(f"/give/<open_need>/gift/<{state}>/")
        for state in (
            "waiting",
            "processing",
            "unreceipted",
            "expired",
            "failed",
            "refunded",
        )
    ),
    Visit("/give/<open_need>/gift/<waiting>/?back=1"),
    Visit("/receipts/<receipt>/?t=<receipt_key>"),
    Visit("/verify/"),
    Visit("/verify/?q=<receipt>"),
    Visit("/verify/?q=NOSUCHRECEIPT", status=404),
    Visit("/verify/<receipt_key>/"),
    Visit("/ledger/"),
    Visit("/ledger/?campaign=<campaign>"),
    Visit("/pairings/"),
    Visit("/pairings/<agreement>/"),
    Visit("/notices/"),
    Visit("/notices/?show=ended"),
    Visit("/notices/<notice>/"),
    Visit("/notices/<ended>/"),
    Visit("/notices/objections/"),
    Visit("/notices/objections/?code=NOSUCH", status=404),
    Visit("/notices/objections/<objection>/"),
    Visit("/complaints/"),
    Visit("/complaints/status/"),
    Visit("/complaints/<complaint>/"),
    Visit("/account/login/"),
    Visit("/nothing/here/", status=404),
)
SIGNED_IN = (
    Visit("/account/", "donor"),
    Visit("/account/", "funds"),
    Visit("/desk/money/", "donor", status=403),
    Visit("/desk/", "officer"),
    Visit("/desk/?tab=mine", "officer"),
    Visit("/desk/?tab=done", "village"),
    Visit("/desk/", "village"),
    Visit("/desk/", "township"),
    Visit("/desk/", "auditor"),
    Visit("/desk/", "editor"),
    Visit("/desk/households/", "officer"),
    Visit("/desk/households/new/", "officer"),
    Visit("/desk/households/<household>/", "officer"),
    Visit("/desk/households/<household>/", "county"),
    Visit("/desk/households/<household>/needs/new/", "officer"),
    Visit("/desk/needs/<draft>/", "officer"),
    Visit("/desk/needs/<draft>/edit/", "officer"),
    Visit("/desk/needs/<filed>/", "village"),
    Visit("/desk/needs/<need>/", "county"),
    Visit("/desk/objections/<objection>/", "township"),
    Visit("/desk/objections/<unsettled>/", "township"),
    Visit("/desk/complaints/", "county"),
    Visit("/desk/complaints/", "auditor"),
    Visit("/desk/complaints/<complaint>/", "county"),
    Visit("/desk/complaints/<unplaced>/", "county"),
    Visit("/desk/complaints/<unplaced>/", "auditor"),
    Visit("/desk/money/", "funds"),
    Visit("/desk/money/payouts/", "funds"),
    Visit("/desk/money/payouts/new/<funded>/", "funds"),
    Visit("/desk/money/payouts/<payout>/", "funds"),
    Visit("/desk/money/payouts/<payout>/", "auditor"),
    Visit("/desk/money/pairings/", "funds"),
    Visit("/desk/money/instalments/", "funds"),
    Visit("/desk/money/instalments/new/", "funds"),
    Visit("/desk/money/instalments/<instalment>/", "funds"),
    Visit("/desk/money/goods/", "funds"),
    Visit("/desk/money/goods/new/", "funds"),
    Visit("/desk/money/goods/<goods>/", "funds"),
    Visit("/desk/money/events/", "funds"),
    Visit("/desk/money/events/<event>/", "funds"),
    Visit("/desk/money/events/<event>/", "auditor"),
    Visit("/desk/money/events/<proposed_event>/", "funds"),
    Visit("/desk/money/disputes/", "funds"),
    Visit("/desk/deliveries/", "officer"),
    Visit("/desk/deliveries/<paid>/", "officer"),
    Visit("/desk/pairings/", "county"),
    Visit("/desk/pairings/<proposal>/", "county"),
    Visit("/desk/pairings/<reported>/", "county"),
    Visit("/desk/pairings/<agreement>/", "partner"),
    Visit("/partner/", "partner"),
    Visit("/partner/", "partner_elsewhere"),
    Visit("/partner/propose/", "partner"),
)
SLIPS = (
    Slip("/give/<need>/"),
    Slip("/give/<need>/", typed={"own_amount": "-3", "email": "nobody"}),
    Slip("/give/<campaign>/", typed={"own_amount": "12.345", "email": "a@example.org"}),
    Slip("/notices/<notice>/"),
    Slip("/complaints/"),
    Slip("/complaints/", typed={"reference": "N0000000", "contact": "desk 4"}),
    Slip("/desk/complaints/<unplaced>/", "county", "/answer/"),
    Slip("/desk/complaints/<unplaced>/", "county", "/close/"),
    Slip("/account/login/", status=200),
    Slip("/account/login/", typed={"username": "x", "password": "y"}, status=200),
    Slip("/desk/households/new/", "officer"),
    Slip("/desk/households/new/", "officer", typed={"id_number": "123", "head_name": "赵"}),
    Slip("/desk/households/<household>/", "officer", "/consents/"),
    Slip("/desk/households/<household>/needs/new/", "officer"),
    Slip("/desk/needs/<draft>/edit/", "officer"),
    Slip("/desk/needs/<draft>/", "officer", "/evidence/"),
    Slip("/desk/needs/<draft>/", "officer", "/withdraw/"),
    Slip("/desk/needs/<filed>/", "village", "/decide/"),
    Slip("/desk/objections/<unsettled>/", "township"),
    Slip("/desk/needs/<need>/", "county", "/pause/"),
    Slip("/desk/pairings/<reported>/", "county", "/back/"),
    Slip("/desk/money/payouts/new/<funded>/", "funds"),
    Slip("/desk/money/payouts/new/<funded>/", "funds", typed={"amount": "99999999"}),
    Slip("/desk/money/payouts/<payout>/", "funds", "/approve/"),
    Slip("/desk/money/payouts/<payout>/", "funds", "/refuse/"),
    Slip("/desk/money/instalments/new/", "funds"),
    Slip("/desk/money/instalments/<instalment>/", "funds", "/refuse/"),
    Slip("/desk/money/goods/new/", "funds"),
    Slip("/desk/money/goods/<goods>/", "funds", "/refuse/"),
    Slip("/desk/money/events/<event>/", "funds", "/settle/"),
    Slip("/desk/money/events/<event>/", "funds", "/settle/", typed={"reason": "checked"}),
    Slip("/desk/money/events/<proposed_event>/", "funds", "/refuse/"),
    Slip("/desk/deliveries/<paid>/", "officer"),
    Slip("/desk/pairings/<proposal>/", "county", "/end/"),
    Slip("/desk/pairings/<agreement>/", "partner", "/report/"),
    Slip("/partner/propose/", "partner"),
)
