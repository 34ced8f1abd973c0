"""``aixin seed_demo``: fill an empty database with the demo county."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.models import User
from demo.seed import marker
from demo.seed.county import SEED, county_seed
from demo.seed.plan import Plan


class Command(BaseCommand):
    """Tell five months of an invented county through the real services."""

    help = __doc__
    # A caller's own way of telling how far it got.
    stealth_options = ("progress",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare scale and seed."""
        parser.add_argument("--scale", type=int, default=1, help="10: ten times the data")
        parser.add_argument("--seed", type=int, default=SEED, help="another seed, another county")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed once; refuse where there is anything else."""
        if settings.AIXIN_ENV == "production":
            raise CommandError("The demo county is invented; AIXIN_ENV=production forbids it.")
        if not 1 <= options["scale"] <= 100:
            raise CommandError("--scale must be a whole number from 1 to 100.")
        if marker.whole_scale() is not None:
            self.stdout.write("The demo county is here already.")
            return
        if marker.is_broken() or User.objects.exists():
            raise CommandError(
                "This database is not empty: it holds other data or an interrupted seeding. "
                "Name an empty one in DATABASE_URL, or another folder in VAR_DIR."
            )
        county_seed(
            plan=Plan.for_scale(options["scale"]),
            seed=options["seed"],
            progress=options.get("progress") or self.stdout.write,
        )
