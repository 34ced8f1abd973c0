"""Forms of pairing: an agreement with its steps, reports and decisions."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.form_fields import AmountField, DayField, FormCode
from donations.offline.forms.goods import villages
from matching.models import Organisation
from matching.pairings.services import MOST_MILESTONES, AgreementTerms, MilestoneTerms

STEPS = "steps"
WORDS = forms.Textarea(attrs={"rows": 3})


class AgreementForm(forms.Form):
    """Who pairs with whom, and for how long."""

    code = FormCode("P", 8)
    organisation = forms.ModelChoiceField(
        label=_("帮扶单位"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("请选择单位。"),
            "invalid_choice": _("请选择您代表的单位。"),
        },
    )
    village = villages()
    title = forms.CharField(
        label=_("协议名称"), max_length=80, error_messages={"required": _("请填写协议名称。")}
    )
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    starts_on = DayField(label=_("开始日期"), error_messages={"required": _("请填写开始日期。")})
    ends_on = DayField(label=_("结束日期"), error_messages={"required": _("请填写结束日期。")})

    def __init__(self, *args, organisations: QuerySet[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].label = _("结对的村")
        choices = self.fields["organisation"]
        if isinstance(choices, forms.ModelChoiceField):
            choices.queryset = organisations

    def clean(self) -> dict:
        """Refuse a period that ends before it starts."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("结束日期要晚于开始日期。"))
        return data

    def terms(self, milestones: list[MilestoneTerms]) -> AgreementTerms:
        """Return what was cleaned, with the steps."""
        data = self.cleaned_data
        return AgreementTerms(
            organisation_id=data["organisation"].pk,
            village_id=data["village"].pk,
            title=data["title"],
            title_en=data["title_en"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            milestones=milestones,
        )


class MilestoneForm(forms.Form):
    """One step and what is paid for it."""

    title = forms.CharField(
        label=_("里程碑"), max_length=80, error_messages={"required": _("请填写里程碑。")}
    )
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    due_on = DayField(label=_("到期日"), error_messages={"required": _("请填写到期日。")})
    amount = AmountField(label=_("金额（元）"))


class BaseMilestoneFormSet(forms.BaseFormSet):
    """Steps of an agreement; empty rows are left out, at least one must be filled in."""

    def _construct_form(self, i: int, **kwargs) -> forms.Form:
        """Let any row be emptied, also one that was filled in before."""
        return super()._construct_form(i, **(kwargs | {"empty_permitted": True}))  # type: ignore[misc]

    def clean(self) -> None:
        """Refuse an agreement without a step."""
        if not any(self.errors) and not self.milestones():
            raise ValidationError(_("请至少填写一个里程碑。"))

    def milestones(self) -> list[MilestoneTerms]:
        """Return the steps that were filled in."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed() and form.is_valid()]
        return [
            MilestoneTerms(row["title"], row["due_on"], row["amount"].minor, row["title_en"])
            for row in rows
        ]


MilestoneFormSet = forms.formset_factory(
    MilestoneForm,
    formset=BaseMilestoneFormSet,
    extra=3,
    max_num=MOST_MILESTONES,
    absolute_max=MOST_MILESTONES,
)


def typed_steps(data: QueryDict) -> list[dict[str, str]]:
    """Return posted rows as initial ones, for «add a row»: kept, but not judged yet."""
    try:
        total = min(int(data.get(f"{STEPS}-TOTAL_FORMS", 0)), MOST_MILESTONES)
    except ValueError:
        total = 0
    rows = [
        {name: data.get(f"{STEPS}-{index}-{name}", "") for name in MilestoneForm.base_fields}
        for index in range(total)
    ]
    return [row for row in rows if any(row.values())]


class ReportForm(forms.Form):
    """What was done in a step."""

    note = forms.CharField(
        label=_("完成情况"),
        max_length=500,
        widget=WORDS,
        help_text=_("会公开。不写电话、证件号和账号。"),
        error_messages={"required": _("请填写完成情况。")},
    )


class ApproveStepForm(forms.Form):
    """What the county says to a reported step."""

    note = forms.CharField(
        label=_("确认意见"), max_length=500, required=False, widget=WORDS, help_text=_("会公开。")
    )


class SendBackForm(forms.Form):
    """Why a reported step is not accepted yet."""

    note = forms.CharField(
        label=_("退回理由"),
        max_length=500,
        widget=WORDS,
        help_text=_("会公开。写明还差什么。"),
        error_messages={"required": _("请写明退回的理由，让上报的人知道怎么做。")},
    )


class CloseForm(forms.Form):
    """Why an agreement ends, or is not accepted."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("会公开。"),
        error_messages={"required": _("请填写终止的理由。")},
    )
