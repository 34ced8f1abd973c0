"""Every test begins in the site's own language; a page read in English leaves its own behind."""

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_chinese():
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)
