"""One page for developers: every component with sample data, in either theme."""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Engine
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.styleguide_samples import GROUPS, SAMPLES

THEMES = {"": _("跟随系统"), "light": _("浅色"), "dark": _("深色")}


class SampleForm(forms.Form):
    """Every kind of field, so that the renderer is seen whole."""

    name = forms.CharField(
        label=_("姓名"), help_text=_("与身份证一致，只用于核对。"), max_length=20
    )
    email = forms.EmailField(label=_("电子邮箱"), help_text=_("收据寄到这里。"))
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), ("water", _("饮水")), ("school", _("助学"))]
    )
    channel = forms.ChoiceField(
        label=_("付款方式"),
        choices=[("card", _("银行卡")), ("alipay", _("支付宝")), ("wechat", _("微信支付"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("想收到的消息"),
        choices=[("delivery", _("送达")), ("report", _("月报"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    evidence = forms.FileField(
        label=_("凭证"), help_text=_("JPG 或 PNG，不超过 8 MB。"), required=False
    )
    note = forms.CharField(
        label=_("留言"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    anonymous = forms.BooleanField(label=_("不公开我的名字"), required=False)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component as the page shows it: its contract, and one rendering per sample."""

    name: str
    contract: str
    renderings: list[str]


def contract_of(name: str) -> str:
    """The text of the comment at the top of ``components/<name>.html``."""
    origin = Engine.get_default().get_template(f"components/{name}.html").origin
    source = Path(origin.name).read_text("utf-8")
    return source.partition("{% comment %}")[2].partition("{% endcomment %}")[0].strip()


def specimen(name: str, request: HttpRequest) -> Specimen:
    """Render a component once per sample."""
    template = f"components/{name}.html"
    renderings: list[str] = [
        render_to_string(template, sample, request) for sample in SAMPLES[name]
    ]
    return Specimen(name, contract_of(name), renderings)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components; ``?theme=light|dark`` fixes the theme."""
    theme = request.GET.get("theme", "")
    theme = theme if theme in THEMES else ""
    tabs = [
        {"text": label, "url": f"?theme={key}" if key else "?", "current": key == theme}
        for key, label in THEMES.items()
    ]
    groups = [(title, [specimen(name, request) for name in names]) for title, names in GROUPS]
    wrong = {"refused-name": "", "refused-email": "zhang", "refused-channel": "cash"}
    refused = SampleForm(wrong, prefix="refused")
    context = {
        "theme": theme,
        "tabs": tabs,
        "groups": groups,
        "empty_form": SampleForm(),
        "refused_form": refused,
    }
    return render(request, "styleguide/styleguide.html", context)
