"""The form by which a delivery is confirmed from a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_fields import DayField
from donations.payouts.services.deliveries import DeliveryFacts


class DeliveryForm(forms.Form):
    """A photo and what to tell the givers."""

    photo = forms.FileField(
        label=_("送达照片"),
        help_text=_("拍物资和现场，不拍人脸和证件。照片里的位置信息会自动清除，照片不公开。"),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
        error_messages={
            "required": _("请拍一张或选一张送达照片。"),
            "empty": _("这张照片是空的，请重新拍。"),
            "missing": _("请拍一张或选一张送达照片。"),
        },
    )
    delivered_on = DayField(label=_("送达日期"), error_messages={"required": _("请填写送达日期。")})
    note = forms.CharField(
        label=_("送达说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会公开，也会寄给捐赠人。不写姓名、住址、电话。"),
        error_messages={"required": _("请填写送达说明。")},
    )
    note_en = forms.CharField(
        label=_("英文说明"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    household_confirmed = forms.BooleanField(label=_("受助户当面确认收到"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_on"].initial = clock.today

    def facts(self) -> DeliveryFacts:
        """Return what was cleaned."""
        names = ("delivered_on", "note", "note_en", "household_confirmed")
        return DeliveryFacts(**{name: self.cleaned_data[name] for name in names})
