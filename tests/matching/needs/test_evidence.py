"""Evidence: known by its bytes, stripped of place and camera, kept out of public reach."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from matching.exceptions import EvidenceRefusedError, RoleMissingError, TransitionRefusedError
from matching.models import Evidence
from matching.needs.evidence_files import MAX_BYTES, clean_file
from matching.needs.services.evidence import evidence_add
from matching.states import NeedStatus, Role
from tests.factories.flow import drafted, make_team, need_at, picture
from tests.factories.matching import make_person

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def encoded(kind: str, image: Image.Image | None = None, **save) -> bytes:
    out = io.BytesIO()
    (image or Image.new("RGB", (40, 20), "teal")).save(out, kind, **save)
    return out.getvalue()


def gps_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: to be turned by a quarter
    exif[0x010F] = "TestCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (27.0, 26.0, 30.0), 3: "E", 4: (104.0, 52.0, 0.0)})
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_the_place_and_the_camera_are_gone_and_the_picture_stands_upright(kind):
    data = encoded(kind, exif=gps_exif())
    assert b"TestCam" in data

    clean = clean_file(upload(f"a.{'jpg' if kind == 'JPEG' else kind.lower()}", data))

    image = Image.open(io.BytesIO(clean.data))
    assert dict(image.getexif()) == {}
    assert b"TestCam" not in clean.data
    assert image.size == (20, 40)
    assert image.format == kind


def test_png_text_xmp_and_profile_chunks_are_gone():
    info = PngInfo()
    info.add_text("Author", "Zhang Jianguo")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>104.87E</x:xmpmeta>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded("PNG", pnginfo=info, icc_profile=profile)

    clean = clean_file(upload("a.png", data))

    image = Image.open(io.BytesIO(clean.data))
    image.load()
    assert image.info == {}
    assert b"Jianguo" not in clean.data
    assert b"xmpmeta" not in clean.data


def test_colours_survive_the_loss_of_their_profile():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded("PNG", Image.new("RGBA", (4, 4), (10, 200, 30, 128)), icc_profile=srgb)

    clean = clean_file(upload("a.png", data))

    assert Image.open(io.BytesIO(clean.data)).getpixel((1, 1)) == (10, 200, 30, 128)


def test_what_hides_behind_a_picture_is_gone():
    data = encoded("JPEG") + b"PK\x03\x04<script>alert(1)</script>"

    clean = clean_file(upload("a.jpg", data))

    assert b"script" not in clean.data
    assert b"PK\x03\x04" not in clean.data


def test_a_large_picture_shrinks_to_4096():
    clean = clean_file(upload("a.jpg", encoded("JPEG", Image.new("L", (6000, 3000)))))

    assert Image.open(io.BytesIO(clean.data)).size == (4096, 2048)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims any number of pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "只接受"),
        ("a.jpg", b"<html><script>alert(1)</script></html>", "只接受"),
        ("a.gif", encoded("GIF"), "只接受"),
        ("a.heic", b"\0\0\0\x18ftypheic", "只接受"),
        ("a.png", encoded("JPEG"), "后缀与内容不符"),
        ("a.html", encoded("PNG"), "后缀与内容不符"),
        ("a.pdf.exe", PDF, "后缀与内容不符"),
        ("a", encoded("JPEG"), "后缀与内容不符"),
        ("a.jpg", b"", "文件是空的"),
        ("a.jpg", encoded("JPEG")[:80], "无法读取"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "无法读取"),
        ("a.png", bomb(10_000, 10_000), "像素过多"),
        ("a.png", bomb(60_000, 60_000), "像素过多"),
        ("a.png", bomb(8000, 5001), "像素过多"),
        ("a.pdf", b"%PDF-1.4 cut off", "不完整"),
        ("a.jpg", encoded("JPEG") + b"\0" * MAX_BYTES, "超过 8 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_plain_picture_or_pdf_is_refused(name, data, sentence):
    with pytest.raises(EvidenceRefusedError, match=sentence) as refusal:
        clean_file(upload(name, data))
    assert refusal.value.status_code == 400


@pytest.mark.django_db
def test_a_file_is_kept_outside_media_under_a_name_that_says_nothing(client):
    team = make_team()
    need = drafted(team)

    kept = evidence_add(
        need_id=need.pk, actor=team.officer, upload=upload("张建国.pdf", PDF), caption=" 证明 "
    )

    stored = Path(kept.file.path)
    assert stored.read_bytes() == PDF
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (kept.size, kept.content_type, kept.caption) == (len(PDF), "application/pdf", "证明")
    assert "张" not in kept.file.name
    assert not stored.is_relative_to(Path(settings.MEDIA_ROOT))
    assert client.get(f"/media/{kept.file.name}").status_code == 404


@pytest.mark.django_db
def test_the_same_file_is_kept_once():
    team = make_team()
    need = drafted(team)

    again = evidence_add(need_id=need.pk, actor=team.officer, upload=picture())

    assert Evidence.objects.get() == again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "purpose", "who", "error"),
    [
        (NeedStatus.DRAFT, "need", "village_reviewer", RoleMissingError),
        (NeedStatus.DRAFT, "visit", "village_reviewer", TransitionRefusedError),
        (NeedStatus.FILED, "need", "officer", TransitionRefusedError),
        (NeedStatus.FILED, "visit", "officer", RoleMissingError),
        (NeedStatus.FILED, "delivery", "officer", TransitionRefusedError),
        (NeedStatus.PUBLISHED, "delivery", "county_approver", RoleMissingError),
    ],
)
def test_evidence_is_added_by_the_right_person_at_the_right_time(status, purpose, who, error):
    team = make_team()
    need = need_at(team, status)

    with pytest.raises(error):
        evidence_add(
            need_id=need.pk,
            actor=getattr(team, who),
            upload=picture(quality=10),
            purpose=purpose,
        )

    assert Evidence.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind():
    team = make_team()
    need = drafted(team)
    elsewhere = make_person(Role.VILLAGE_OFFICER, team.tree.far_village.region)
    before = sorted(Path(settings.EVIDENCE_ROOT).rglob("*"))

    with pytest.raises(EvidenceRefusedError):
        evidence_add(need_id=need.pk, actor=team.officer, upload=upload("a.svg", b"<svg/>"))
    with pytest.raises(RoleMissingError):
        evidence_add(need_id=need.pk, actor=elsewhere, upload=picture(quality=10))

    assert Evidence.objects.count() == 1
    assert sorted(Path(settings.EVIDENCE_ROOT).rglob("*")) == before
