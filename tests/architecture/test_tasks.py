"""The timetable and the promises are true of the workers as they really start."""

import ast

from django.conf import settings

from tests.architecture.sources import house


def test_every_scheduled_task_exists():
    from config.celery import app

    app.loader.import_default_modules()
    scheduled = {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled - set(app.tasks) == set()


def test_every_promised_task_exists():
    """Names in ``task_names`` modules are plain strings of registered tasks."""
    from config.celery import app

    app.loader.import_default_modules()
    promised = set()
    for source in house().product:
        if source.path.endswith("/task_names.py"):
            for node in source.tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    promised.add(node.value.value)
    assert promised, "no task name was found"
    assert promised - set(app.tasks) == set()
