"""Template tags: amounts, links in two languages, figures for drawing, form errors."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template import Context, RequestContext, Template
from django.urls import path
from django.utils import translation

from core.money import Money
from core.templatetags import figures
from core.templatetags.form_errors import error_links

pytestmark = pytest.mark.urls(__name__)


def _page(request, code=""):
    return HttpResponse(code)


urlpatterns = [
    path("healthz", _page),
    *i18n_patterns(
        path("needs/", _page, name="needs"),
        path("needs/<code>/", _page, name="need"),
        prefix_default_language=False,
    ),
]


def _render(source, request=None, **values):
    context = RequestContext(request, values) if request else Context(values)
    return Template(source).render(context)


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (123_450, "CNY", "¥1,234.50"),
        (2_000_000, "CNY", "¥20,000"),
        (5, "CNY", "¥0.05"),
        (0, "CNY", "¥0"),
        (-5_000, "CNY", "−¥50"),
        (1_500, "JPY", "¥1,500"),
        (1_234_500, "USD", "$12,345"),
    ],
)
def test_minor_units_are_shown_as_an_amount(minor, currency, shown):
    source = "{% load money %}{{ minor|money:currency }}"

    assert _render(source, minor=minor, currency=currency) == shown


def test_a_money_value_brings_its_own_currency():
    assert _render("{% load money %}{{ m|money }}", m=Money(990, "USD")) == "$9.90"


def test_a_missing_amount_shows_nothing():
    assert _render("{% load money %}[{{ none|money }}{{ gone|decimal_amount }}]", none=None) == "[]"


def test_the_money_component_carries_the_machine_readable_amount():
    html = _render('{% include "components/money.html" with minor=123450 only %}')

    assert html.strip() == '<data class="money" value="1234.50">¥1,234.50</data>'


@pytest.mark.parametrize(("language", "link"), [("zh-hans", "/needs/"), ("en", "/en/needs/")])
def test_a_public_path_follows_the_language_of_the_page(language, link):
    with translation.override(language):
        assert _render('{% load i18n_links %}{% local_path "/needs/" %}') == link


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_the_html_language_is_a_proper_tag(language, tag):
    with translation.override(language):
        assert _render("{% load i18n_links %}{% html_lang %}") == tag


LINKS = (
    "{% load i18n_links %}{% language_links as links %}"
    "{% for l in links %}{{ l.code }} {{ l.url|safe }} {{ l.current }};{% endfor %}"
)


def test_the_switch_leads_to_the_same_page_with_its_query(rf):
    request = rf.get("/needs/N-1/?q=%E6%B0%B4&page=2")

    with translation.override("zh-hans"):
        shown = _render(LINKS, request)

    query = "?q=%E6%B0%B4&page=2"
    assert shown == f"zh-Hans /needs/N-1/{query} True;en /en/needs/N-1/{query} False;"


def test_the_switch_leads_back_to_chinese(rf):
    with translation.override("en"):
        shown = _render(LINKS, rf.get("/en/needs/"))

    assert shown == "zh-Hans /needs/ False;en /en/needs/ True;"


def test_the_switch_on_an_unknown_address_leads_home(rf):
    with translation.override("zh-hans"):
        shown = _render(LINKS, rf.get("/nowhere/"))

    assert shown == "zh-Hans /nowhere/ True;en /en/ False;"


def test_the_switch_never_leaves_the_site(rf):
    with translation.override("zh-hans"):
        shown = _render(LINKS, rf.get("//elsewhere.example.com/needs/"))

    assert "//elsewhere" not in shown


def test_the_switch_is_empty_without_a_request():
    assert _render(LINKS) == ""


ALTERNATES = (
    "{% load i18n_links %}{% page_alternates as pairs %}"
    "{% for code, href in pairs %}{{ code }} {{ href }};{% endfor %}"
)


def test_alternates_are_absolute_and_carry_no_query(rf, settings):
    settings.PUBLIC_BASE_URL = "https://example.org"

    with translation.override("zh-hans"):
        shown = _render(ALTERNATES, rf.get("/needs/?page=3"))

    assert shown == "zh-Hans https://example.org/needs/;en https://example.org/en/needs/;"


def test_a_page_in_one_language_only_has_no_alternates(rf):
    with translation.override("zh-hans"):
        assert _render(ALTERNATES, rf.get("/healthz")) == ""


@pytest.mark.parametrize(
    ("arrived", "reserved", "target", "expected"),
    [
        (1_234_000, 320_000, 2_000_000, figures.Shares(61.7, 16.0, 77.7, 61)),
        (199_999, 0, 200_000, figures.Shares(100.0, 0.0, 100.0, 99)),
        (300, 100, 200, figures.Shares(100.0, 0.0, 100.0, 100)),
        (100, 300, 200, figures.Shares(50.0, 50.0, 100.0, 50)),
        (0, 0, 0, figures.Shares(0.0, 0.0, 0.0, 0)),
        (10, None, 100, figures.Shares(10.0, 0.0, 10.0, 10)),
    ],
)
def test_shares_never_pass_the_target(arrived, reserved, target, expected):
    assert figures.shares(arrived, reserved, target) == expected


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (6, 42, [1, "…", 5, 6, 7, "…", 42]),
        (42, 42, [1, "…", 41, 42]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_page_numbers_show_ends_and_neighbours(page, pages, numbers):
    assert figures.page_numbers(page, pages) == numbers


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([], ""),
        ([5], "2.0,2.0"),
        ([0, 0], "2.0,30.0 118.0,30.0"),
        ([0, 10, 5], "2.0,30.0 60.0,2.0 118.0,16.0"),
    ],
)
def test_a_sparkline_stands_on_zero(values, points):
    assert figures.sparkline_points(values) == points


def test_bars_are_drawn_against_the_widest():
    rows = [{"value": 50}, {"value": 200}]

    top = figures.widest(rows)

    assert [figures.percent_of(row["value"], top) for row in rows] == [25.0, 100.0]
    assert figures.widest([]) == 1
    assert figures.percent_of(0, figures.widest([{"value": 0}])) == 0.0


def test_table_rows_know_their_columns():
    columns = [{"label": "日期"}, {"label": "金额", "numeric": True}]

    rows = figures.labelled_rows(columns, [["10-17", {"text": "¥1", "url": "/e/1"}]])

    assert rows == [
        [
            {"text": "10-17", "label": "日期", "numeric": False},
            {"text": "¥1", "url": "/e/1", "label": "金额", "numeric": True},
        ]
    ]
    with pytest.raises(ValueError, match="shorter"):
        figures.labelled_rows(columns, [["10-17"]])


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=5, seconds=59), "5 分钟前"),
        (timedelta(hours=23, minutes=59), "23 小时前"),
        (timedelta(days=12, hours=3), "12 天前"),
    ],
)
@time_machine.travel(datetime(2026, 10, 17, 4, 0, tzinfo=UTC), tick=False)
def test_age_is_told_in_the_largest_whole_unit(age, words):
    with translation.override("zh-hans"):
        assert figures.ago(datetime(2026, 10, 17, 4, 0, tzinfo=UTC) - age) == words


@time_machine.travel(datetime(2026, 10, 16, 17, 0, tzinfo=UTC), tick=False)
def test_the_age_of_a_day_counts_by_the_programmes_calendar():
    with translation.override("zh-hans"):
        assert figures.ago(date(2026, 10, 17)) == "今天"
        assert figures.ago(date(2026, 10, 5)) == "12 天前"
    assert figures.ago(None) == ""


class _Gift(forms.Form):
    email = forms.EmailField(label="邮箱", help_text="收据寄到这里。")
    channel = forms.ChoiceField(label="方式", choices=[("a", "甲")], widget=forms.RadioSelect)
    token = forms.CharField(label="凭据", widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("这项需求刚刚筹满。")


def test_the_error_summary_leads_to_the_first_control_of_each_field():
    form = _Gift({"email": "zhang"})

    with translation.override("zh-hans"):
        links = error_links(form)

    assert [(link.text.partition("：")[0], link.href) for link in links] == [
        ("这项需求刚刚筹满。", ""),
        ("凭据", ""),
        ("邮箱", "#id_email"),
        ("方式", "#id_channel_0"),
    ]


def test_a_refused_form_keeps_what_was_typed_and_ties_errors_to_the_field():
    html = _Gift({"email": "zhang<b>"}).render()

    assert 'value="zhang&lt;b&gt;"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert '<legend class="field__label">方式' in html
    assert html.count('role="alert"') == 1


def test_an_unbound_form_shows_no_error_summary():
    html = _Gift().render()

    assert 'role="alert"' not in html
    assert '<label class="field__label" for="id_email">邮箱</label>' in html


def test_a_day_is_shown_as_a_day_and_an_instant_with_its_hour():
    instant = datetime(2026, 10, 17, 1, 30, tzinfo=UTC)

    assert figures.moment(instant) == "2026-10-17 09:30"
    assert figures.moment(date(2026, 10, 17)) == "2026-10-17"
