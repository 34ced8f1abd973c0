"""``aixin compile_translations``: make ``.mo`` files without gettext."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.translations import compile_catalogues


class Command(BaseCommand):
    """Compile the catalogues that changed."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and name each."""
        for folder in settings.LOCALE_PATHS:
            for path in compile_catalogues(folder):
                self.stdout.write(f"compiled {path.parent.parent.name}/{path.name}")
