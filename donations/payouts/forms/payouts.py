"""Forms of pay-outs: proposing and approving."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import AmountField, FormCode
from donations.money_desk.forms import bank_reference
from donations.states import PayeeKind


class PayoutForm(forms.Form):
    """A proposal to pay; what may still be paid is for the service to say."""

    code = FormCode("Z", 8)
    amount = AmountField(label=_("拨付金额（元）"))
    payee_kind = forms.ChoiceField(
        label=_("收款方"),
        choices=PayeeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择收款方。")},
    )
    payee = forms.CharField(
        label=_("收款账户"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("户名、开户行和账号。加密保存，不会公开。"),
        error_messages={"required": _("请填写收款账户。")},
    )
    note = forms.CharField(
        label=_("用途说明"),
        max_length=200,
        help_text=_("会公开。写明买什么、付给哪一类收款方，不写姓名、电话、证件号和账号。"),
        error_messages={"required": _("请填写用途说明。")},
    )
    is_final = forms.BooleanField(
        label=_("这是最后一笔：拨付后不再为这个需求接受捐赠"), required=False
    )

    def __init__(self, *args, can_end: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not can_end:
            del self.fields["is_final"]


class ApprovalForm(forms.Form):
    """The bank line by which a proposal was paid."""

    bank_reference = bank_reference()
