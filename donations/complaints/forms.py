"""Complaining, following a complaint, replying to one and closing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.complaints.selectors import reference_named
from donations.states import ComplaintOutcome, ComplaintSubject

WORDS = forms.Textarea(attrs={"rows": 4})


class ComplaintForm(forms.Form):
    """What somebody reports; only the words are owed."""

    about = forms.ChoiceField(
        label=_("关于什么"),
        choices=ComplaintSubject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择事由。")},
    )
    reference = forms.CharField(
        label=_("相关编号"),
        max_length=60,
        required=False,
        help_text=_("需求、公示、收据、协议的编号，或活动的备案编号。不知道可以不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label=_("情况说明"),
        min_length=5,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("写明时间、地点和经过。内容加密保存，只有办理人员和审计员能看到。"),
        error_messages={"required": _("请写明情况。")},
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=120,
        required=False,
        help_text=_("可以不留。留下后加密保存，只有办理人员能看到，可能向您核实。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # A trap for machines: people do not see it (the template hides it from everybody).
    website = forms.CharField(
        label=_("请不要填写此项"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_reference(self) -> str:
        """Refuse a reference that names nothing."""
        typed = self.cleaned_data["reference"].strip()
        if typed and reference_named(typed) is None:
            raise forms.ValidationError(_("没有找到这个编号。请核对，或者留空。"))
        return typed

    @property
    def is_trapped(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.data.get(self.add_prefix("website"), "").strip())


class FollowComplaintForm(forms.Form):
    """The code by which a complaint is followed."""

    code = forms.CharField(
        label=_("受理编号"), max_length=14, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_code(self) -> str:
        """Return the code as it is printed."""
        return self.cleaned_data["code"].strip().upper()


class ReplyForm(forms.Form):
    """A reply that leaves the complaint open."""

    text = forms.CharField(
        label=_("答复"),
        max_length=1000,
        widget=WORDS,
        help_text=_("凭受理编号就能看到。不写身份信息。"),
        error_messages={"required": _("请写明答复。")},
    )


class ClosingForm(forms.Form):
    """What a complaint came to, and why."""

    outcome = forms.ChoiceField(
        label=_("办理结果"),
        choices=ComplaintOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择办理结果。")},
    )
    reason = forms.CharField(
        label=_("办结说明"),
        max_length=1000,
        widget=WORDS,
        help_text=_("凭受理编号就能看到。不写身份信息。"),
        error_messages={"required": _("请写明办结的理由。")},
    )
