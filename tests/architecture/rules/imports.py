"""Who may import what, where import-linter cannot see it: by name, by string, by model."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House, Source

# Packages with one home, and the folders that are that home.
AT_HOME = {
    "stripe": ("donations/provider/gateways/",),
    "elasticsearch": ("search/backends/", "search/index/"),
    "elasticsearch_dsl": (),
    "celery": (
        "site/config/__init__.py",
        "site/config/celery.py",
        "site/core/dispatch.py",
        *(f"{folder}/**/tasks.py" for folder in ("site/core", "matching", "donations", "cms")),
        "search/**/tasks.py",
    ),
}
# Of the tests alone; a production install does not even have most of them.
TESTS_ONLY = {"tests", "conftest", "pytest", "factory", "hypothesis", "time_machine", "playwright"}
IMPORTERS = {
    "import_module",
    "__import__",
    "import_string",
    "resolve_name",
    "find_spec",
    "run_module",
}
IDENTITY = re.compile(r"HouseholdIdentity|householdidentity|(?:^|__)identity(?:__|$)", re.ASCII)
REGISTRY = ("matching/registry/", "matching/models/", "matching/migrations/")


def brought_in(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, also of those that name a string."""
    for line, _local, target in source.imports:
        yield line, target
    for call in source.of(ast.Call):
        if source.target(call.func).rpartition(".")[2] in IMPORTERS and call.args:
            yield call.lineno, _beginning(call.args[0])
    for index in source.of(ast.Subscript):
        if source.target(index.value) == "sys.modules":
            yield index.lineno, _beginning(index.slice)


def _beginning(name: ast.expr) -> str:
    """The written beginning of a string; a name that is not written out gives a question mark."""
    if isinstance(name, ast.JoinedStr) and name.values:
        name = name.values[0]
    if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value:
        return name.value
    return "?"


def _is_home(path: str, places: tuple[str, ...]) -> bool:
    patterns = [re.escape(place).replace(r"\*\*/", "(?:.*/)?") for place in places]
    return any(re.match(pattern, path) for pattern in patterns)


@rule()
def sdk_at_home(house: House) -> Iterator[Finding]:
    """A foreign system's package is imported in its one home alone."""
    for source in house.with_migrations:
        for line, target in brought_in(source):
            root = target.partition(".")[0]
            if root in AT_HOME and not _is_home(source.path, AT_HOME[root]):
                yield Finding(source.path, f"line {line} imports {root}")


@rule(
    excepted={
        "donations/provider/gateways/__init__.py": "the settings name the gateway",
        "site/core/messages/channels.py": "the settings name a message's channels",
        "site/demo/texts/needs/__init__.py": "the categories name the modules of their texts",
    }
)
def import_by_variable(house: House) -> Iterator[Finding]:
    """What is imported is written out, so that the other rules can read it."""
    for source in house.product:
        for line, target in brought_in(source):
            if target == "?":
                yield Finding(source.path, f"line {line} imports what a variable names")


@rule()
def product_without_tests(house: House) -> Iterator[Finding]:
    """The product imports neither its tests nor what only they have."""
    for source in house.with_migrations:
        for line, target in brought_in(source):
            if target.partition(".")[0] in TESTS_ONLY:
                yield Finding(source.path, f"line {line} imports {target}")


@rule(
    excepted={
        "*:cms.story.publish_refused": "what the audit trail calls an act",
        "*:cms.demo_seed.*": "what the demo signs its marker with",
    }
)
def dotted_names_exist(house: House) -> Iterator[Finding]:
    """A module named in a string is there, and so is what it is asked for."""
    apps = sorted({module.partition(".")[0] for module in house.modules} - {"manage"})
    # Two words alone may be a model, a permission, a task or a kind of audit entry.
    pattern = re.compile(rf"(?:{'|'.join(apps)})(?:(?:\.\w+){{2,}}(?::\w+)?|\.\w+:\w+)", re.ASCII)
    for source in house.with_migrations:
        for text in source.of(ast.Constant):
            if not isinstance(text.value, str) or not pattern.fullmatch(text.value.rstrip(".")):
                continue
            if not _is_there(house, text.value.rstrip(".").replace(":", ".")):
                yield Finding(f"{source.path}:{text.value}", "names what is not there")


def _is_there(house: House, dotted: str) -> bool:
    """Whether a dotted name is a module, or something that its module defines."""
    module, rest = dotted, ""
    while module and module not in house.modules:
        module, _dot, rest = module.rpartition(".")
    return not rest or rest in defined(house.modules[module])


def defined(source: Source) -> set[str]:
    """Return the names that a module has at its top level."""
    found = {local for _line, local, _target in source.imports}
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {name.id for target in targets for name in ast.walk(target)
                      if isinstance(name, ast.Name)}  # fmt: skip
    return found


@rule()
def identity_in_the_registry(house: House) -> Iterator[Finding]:
    """Who a household is, is read by the registry alone; others ask its functions."""
    for source in house.with_migrations:
        if not source.path.startswith(REGISTRY):
            for line, named in _identity_named(source):
                yield Finding(source.path, f"line {line} names {named[:60]}")


def _identity_named(source: Source) -> Iterator[tuple[int, str]]:
    for line, _local, target in source.imports:
        if "HouseholdIdentity" in target:
            yield line, target
    for node in source.of(ast.Attribute):
        ours = source.target(node).startswith("matching.registry.identity")
        if node.attr in {"identity", "HouseholdIdentity"} and not ours:
            yield node.lineno, f".{node.attr}"
    for text in source.of(ast.Constant):
        if isinstance(text.value, str) and IDENTITY.search(text.value):
            yield text.lineno, text.value
    for keyword in source.of(ast.keyword):
        if keyword.arg and "identity__" in keyword.arg:
            yield keyword.value.lineno, keyword.arg


@rule()
def no_room_shows_another_rooms_pages(house: House) -> Iterator[Finding]:
    """Views are imported by their own room and by an app's addresses alone."""
    for source in house.product:
        for line, target in brought_in(source):
            parts = target.split(".")
            if parts[0] not in {"donations", "matching", "search", "cms"} or "views" not in parts:
                continue
            room = ".".join(parts[: parts.index("views")])
            addresses = re.fullmatch(r"\w+\.urls\w*", source.module)
            if not addresses and not f"{source.module}.".startswith(f"{room}."):
                yield Finding(source.path, f"line {line} imports {target}")
