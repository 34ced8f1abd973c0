"""Settings of the servers that B6 measures: the site as it is, or one plain view beside it."""

import os

from config.settings.test import *  # noqa: F403 settings are made of names
from config.settings.test import DATABASES

# As in production: a connection is kept, templates are held (DEBUG is off).
DATABASES["default"]["CONN_MAX_AGE"] = 60
if os.environ.get("B6_PLAIN"):
    ROOT_URLCONF = "tests.benchmarks.b6_work"
    MIDDLEWARE: list[str] = []
