"""One yuan, all the way: from a filed need to a verified chain, by people in browsers."""

import pytest

from tests.journeys import money_steps, one_yuan
from tests.journeys.browser import chromium
from tests.journeys.stack import embedded, full_stack, running

pytestmark = pytest.mark.browser


def walk(environment: dict[str, str], *, backend: str) -> None:
    with running(environment) as site, chromium() as browser:
        journey = one_yuan.Journey(site, browser)
        one_yuan.file_need(journey)
        one_yuan.verify(journey)
        one_yuan.publicise(journey)
        one_yuan.publish(journey)
        money_steps.find(journey, backend)
        money_steps.give(journey)
        money_steps.see_board(journey)
        money_steps.hold_receipt(journey)
        money_steps.pay_out(journey)
        money_steps.deliver(journey)
        money_steps.report(journey)
        money_steps.verify_chain(journey)
        assert journey.watch.console == []
        assert journey.watch.abroad == []


def test_one_yuan_on_the_embedded_default(tmp_path):
    walk(embedded(tmp_path), backend="由数据库应答")


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.elasticsearch
def test_one_yuan_on_the_full_stack(tmp_path):
    with full_stack(tmp_path) as environment:
        walk(environment, backend="由搜索引擎应答")
