"""Deciding on a need, adding evidence, taking a need back, settling an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.states import Decision, NeedStatus, ObjectionStatus

REASON = forms.Textarea(attrs={"rows": 4})


class DecisionForm(forms.Form):
    """Approve, send back or reject; the latter two with a reason."""

    decision = forms.ChoiceField(
        label=_("审核意见"), choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=1000,
        widget=REASON,
        help_text=_("退回或不予通过时必须填写，填报人会看到。不写身份信息。"),
    )
    expected_status = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict:
        """Ask for a reason where one is owed."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision and decision != Decision.APPROVE and not data.get("reason", "").strip():
            self.add_error("reason", _("退回或不予通过时，请写明理由，让填报人知道怎么做。"))
        return data


class ReasonForm(forms.Form):
    """Why a need is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=1000, widget=REASON)


class PauseForm(forms.Form):
    """Why a public need pauses, or goes on."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=REASON,
        help_text=_("留在办理记录里，不公开。不写身份信息。"),
        error_messages={"required": _("请写明理由。")},
    )


class EvidenceForm(forms.Form):
    """One file, taken with a phone or chosen."""

    file = forms.FileField(
        label=_("照片或文件"),
        help_text=_("JPG、PNG、WebP 或 PDF，不超过 8 MB。照片里的位置信息会自动清除。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption = forms.CharField(label=_("说明"), max_length=120, required=False)


class ResolutionForm(forms.Form):
    """How an objection is settled, on the record."""

    OUTCOMES = [
        ("dismissed", _("不成立，公示继续")),
        ("draft", _("成立，退回补正")),
        ("rejected", _("成立，不予通过")),
    ]
    outcome = forms.ChoiceField(label=_("处理结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    resolution = forms.CharField(
        label=_("处理说明"),
        max_length=1000,
        widget=REASON,
        help_text=_("提出异议的人会看到。不写身份信息。"),
    )

    def settlement(self) -> tuple[ObjectionStatus, NeedStatus | None]:
        """Return the status and, where upheld, where the need goes."""
        outcome = self.cleaned_data["outcome"]
        if outcome == "dismissed":
            return ObjectionStatus.DISMISSED, None
        return ObjectionStatus.UPHELD, NeedStatus(outcome)
