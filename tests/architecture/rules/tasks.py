"""Tasks: thin, in their modules, promised by names that exist, through one door."""

import ast
from collections.abc import Iterator

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import FOLDERS, House, Source, functions

TASK_LINES = 12
SCALARS = {"int", "str"}
MAKERS = {"shared_task", "task", "periodic_task", "register_task", "Task"}
QUEUERS = {"delay", "apply_async", "delay_on_commit", "apply_async_on_commit", "send_task"}
CELERY = "site/config/celery.py"
DOOR = "site/core/dispatch.py"


def task_functions(house: House) -> Iterator[tuple[Source, ast.FunctionDef]]:
    """Yield every function that is a task."""
    for source in house.product:
        for node in functions(source):
            if any(_makes_a_task(source, decorator) for decorator in node.decorator_list):
                yield source, node


def _makes_a_task(source: Source, node: ast.expr) -> bool:
    function = node.func if isinstance(node, ast.Call) else node
    target = source.target(function)
    return target.rpartition(".")[2] in MAKERS


@rule()
def tasks_in_task_modules(house: House) -> Iterator[Finding]:
    """A task stands in a module called `tasks`."""
    for source in house.with_migrations:
        if source.path.endswith("/tasks.py"):
            continue
        for node in functions(source):
            if any(_makes_a_task(source, decorator) for decorator in node.decorator_list):
                yield Finding(source.path, f"line {node.lineno} makes the task {node.name}")
        for call in source.of(ast.Call):
            if source.target(call.func).startswith(("celery.", "config.celery")) and (
                _makes_a_task(source, call)
            ):
                yield Finding(source.path, f"line {call.lineno} makes a task")
        for node in source.of(ast.ClassDef):
            if any(
                source.target(base) in {"celery.Task", "celery.app.task.Task"}
                for base in node.bases
            ):
                yield Finding(source.path, f"line {node.lineno} makes the task {node.name}")


@rule()
def tasks_are_thin(house: House) -> Iterator[Finding]:
    """A task takes ids, returns nothing and calls one service."""
    for source, node in task_functions(house):
        place = f"{source.path}:{node.name}"
        if node.returns is None or ast.unparse(node.returns) != "None":
            yield Finding(place, "returns something")
        for argument in [*node.args.args, *node.args.kwonlyargs]:
            if argument.annotation is None or ast.unparse(argument.annotation) not in SCALARS:
                yield Finding(place, f"takes {argument.arg}, which is no id")
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > TASK_LINES:
            yield Finding(place, f"has {lines} lines")


def made(house: House) -> set[str]:
    """Return the names of all tasks that are made, as they are queued."""
    names = set()
    for source, node in task_functions(house):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                for keyword in decorator.keywords:
                    if keyword.arg == "name":
                        names.add(value_of(house, source, keyword.value))
    return names - {None}


def value_of(house: House, source: Source, node: ast.expr) -> str | None:
    """Return the text behind a literal or a constant of a module; None if it is neither."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    module, _dot, name = source.target(node).rpartition(".")
    holder = house.modules.get(module) if module else source
    for statement in holder.tree.body if holder else ():
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Constant)
            and any(isinstance(one, ast.Name) and one.id == name for one in statement.targets)
        ):
            return str(statement.value.value)
    return None


@rule()
def promised_tasks_exist(house: House) -> Iterator[Finding]:
    """What is promised, named or scheduled is a task, and its name is in a `task_names`."""
    known = made(house)
    assert known, "no task was found"
    for source in house.with_migrations:
        for call in source.of(ast.Call):
            if source.target(call.func) != "core.dispatch.enqueue_on_commit":
                continue
            named = call.args[0] if call.args else ast.Constant("")
            name = value_of(house, source, named)
            if name not in known:
                yield Finding(source.path, f"line {call.lineno} promises {name or 'no known name'}")
            elif not source.target(named).partition(".")[2].startswith("task_names."):
                yield Finding(source.path, f"line {call.lineno} promises a name not in task_names")
    for path, name in [*_listed(house), *_scheduled(house)]:
        if name not in known:
            yield Finding(path, f"names {name}, which is no task")


def _listed(house: House) -> Iterator[tuple[str, str | None]]:
    for source in house.files(*FOLDERS, suffix="/task_names.py"):
        for statement in source.of(ast.Assign):
            yield source.path, value_of(house, source, statement.value)


def _scheduled(house: House) -> Iterator[tuple[str, str]]:
    for settings in house.files("site/config/settings", suffix=".py"):
        for node in settings.of(ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "task":
                    yield settings.path, ast.literal_eval(value)


@rule()
def one_door_to_the_queue(house: House) -> Iterator[Finding]:
    """Nothing is queued but by a promise in the outbox."""
    for source in house.with_migrations:
        if source.path == DOOR:
            continue
        for call in source.of(ast.Call):
            if isinstance(call.func, ast.Attribute) and call.func.attr in QUEUERS:
                yield Finding(source.path, f"line {call.lineno} queues with .{call.func.attr}")


@rule()
def celery_knows_every_tasks_module(house: House) -> Iterator[Finding]:
    """`config.celery.WITH_TASKS` is every package that has tasks."""
    there = {source.package for source, _node in task_functions(house)}
    told: set[str] = set()
    for node in house.sources[CELERY].of(ast.Assign):
        if ast.unparse(node.targets[0]) == "WITH_TASKS":
            told = set(ast.literal_eval(node.value))
    for package in sorted(there ^ told):
        state = "has tasks that no worker knows" if package in there else "has no tasks"
        yield Finding(CELERY, f"{package} {state}")
