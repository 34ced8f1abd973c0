"""Make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.rebuild import RebuildRunningError, rebuild


class Command(BaseCommand):
    """``aixin search_rebuild``: safe at any time; readers notice nothing."""

    help = "Rebuild the search index from the needs; the old one is read until the new is complete."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rebuild, telling how far it is."""
        try:
            found = rebuild(tell=self.stdout.write)
        except RebuildRunningError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{found} needs can be found."))
