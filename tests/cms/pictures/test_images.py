"""No place where a picture was taken leaves this server, and no picture outlives a consent."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from cms.models import StoryImage
from core import clock
from matching.states import ConsentScope
from tests.factories.cms import StoryImageFactory, make_editor, picture, shown_story

pytestmark = pytest.mark.django_db

GPS_TAG, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>27.26 N 104.52 E</x:xmpmeta>"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(size=(300, 200), orientation=1) -> bytes:
    """A JPEG that says where it was taken, red on the left and blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = image.getexif()
    exif[MAKE] = "TestCam"
    exif[ORIENTATION] = orientation
    gps = exif.get_ifd(GPS_TAG)
    gps[1], gps[2] = "N", (27.0, 26.0, 30.0)
    gps[3], gps[4] = "E", (104.0, 52.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, xmp=XMP, comment=b"at home")
    return buffer.getvalue()


def facts_of(file) -> tuple[dict, dict, dict]:
    with file.open("rb"), Image.open(file) as image:
        exif = image.getexif()
        extra = {key: image.info[key] for key in ("exif", "xmp", "comment") if key in image.info}
        return dict(exif), dict(exif.get_ifd(GPS_TAG)), extra


def fetch(client, url: str):
    """The answer, read to its end as a browser would."""
    answer = client.get(url)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer


def upload(content: bytes, name: str = "home.jpg") -> StoryImage:
    return StoryImage.objects.create(title="家", file=ContentFile(content, name=name))


def test_the_test_photo_does_say_where_it_was_taken():
    with Image.open(io.BytesIO(photo())) as image:
        assert image.getexif().get_ifd(GPS_TAG)[2] == (27.0, 26.0, 30.0)
        assert b"104.52" in image.info["xmp"]


@pytest.mark.parametrize("spec", ["original", "width-120|format-jpeg", "width-120|format-webp"])
def test_neither_original_nor_renditions_say_where(spec):
    image = upload(photo())

    assert facts_of(image.file) == ({}, {}, {})
    assert facts_of(image.get_rendition(spec).file) == ({}, {}, {})
    with image.file.open("rb") as stored:
        assert b"TestCam" not in stored.read()


def test_the_admins_upload_form_strips_too(client):
    client.force_login(make_editor())
    given = SimpleUploadedFile("home.jpg", photo(), content_type="image/jpeg")

    answer = client.post(
        "/admin/images/add/", {"title": "家", "file": given, "alt_zh": "院子", "collection": 1}
    )

    assert answer.status_code == 302
    image = StoryImage.objects.get()
    assert facts_of(image.file) == ({}, {}, {})
    assert image.file_size == image.file.size
    assert image.file_hash


def test_a_photo_taken_sideways_is_stored_upright():
    image = upload(photo(size=(300, 200), orientation=6))

    assert (image.width, image.height) == (200, 300)
    with image.file.open("rb"), Image.open(image.file) as stored:
        red = stored.getpixel((100, 20))
        assert red[0] > 200
        assert red[2] < 60


def test_a_huge_picture_is_capped():
    image = upload(photo(size=(5000, 1000)))

    assert (image.width, image.height) == (4096, 819)


def test_png_keeps_its_transparency_and_loses_its_text():
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", "27.26,104.52")
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 90, 40, 128)).save(buffer, "PNG", pnginfo=text)

    image = upload(buffer.getvalue(), "mark.png")

    with image.file.open("rb"), Image.open(image.file) as stored:
        assert stored.mode == "RGBA"
        assert stored.getpixel((5, 5)) == (0, 90, 40, 128)
        assert "Location" not in stored.info
    assert image.file.name.endswith(".png")


def test_saving_again_does_not_encode_again():
    image = upload(photo())
    before = image.file_hash

    image.title = "另一个标题"
    image.save()

    assert StoryImage.objects.get().file_hash == before


def test_a_picture_is_served_and_forgotten_within_a_minute(client):
    image = StoryImageFactory()

    answer = fetch(client, image.file.url)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize("place", ["cover", "body"])
def test_a_withdrawn_consent_takes_pictures_offline(client, place):
    image = StoryImageFactory()
    used = (
        {"cover": image}
        if place == "cover"
        else {"body": [("image", {"image": image, "alt": "院子", "caption": ""})]}
    )
    story = shown_story(**used)
    rendition = image.get_rendition("width-40|format-webp")
    for url in (image.file.url, rendition.url):
        assert fetch(client, url).status_code == 200

    story.need.household.consents.filter(scope=ConsentScope.PUBLISH_STORY).update(
        withdrawn_at=clock.now()
    )

    assert client.get(image.file.url).status_code == 404
    assert client.get(rendition.url).status_code == 404
    client.force_login(make_editor())
    seen = fetch(client, rendition.url)
    assert seen.status_code == 200
    assert seen["Cache-Control"] == "private, no-store"


def withdraw(story) -> None:
    story.need.household.consents.filter(scope=ConsentScope.PUBLISH_STORY).update(
        withdrawn_at=clock.now()
    )


def test_a_shared_photograph_goes_offline_with_the_first_household_that_withdraws(client):
    image = StoryImageFactory()
    first, second = shown_story(cover=image), shown_story(cover=image)

    withdraw(second)

    assert client.get(image.file.url).status_code == 404
    assert client.get(image.get_rendition("width-40|format-webp").url).status_code == 404
    assert first.need.household.consents.in_force(ConsentScope.PUBLISH_STORY).exists()


def test_a_drawing_of_nobody_stays_where_others_show_it(client):
    image = StoryImageFactory(is_illustration=True)
    shown_story(cover=image)
    withdraw(shown_story(cover=image))

    answer = fetch(client, image.file.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=60"


def test_a_picture_counts_as_a_photograph_until_an_editor_says_otherwise(client):
    assert upload(photo()).is_illustration is False
    client.force_login(make_editor())
    given = SimpleUploadedFile("drawn.jpg", photo(), content_type="image/jpeg")
    form = {
        "title": "画",
        "file": given,
        "alt_zh": "梯田",
        "collection": 1,
        "is_illustration": "on",
    }
    assert client.post("/admin/images/add/", form).status_code == 302
    assert StoryImage.objects.latest("pk").is_illustration is True


def test_no_file_outside_the_folder_is_served(client):
    assert client.get("/media/../manage.py").status_code == 400
    assert client.get("/media/%2e%2e/manage.py").status_code == 400
    assert client.get("/media/nothing.jpg").status_code == 404


def test_a_cover_needs_alternative_text():
    story = shown_story(cover=StoryImageFactory(alt_zh="", file=picture()))

    with pytest.raises(Exception, match="还没有替代文字"):
        story.full_clean()
