"""Fields and forms that rooms use on the money desk."""

from django import forms
from django.utils.translation import gettext_lazy as _


def bank_reference() -> forms.CharField:
    """Return a field for the reference of a bank line."""
    return forms.CharField(
        label=_("银行流水号"),
        max_length=60,
        help_text=_("照银行回单填写。一个流水号只能用一次。"),
        error_messages={"required": _("请填写银行流水号。")},
    )


class RefusalForm(forms.Form):
    """Why something is turned down."""

    reason = forms.CharField(
        label=_("驳回理由"),
        max_length=200,
        help_text=_("提出的人会看到。"),
        error_messages={"required": _("请填写驳回理由。")},
    )
