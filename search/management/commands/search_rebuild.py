"""Make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.index.rebuild import RebuildRunningError, rebuild


class Command(BaseCommand):
    """``aixin search_rebuild``: safe at any time; readers notice nothing."""

    help = "Rebuild the search index from the needs; the old one is read until the new is complete."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rebuild, telling how far it is."""
        tell = self.stdout.write if options["verbosity"] else lambda _line: None
        try:
            found = rebuild(tell=tell)
        except RebuildRunningError as error:
            raise CommandError(str(error)) from error
        tell(f"{found} needs can be found.")
