"""The Celery application; its broker and timetable come from the settings."""

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES.setdefault("folder", "core.folder_queue:Transport")

# Every package that has a `tasks` module; a test compares this with the tree.
WITH_TASKS = (
    "core",
    "matching.needs",
    "matching.funds",
    "donations.books",
    "donations.payouts",
    "donations.provider",
    "donations.receipts",
    "donations.reports",
    "donations.tallies",
    "cms.stories",
    "search.index",
)

app = Celery("aixin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(WITH_TASKS)
