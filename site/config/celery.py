"""The Celery application; its broker and timetable come from the settings."""

from celery import Celery

app = Celery("aixin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
