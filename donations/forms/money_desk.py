"""Forms of the money desk: proposing, approving, refusing, and bank lines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from donations.forms.amounts import FormCode, YuanField
from donations.states import PayeeKind, SettlementKind
from matching.forms.fields import DayField
from matching.models import Milestone, Need, PairingAgreement
from matching.selectors.pairings import milestones_payable


def bank_reference() -> forms.CharField:
    """Return a field for the reference of a bank line."""
    return forms.CharField(
        label=_("银行流水号"),
        max_length=60,
        help_text=_("照银行回单填写。一个流水号只能用一次。"),
        error_messages={"required": _("请填写银行流水号。")},
    )


class PayoutForm(forms.Form):
    """A proposal to pay; what may still be paid is for the service to say."""

    code = FormCode("Z", 8)
    amount = YuanField(label=_("拨付金额（元）"))
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

    def __init__(self, *args, purpose: Need | PairingAgreement, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not isinstance(purpose, Need) or purpose.collected_minor == purpose.target_minor:
            del self.fields["is_final"]


class ApprovalForm(forms.Form):
    """The bank line by which a proposal was paid."""

    bank_reference = bank_reference()


class RefusalForm(forms.Form):
    """Why something is turned down."""

    reason = forms.CharField(
        label=_("驳回理由"),
        max_length=200,
        help_text=_("提出的人会看到。"),
        error_messages={"required": _("请填写驳回理由。")},
    )


class MilestoneChoice(forms.ModelChoiceField):
    """A step of a signed agreement, told by organisation, village and amount."""

    def label_from_instance(self, step: Milestone) -> str:
        """Return what the option says."""
        agreement = step.agreement
        return (
            f"{agreement.code} · {agreement.organisation.label} · {agreement.village.label} · "
            f"{step.label} · {step.amount}"
        )


class InstalmentForm(forms.Form):
    """A line of the bank statement under an agreement."""

    milestone = MilestoneChoice(
        label=_("协议和里程碑"),
        queryset=Milestone.objects.none(),
        empty_label=_("请选择"),
        error_messages={
            "required": _("请选择协议和里程碑。"),
            "invalid_choice": _("请选择列表里的一个里程碑。"),
        },
    )
    amount = YuanField(label=_("到账金额（元）"))
    bank_reference = bank_reference()
    received_on = DayField(label=_("到账日期"), error_messages={"required": _("请填写到账日期。")})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["milestone"]
        if isinstance(choices, forms.ModelChoiceField):
            choices.queryset = milestones_payable()
        self.fields["received_on"].initial = clock.today


class SettlementForm(forms.Form):
    """What was found out about an event, and what follows."""

    kind = forms.ChoiceField(
        label=_("办法"),
        choices=SettlementKind.choices,
        widget=forms.RadioSelect,
        help_text=_("要改账的，由另一位资金专员复核后才入账。"),
        error_messages={"required": _("请选择办法。")},
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明核对了什么、结论是什么。留在记录里，审计员会看。"),
        error_messages={"required": _("请写明理由。")},
    )
