"""Tasks are thin: named, ids in, nothing out, one service called; and the timetable is true."""

import ast

from django.conf import settings

from tests.architecture.sources import modules, name, tree

TASK_LINES = 12
SCALARS = {"int", "str"}


def task_functions():
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and any(
                "shared_task" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield path, node


def test_tasks_live_in_task_modules():
    places = {name(path) for path, _ in task_functions()}
    assert places, "no task was found"
    assert {place for place in places if "tasks" not in place} == set()


def test_tasks_take_ids_and_return_nothing():
    for path, node in task_functions():
        where = f"{name(path)}:{node.name}"
        assert node.returns is not None, where
        assert ast.unparse(node.returns) == "None", where
        for argument in [*node.args.args, *node.args.kwonlyargs]:
            assert argument.annotation is not None, where
            assert ast.unparse(argument.annotation) in SCALARS, where


def test_tasks_are_thin():
    thick = {
        f"{name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path, node in task_functions()
        if node.end_lineno - node.lineno + 1 > TASK_LINES
    }
    assert thick == {}


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
    for path in modules():
        if path.stem == "task_names":
            for node in tree(path).body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    promised.add(node.value.value)
    assert promised, "no task name was found"
    assert promised - set(app.tasks) == set()
