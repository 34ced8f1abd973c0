"""Filing a need: its terms and its items."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import clock
from core.form_fields import AmountField
from core.money import Money
from matching.models import Campaign, Need, Project
from matching.needs.services.needs import ItemLine, NeedTerms
from matching.states import Category, Cause, Kind

MAX_ITEMS = 30
# One million yuan: a household need above that is a slip of the finger.
LARGEST_UNIT_PRICE = Money(100_000_000)


class NeedForm(forms.Form):
    """What a need says. Strangers read the title and the summary."""

    title = forms.CharField(
        label=_("标题"),
        max_length=60,
        help_text=_("会公开。说清需要什么，不写姓名、住址、电话、证件号。"),
    )
    title_en = forms.CharField(label=_("英文标题"), max_length=120, required=False)
    category = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Category.choices])
    cause = forms.ChoiceField(label=_("致困原因"), choices=[("", _("请选择")), *Cause.choices])
    kind = forms.ChoiceField(label=_("形式"), choices=Kind.choices, widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("会公开。写明情况和用途，不写能认出这家人的内容。"),
    )
    summary_en = forms.CharField(
        label=_("英文说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    project = forms.ModelChoiceField(
        label=_("所属慈善项目"), queryset=Project.objects.select_related("charity")
    )
    campaign = forms.ModelChoiceField(
        label=_("所属募捐活动"), queryset=Campaign.objects.none(), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = Kind.MONEY
        campaign = cast(forms.ModelChoiceField, self.fields["campaign"])
        campaign.queryset = Campaign.objects.filter(ends_at__gt=clock.now())
        campaign.empty_label = _("不属于活动")

    def terms(self) -> NeedTerms:
        """Return what was cleaned."""
        data = self.cleaned_data
        return NeedTerms(
            project_id=data["project"].pk,
            campaign_id=data["campaign"].pk if data["campaign"] else None,
            **{
                name: data[name]
                for name in (
                    "title",
                    "title_en",
                    "category",
                    "cause",
                    "kind",
                    "summary",
                    "summary_en",
                )
            },
        )


class ItemForm(forms.Form):
    """One line: how many of what, at what price."""

    name = forms.CharField(label=_("物品或用途"), max_length=60)
    quantity = forms.IntegerField(
        label=_("数量"),
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("数量要填整数。")},
    )
    unit = forms.CharField(label=_("单位"), max_length=12)
    unit_price = AmountField(label=_("单价（元）"), most=LARGEST_UNIT_PRICE)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)

    def line(self) -> ItemLine:
        """Return what was cleaned."""
        data = self.cleaned_data
        return ItemLine(
            data["name"],
            data["quantity"],
            data["unit"],
            data["unit_price"].minor,
            data["name_en"],
        )


class BaseItemFormSet(forms.BaseFormSet):
    """Lines of a need; empty ones are left out, at least one must be filled in."""

    def _construct_form(self, i: int, **kwargs) -> forms.Form:
        """Let any row be emptied, also one that was filled in before."""
        kwargs["empty_permitted"] = True
        return super()._construct_form(i, **kwargs)  # type: ignore[misc]

    def clean(self) -> None:
        """Refuse a list without a line."""
        if not any(self.errors) and not self.lines():
            raise ValidationError(_("请至少填写一项物品或用途。"))

    def lines(self) -> list[ItemLine]:
        """Return the lines that were filled in."""
        return [form.line() for form in self.forms if form.has_changed() and form.is_valid()]


ItemFormSet: type[BaseItemFormSet] = forms.formset_factory(  # type: ignore[assignment]
    ItemForm, formset=BaseItemFormSet, extra=3, max_num=MAX_ITEMS, absolute_max=MAX_ITEMS
)


def typed(data: QueryDict, prefix: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return posted values as initial ones, for «add a row»: kept, but not judged yet."""
    values = {name: data.get(name, "") for name in NeedForm.base_fields}
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", 0)), MAX_ITEMS)
    except ValueError:
        total = 0
    rows = [
        {name: data.get(f"{prefix}-{index}-{name}", "") for name in ItemForm.base_fields}
        for index in range(total)
    ]
    return values, [row for row in rows if any(row.values())]


def need_initial(need: Need) -> dict[str, object]:
    """Return a draft's values for the form."""
    names = ("title", "title_en", "category", "cause", "kind", "summary", "summary_en")
    values: dict[str, object] = {name: getattr(need, name) for name in names}
    return values | {"project": need.project_id, "campaign": need.campaign_id}


def item_initial(need: Need) -> list[dict[str, object]]:
    """Return a draft's lines for the formset."""
    return [
        {
            "name": item.name,
            "quantity": item.quantity,
            "unit": item.unit,
            "name_en": item.name_en,
            "unit_price": Money(item.unit_price_minor).decimal_text(),
        }
        for item in need.items.all()
    ]
