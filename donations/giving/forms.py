"""The gift form: what was typed becomes an amount, a giver and a wish, or sentences why not."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import AmountField
from core.money import Money
from donations.giving.selectors.gifts import GiveTarget
from donations.giving.selectors.submissions import Submission
from donations.provider.gateways import taking

OWN = "own"


class GiveForm(forms.Form):
    """A gift to one purpose.

    ``shown_match`` tells which match the giver saw for which amount (``2000:2000,5000:0``
    in minor units); ``accepted_match`` is set where a smaller one was agreed to.
    """

    client_token = forms.UUIDField(label=gettext_lazy("表单编号"), widget=forms.HiddenInput)
    shown_match = forms.RegexField(
        r"^(\d{1,12}:\d{1,12}(,\d{1,12}:\d{1,12}){0,15})?$",
        required=False,
        label=gettext_lazy("配捐"),
        widget=forms.HiddenInput,
    )
    accepted_match = forms.IntegerField(
        required=False, min_value=0, max_value=10**12, widget=forms.HiddenInput
    )
    amount = forms.CharField(required=False, max_length=16)
    own_amount = forms.CharField(required=False, max_length=24)
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        max_length=254,
        help_text=gettext_lazy("收据会寄到这里，不会公开，也不会用于其他用途。"),
        error_messages={
            "required": gettext_lazy("请填写电子邮箱，收据会寄到那里。"),
            "invalid": gettext_lazy("请填写有效的电子邮箱，例如 name@example.org。"),
            "max_length": gettext_lazy("电子邮箱太长，请检查。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    display_name = forms.CharField(
        label=gettext_lazy("公开称呼"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("显示在收据和捐赠名单上，可以不填。"),
        error_messages={"max_length": gettext_lazy("公开称呼最多 30 个字。")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    is_anonymous = forms.BooleanField(label=gettext_lazy("匿名捐赠"), required=False)
    message = forms.CharField(
        label=gettext_lazy("留言"),
        required=False,
        max_length=140,
        help_text=gettext_lazy(
            "不公开；送达时由驻村干部转达给受助家庭。最多 140 个字，请不要写电话或地址。"
        ),
        error_messages={"max_length": gettext_lazy("留言最多 140 个字。")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, target: GiveTarget, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        if target.need is None:
            # A campaign's gifts reach no one family that a message could be passed on to.
            del self.fields["message"]

    def clean(self) -> dict:
        """Read the amount: a chip's minor units, or what was typed."""
        cleaned = super().clean() or {}
        chosen, typed = cleaned.get("amount", ""), cleaned.get("own_amount", "").strip()
        try:
            cleaned["gift"] = amount_of(chosen, typed, self.target)
        except forms.ValidationError as error:
            self.add_error("amount", error)
        return cleaned

    @property
    def submission(self) -> Submission:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Submission(data["client_token"], self.target, data["gift"], data["email"])

    @property
    def shown(self) -> dict[int, int]:
        """The match shown per amount, both in minor units."""
        pairs = (self.cleaned_data.get("shown_match") or "").split(",")
        split = [pair.split(":") for pair in pairs if pair]
        return {int(amount): int(match) for amount, match in split}


def amount_of(chosen: str, typed: str, target: GiveTarget) -> Money:
    """Return the gift's amount from a chip's value and the typed one.

    Raises:
        forms.ValidationError: nothing chosen, not an amount, or out of bounds; the
            sentence says what is possible.
    """
    field = _amount_field(target)
    if typed and (chosen in {OWN, ""}):
        return field.read(typed)
    if chosen.isascii() and chosen.isdecimal():
        return field.bounded(Money(int(chosen), target.most.currency))
    raise forms.ValidationError(_("请选择或填写捐赠金额。"))


def _amount_field(target: GiveTarget) -> AmountField:
    too_much = (
        _("这项需求还差 %(most)s，请填写不超过这个数的金额。")
        if target.need is not None
        else _("一次最多可以捐 %(most)s，更大的捐赠请与我们联系。")
    )
    return AmountField(
        least=target.least,
        most=target.most,
        error_messages={"too_little": _("最少捐 %(least)s。"), "too_much": too_much},
    )


def submission_of(data: Mapping[str, str], target: GiveTarget) -> Submission | None:
    """Return what a form asks for before it is held against the room that is left.

    None where its token cannot be read: no gift can have come of it.
    """
    try:
        token = uuid.UUID(data.get("client_token", ""))
    except ValueError:
        return None
    largest = replace(target, most=Money(taking().largest_minor, target.most.currency))
    chosen, typed = data.get("amount", ""), data.get("own_amount", "").strip()
    amount = amount_or_none(chosen, typed, largest)
    return Submission(token, target, amount, data.get("email", "").strip())


def amount_or_none(chosen: str, typed: str, target: GiveTarget) -> Money | None:
    """Return the gift's amount as ``amount_of`` does; None where it has something to say."""
    try:
        return amount_of(chosen, typed, target)
    except forms.ValidationError:
        return None
