"""Acting on a form: once right it is done and told, otherwise its page comes back."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from core.exceptions import RefusedError
from core.pages import (
    as_error,
    attachment,
    confirmed,
    crumbs,
    error_links,
    facts,
    moment,
    options,
    or_404,
    see_other,
    submitted,
    tab,
    unlisted,
)


class Wish(forms.Form):
    """Something to ask for."""

    name = forms.CharField(label="名称")


class TakenError(RefusedError):
    """Somebody has it."""

    status_code = 409


@pytest.fixture
def request_():
    made = RequestFactory().post("/")
    made._messages = CookieStorage(made)
    return made


def told(request) -> list[str]:
    return [str(message) for message in get_messages(request)]


def page_of(form):
    def page(*, status, errors=()):
        lines = [line.text for line in errors] or [line.text for line in error_links(form)]
        return HttpResponse("|".join(lines), status=status)

    return page


def test_a_right_form_is_done_told_and_led_on(request_):
    form, done = Wish({"name": "课桌"}), []

    answer = submitted(
        request_,
        form,
        lambda name: done.append(name) or name,
        page=page_of(form),
        said=lambda made: f"{made} 已登记",
        url=lambda made: f"/{len(made)}/",
    )

    assert (done, answer.status_code, answer.url) == (["课桌"], 302, "/2/")
    assert told(request_) == ["课桌 已登记"]


def test_a_wrong_form_is_not_done_and_comes_back(request_):
    form, done = Wish({"name": ""}), []

    answer = submitted(request_, form, done.append, page=page_of(form), said="好", url="/")

    assert (done, answer.status_code, told(request_)) == ([], 400, [])
    assert answer.content.decode().startswith("名称：")


def test_all_that_is_wrong_beside_it_is_told_at_once(request_):
    form, beside = Wish({"name": ""}), Wish({"name": ""}, prefix="b")
    answer = submitted(
        request_, form, print, beside=[beside], page=page_of(form), said="好", url="/"
    )

    assert answer.status_code == 400
    assert len(error_links(form)) == len(error_links(beside)) == 1
    right = Wish({"name": "课桌"})
    half = submitted(
        request_, right, print, beside=[beside], page=page_of(right), said="好", url="/"
    )
    assert half.status_code == 400


def test_a_refusal_stands_above_the_form(request_):
    form = Wish({"name": "课桌"})

    def act(name):
        raise TakenError("已经有人登记了。")

    answer = submitted(request_, form, act, page=page_of(form), said="好", url="/")

    assert (answer.status_code, answer.content.decode()) == (409, "已经有人登记了。")
    assert told(request_) == []


def test_a_button_without_a_form_is_done_or_refused(request_):
    def refuse():
        raise TakenError("已经有人登记了。")

    form = Wish()
    again = confirmed(request_, refuse, page=page_of(form), said="好", url="/next/")
    assert (again.status_code, again.content.decode()) == (409, "已经有人登记了。")
    assert told(request_) == []
    done = confirmed(request_, lambda: None, page=page_of(form), said="好", url="/next/")
    assert (done.status_code, done.url, told(request_)) == (302, "/next/", ["好"])


def test_what_is_not_there_is_a_404():
    assert or_404(0) == 0
    with pytest.raises(Http404):
        or_404(None)


def test_answers_that_are_no_plain_page():
    assert (see_other("/pay/").status_code, see_other("/pay/").url) == (303, "/pay/")
    assert unlisted(HttpResponse())["X-Robots-Tag"] == "noindex, noarchive"
    assert attachment("a.csv") == {"Content-Disposition": 'attachment; filename="a.csv"'}


def test_what_components_are_filled_with():
    assert [line.text for line in as_error("不行。")] == ["不行。"]
    assert crumbs(("资金台", "/desk/money/"), ("X1", "")) == [
        {"text": "资金台", "url": "/desk/money/"},
        {"text": "X1", "url": ""},
    ]
    assert tab("物资", "?", current=True)["count"] is None
    assert [one["selected"] for one in options([("", "全部"), ("a", "甲")], "a")] == [False, True]
    assert moment(None) == ""
    assert facts([("状态", ""), ("说明", None), ("笔数", 0)]) == [{"term": "笔数", "value": 0}]
