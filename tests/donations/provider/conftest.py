"""What gifts are given to."""

import pytest

from tests.factories.matching import CampaignFactory, NeedFactory


@pytest.fixture
def need(db):
    """Return a published need of ¥1,000 in an open campaign."""
    return NeedFactory(published=True, campaign=CampaignFactory())
