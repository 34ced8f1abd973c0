"""What a reader of the public ledger may ask for."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.books.selectors.ledger import LedgerFilter
from donations.states import EntryKind
from matching.models import Campaign

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


class LedgerFilterForm(forms.Form):
    """Kind, campaign, month and need of ``/ledger/``; all may be empty."""

    need = forms.CharField(
        label=_("需求编号"),
        max_length=12,
        required=False,
        # The id that components/filter_form.html gives its text box.
        widget=forms.TextInput(attrs={"id": "ledger-text"}),
    )
    kind = forms.ChoiceField(
        label=_("事项"), choices=[("", _("全部")), *EntryKind.choices], required=False
    )
    campaign = forms.SlugField(label=_("活动"), required=False)
    month = forms.CharField(label=_("月份"), max_length=7, required=False)
    before = forms.IntegerField(
        label=_("页码"), min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput
    )
    after = forms.IntegerField(
        label=_("页码"), min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput
    )

    def clean_need(self) -> str:
        """Codes are told by telephone: case and spaces do not matter."""
        return "".join(self.cleaned_data["need"].split()).upper()

    def clean_campaign(self) -> str:
        """Only a campaign that exists."""
        slug = self.cleaned_data["campaign"]
        if slug and not Campaign.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("没有这个活动，请从列表中选择。"))
        return slug

    def clean_month(self) -> str:
        """A month as ``2026-10``."""
        month = self.cleaned_data["month"]
        if month and not _MONTH.fullmatch(month):
            raise forms.ValidationError(_("月份请写成 2026-10 的样子。"))
        return month

    def chosen(self) -> LedgerFilter:
        """Return what was asked for; an unreadable field counts as not asked."""
        data = self.cleaned_data
        return LedgerFilter(
            kind=data.get("kind") or "",
            campaign=data.get("campaign") or "",
            month=data.get("month") or "",
            need=data.get("need") or "",
        )
