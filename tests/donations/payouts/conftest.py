"""Pages are asked for in either language; every test starts in Chinese."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_chinese():
    """The test client leaves the last page's language behind."""
    with translation.override("zh-hans"):
        yield
