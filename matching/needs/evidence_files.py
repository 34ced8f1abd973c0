"""Making an uploaded file safe to keep: by its bytes, never by its name."""

import io
import warnings
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from matching.exceptions import EvidenceRefusedError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 4096
# Format: (content type, extension kept, extensions taken).
KINDS = {
    "JPEG": ("image/jpeg", "jpg", ("jpg", "jpeg")),
    "PNG": ("image/png", "png", ("png",)),
    "WEBP": ("image/webp", "webp", ("webp",)),
    "PDF": ("application/pdf", "pdf", ("pdf",)),
}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """Bytes fit to keep."""

    data: bytes
    content_type: str
    extension: str


def clean_file(upload: UploadedFile) -> CleanFile:
    """Return the file re-encoded without metadata; a PDF is kept as it is.

    Raises:
        EvidenceRefusedError: over 8 MB, of no accepted kind, named as another kind,
            over 40 megapixels, or unreadable.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise EvidenceRefusedError(_("文件超过 8 MB。请压缩或重新拍摄后再上传。"))
    data = upload.read(MAX_BYTES + 1)
    if not data:
        raise EvidenceRefusedError(_("文件是空的。请重新选择文件。"))
    if len(data) > MAX_BYTES:
        raise EvidenceRefusedError(_("文件超过 8 MB。请压缩或重新拍摄后再上传。"))
    kind = _kind(data)
    content_type, extension, taken = KINDS[kind]
    if (upload.name or "").rpartition(".")[2].lower() not in taken:
        raise EvidenceRefusedError(
            _("文件名的后缀与内容不符，内容是 %(kind)s。请上传原始文件。") % {"kind": kind}
        )
    if kind == "PDF":
        _check_pdf(data)
        return CleanFile(data, content_type, extension)
    return CleanFile(_reencode(data, kind), content_type, extension)


def _kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith(b"%PDF-"):
        return "PDF"
    raise EvidenceRefusedError(_("只接受 JPG、PNG、WebP 图片或 PDF 文件。"))


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise EvidenceRefusedError(_("这份 PDF 不完整，无法读取。请重新导出后上传。"))


def _reencode(data: bytes, kind: str) -> bytes:
    try:
        # A quarter of a gigabyte of pixels can hide in a kilobyte: size first, pixels later.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                _check_pixels(image)
                image.draft(None, (MAX_SIDE, MAX_SIDE))
                return _encode(_upright(image), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise EvidenceRefusedError(_too_many_pixels()) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise EvidenceRefusedError(_("图片无法读取，可能已损坏。请重新拍摄或导出。")) from error


def _too_many_pixels() -> str:
    return _("图片的像素过多（超过 4000 万）。请缩小后再上传。")


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise EvidenceRefusedError(_too_many_pixels())


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture turned as it was held, in sRGB, at most 4096 pixels a side."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    alpha = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if alpha and image.format != "JPEG" else "RGB"
    picture = _in_srgb(upright, profile, mode) if profile else upright.convert(mode)
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    return picture


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Apply the colour profile before it is dropped; a broken one is ignored."""
    alpha = image.getchannel("A") if mode == "RGBA" and "A" in image.getbands() else None
    source = image if image.mode in {"RGB", "CMYK", "L"} else image.convert("RGB")
    try:
        converted = ImageCms.profileToProfile(
            source,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        converted = source.convert("RGB")
    if converted is None:  # only when told to work in place
        converted = source.convert("RGB")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted.convert(mode)


def _encode(picture: Image.Image, kind: str) -> bytes:
    """Write the pixels alone: a new image carries no EXIF, XMP, profile or text chunk."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG")
    else:
        bare.save(out, kind, quality=88)
    return out.getvalue()
