"""A line of the bank statement under a pairing agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_fields import AmountField, DayField
from donations.money_desk.forms import bank_reference
from matching.models import Milestone
from matching.pairings.selectors import milestones_payable


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
    amount = AmountField(label=_("到账金额（元）"))
    bank_reference = bank_reference()
    received_on = DayField(label=_("到账日期"), error_messages={"required": _("请填写到账日期。")})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["milestone"]
        if isinstance(choices, forms.ModelChoiceField):
            choices.queryset = milestones_payable()
        self.fields["received_on"].initial = clock.today
