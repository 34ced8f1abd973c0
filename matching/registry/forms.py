"""Registering a household and its consents."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_fields import DayField
from matching.models import Household, Village
from matching.registry.identity import ID_NUMBER, normal_id_number
from matching.states import ConsentScope

PHONE = RegexValidator(r"^[0-9+\- ]{7,20}$", _("请填写 7 至 20 位的电话号码。"))
BANK_CARD = RegexValidator(r"^[0-9 ]{12,24}$", _("请填写 12 至 19 位的卡号。"))


class IdNumberField(forms.CharField):
    """An 18-character identity number; its check digit is looked at elsewhere."""

    default_error_messages = {
        "form": _("身份证号是 18 位：17 位数字，加 1 位数字或 X。请对照证件核对。"),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: str) -> str:
        """Return the number in its plain form."""
        number = normal_id_number(super().clean(value))
        if not ID_NUMBER.fullmatch(number):
            raise ValidationError(self.error_messages["form"], code="form")
        return number


class ConsentFields(forms.Form):
    """How and when consent was given, and until when."""

    channel = forms.CharField(
        label=_("取得方式"), max_length=60, help_text=_("例如：纸质签字、电话录音、当面口述见证。")
    )
    given_on = DayField(label=_("同意日期"))
    expires_on = DayField(label=_("有效期至"), required=False, help_text=_("不填表示长期有效。"))

    def clean(self) -> dict:
        """Refuse the future and what is over already."""
        data = super().clean() or {}
        given, expires = data.get("given_on"), data.get("expires_on")
        if given and given > clock.today():
            self.add_error("given_on", _("同意日期不能晚于今天。"))
        if expires and expires < clock.today():
            self.add_error("expires_on", _("同意的有效期已经过去，请重新取得同意。"))
        elif given and expires and expires < given:
            self.add_error("expires_on", _("有效期不能早于同意日期。"))
        return data


class ConsentForm(ConsentFields):
    """One consent of a registered household."""

    scope = forms.ChoiceField(label=_("同意范围"), choices=ConsentScope.choices)
    field_order = ["scope", "channel", "given_on", "expires_on"]


class HouseholdForm(ConsentFields):
    """A new household with its consent to publish a need."""

    village = forms.ModelChoiceField(label=_("所在村"), queryset=Village.objects.none())
    head_name = forms.CharField(
        label=_("户主姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    id_number = IdNumberField(
        label=_("身份证号"),
        help_text=_("加密保存，只在核对身份时由本地区人员查看，每次查看都有记录。"),
    )
    phone = forms.CharField(
        label=_("联系电话"),
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("住址"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bank_card = forms.CharField(
        label=_("收款卡号"),
        required=False,
        validators=[BANK_CARD],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    size_band = forms.ChoiceField(
        label=_("家庭人口"), choices=Household.SizeBand.choices, widget=forms.RadioSelect
    )
    has_minors = forms.BooleanField(label=_("家中有未成年人"), required=False)
    consented = forms.BooleanField(
        label=_("农户已同意公开需求（不含身份信息）"),
        error_messages={"required": _("没有取得农户同意，不能登记。请先说明用途并取得同意。")},
    )
    field_order = [
        "village",
        "head_name",
        "id_number",
        "phone",
        "address",
        "bank_card",
        "size_band",
        "has_minors",
        "consented",
        "channel",
        "given_on",
        "expires_on",
    ]

    def __init__(self, *args, villages, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["village"]).queryset = villages
        self.fields["given_on"].initial = clock.today
