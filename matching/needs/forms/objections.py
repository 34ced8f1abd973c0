"""Objecting to a public notice."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ObjectionForm(forms.Form):
    """What somebody says against a notice, and how to reach them if they like."""

    body = forms.CharField(
        label=_("异议内容"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写明哪里与事实不符。内容加密保存，只有处理人员能看到。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=120,
        required=False,
        help_text=_("可以不留。留下后，处理人员可能向您核实。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # A trap for machines: people do not see it (the template hides it from everybody).
    website = forms.CharField(
        label=_("请不要填写此项"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.data.get(self.add_prefix("website"), "").strip())


class FollowForm(forms.Form):
    """The code by which an objector follows an objection."""

    code = forms.CharField(label=_("异议编号"), max_length=14)

    def clean_code(self) -> str:
        """Return the code as it is printed."""
        return self.cleaned_data["code"].strip().upper()
