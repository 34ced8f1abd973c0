"""What was found out about an event of the provider."""

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.states import SettlementKind


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
