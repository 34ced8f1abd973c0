"""Match funds with their slots."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core import clock
from matching.funds.engine.slots import opening
from matching.models import MatchFund, MatchFundSlot
from tests.factories.matching import OrganisationFactory


class MatchFundFactory(DjangoModelFactory):
    """An active fund of ¥1,000 that doubles every gift, its money laid into slots."""

    class Meta:
        model = MatchFund

    sponsor = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"测试配捐基金{n}")
    name_en = factory.Sequence(lambda n: f"Test match fund {n}")
    authorised_minor = 100_000
    opens_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        fund = super()._create(model_class, *args, **kwargs)
        MatchFundSlot.objects.bulk_create(
            MatchFundSlot(fund=fund, slot=slot, remaining_minor=minor)
            for slot, minor in enumerate(opening(fund.authorised_minor, fund.slot_count))
        )
        return fund
