"""The Celery application; its broker and timetable come from the settings."""

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES.setdefault("folder", "core.folder_queue:Transport")

app = Celery("aixin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
