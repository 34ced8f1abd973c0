"""One yuan, all the way: from a filed need to a verified chain, by people in browsers."""

import pytest

from tests.journeys import one_yuan
from tests.journeys.browser import chromium
from tests.journeys.stack import bare_environment, full_stack, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def walk(environment: dict[str, str]) -> None:
    with running(environment) as site, chromium() as browser:
        journey = one_yuan.Journey(site, browser)
        one_yuan.file_need(journey)
        one_yuan.verify(journey)
        one_yuan.publicise(journey)
        one_yuan.publish(journey)
        assert journey.watch.console == []
        assert journey.watch.abroad == []


def test_one_yuan_on_the_embedded_default(tmp_path):
    walk(bare_environment(tmp_path))


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.elasticsearch
def test_one_yuan_on_the_full_stack(tmp_path):
    with full_stack(tmp_path) as environment:
        walk(environment)
