"""Files with one fixed address, whatever the language."""

from io import BytesIO

import pytest
from PIL import Image


def test_the_icon_that_browsers_ask_for_is_there(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/x-icon"
    assert answer["Cache-Control"] == "max-age=60, public"
    with Image.open(BytesIO(b"".join(answer))) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_browser_that_has_the_icon_is_not_sent_it_again(client):
    first = client.get("/favicon.ico")
    first.close()

    again = client.get("/favicon.ico", headers={"If-Modified-Since": first["Last-Modified"]})

    assert (again.status_code, b"".join(again)) == (304, b"")


@pytest.mark.django_db
def test_it_has_no_address_in_another_language(client):
    assert client.get("/en/favicon.ico").status_code == 404
