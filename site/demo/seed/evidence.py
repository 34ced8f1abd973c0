"""Drawn pictures in the place of photographs: what officers and deliverers upload."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from demo import pictures

SIZE = (480, 320)
VARIANTS = 3


def upload(scene: str, number: int) -> SimpleUploadedFile:
    """Return a small drawing as it would arrive from a form."""
    drawn = _drawn(scene, number % VARIANTS)
    return SimpleUploadedFile(drawn.name, drawn.content, content_type="image/jpeg")


@cache
def _drawn(scene: str, seed: int) -> pictures.Picture:
    return pictures.draw(scene, seed=seed, size=SIZE)
