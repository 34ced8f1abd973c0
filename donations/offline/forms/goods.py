"""The form of goods received."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import AmountField, FormCode
from donations.offline.services.goods import GoodsLine
from matching.models import Campaign, Village


class VillageChoice(forms.ModelChoiceField):
    """A village, told with its township."""

    def label_from_instance(self, village: Village) -> str:
        """Return what the option says."""
        above = village.region.parent
        return f"{above.label} · {village.label}" if above else village.label


def villages() -> forms.ModelChoiceField:
    """Return a field to choose a village; its rows are read when the form is made."""
    return VillageChoice(
        label=_("受赠的村"),
        queryset=Village.objects.select_related("region__parent"),
        empty_label=_("请选择"),
        error_messages={
            "required": _("请选择村。"),
            "invalid_choice": _("请选择列表里的一个村。"),
        },
    )


class GoodsForm(forms.Form):
    """Goods for a campaign at a valuation that says where it is from."""

    code = FormCode("D", 16)
    campaign = forms.ModelChoiceField(
        label=_("募捐活动"),
        queryset=Campaign.objects.all(),
        empty_label=_("请选择"),
        error_messages={
            "required": _("请选择活动。"),
            "invalid_choice": _("请选择列表里的一个活动。"),
        },
    )
    village = villages()
    description = forms.CharField(
        label=_("物资说明"),
        max_length=120,
        help_text=_("会公开，例如“儿童羽绒服”。"),
        error_messages={"required": _("请填写物资说明。")},
    )
    quantity = forms.IntegerField(
        label=_("数量"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填写数量。"), "invalid": _("数量要填整数。")},
    )
    unit = forms.CharField(
        label=_("单位"), max_length=12, error_messages={"required": _("请填写单位，例如“件”。")}
    )
    value = AmountField(label=_("总估值（元）"))
    basis = forms.CharField(
        label=_("估值依据"),
        max_length=120,
        help_text=_("例如发票号、三家询价记录、政府出具的价格证明。"),
        error_messages={"required": _("请填写估值依据，例如发票号或询价记录。")},
    )
    giver_name = forms.CharField(
        label=_("捐赠方公开称呼"),
        max_length=60,
        required=False,
        help_text=_("不填就显示为“爱心人士”。"),
    )

    def line(self) -> GoodsLine:
        """Return what was cleaned."""
        names = ("description", "quantity", "unit", "value", "basis", "giver_name")
        return GoodsLine(**{name: self.cleaned_data[name] for name in names})
