"""The ``aixin`` command: Django's management entry with our settings chosen."""

import os
import sys


def choose_settings() -> None:
    """Point Django at the settings that ``AIXIN_ENV`` names, unless told otherwise."""
    name = os.environ.get("AIXIN_ENV") or "demo"
    if name not in {"demo", "test", "production"}:
        sys.stderr.write(
            f"aixin: the setting AIXIN_ENV is not usable: {name!r}; use demo, test or production.\n"
        )
        raise SystemExit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{name}")


def main() -> None:
    """Run a management command."""
    choose_settings()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
