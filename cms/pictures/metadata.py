"""Re-encoding of uploaded pictures, so that nothing but the picture is kept."""

import io
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE = 4096
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
OPTIONS: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 88, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
}
HAS_ALPHA = {"RGBA", "LA", "PA"}


def without_metadata(upload: File) -> ContentFile:
    """Return the picture alone: upright, at most 4096 px, in sRGB, without any metadata.

    JPEG, PNG and WebP stay what they are; anything else Pillow reads becomes JPEG. Only
    the first frame of an animation is kept.
    """
    upload.seek(0)
    with Image.open(upload) as source:
        kind = source.format if source.format in EXTENSIONS else "JPEG"
        picture = ImageOps.exif_transpose(source)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = _in_srgb(picture, alpha=kind != "JPEG")
    # A new image: ``info`` of the old one (EXIF, XMP, comments) does not come along.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    buffer = io.BytesIO()
    bare.save(buffer, kind, **OPTIONS[kind])
    stem = PurePosixPath(upload.name or "picture").stem
    return ContentFile(buffer.getvalue(), name=f"{stem}{EXTENSIONS[kind]}")


def _in_srgb(picture: Image.Image, *, alpha: bool) -> Image.Image:
    transparent = picture.mode in HAS_ALPHA or "transparency" in picture.info
    mode = "RGBA" if alpha and transparent else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except ImageCms.PyCMSError:
            return picture.convert(mode)
        return converted or picture.convert(mode)
    return picture.convert(mode)
