"""A small demo county, told once for a module of tests."""

import pytest
from django.db import connections

from demo.seed.county import county_seed
from demo.seed.plan import Plan
from tests import databases


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """Tell the tiny county up to this moment; a fresh database follows the module."""
    told: list[str] = []
    with django_db_blocker.unblock():
        world = county_seed(plan=Plan.tiny(), progress=told.append)
        connections.close_all()
        yield world
        connections.close_all()
        databases.restore()
