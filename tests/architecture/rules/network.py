"""No network in a transaction: a slow answer would hold every lock, a late one would lie.

Read from the sources alone: which functions call out, directly or through functions that
they call by name, and which of those calls stand in a transaction. What this cannot see (a
method of an object that was handed in) the guard of the test run does.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House, Source

OUTSIDE = re.compile(
    r"(?:stripe|requests|httpx|aiohttp|urllib3|smtplib|ftplib|paramiko)\..+"
    r"|urllib\.request\..+|http\.client\..+|socket\.(?:socket|create_connection)"
    r"|core\.messages\.sending\.send"
    r"|elasticsearch(?:\.helpers)?\.(?:Elasticsearch|scan|bulk|streaming_bulk|parallel_bulk)"
    r"|django\.core\.mail\.(?:send_mail|send_mass_mail|mail_admins|mail_managers|get_connection)"
)
# Whatever class a message has, `send` sends it.
SENDING = {"send", "send_messages", "urlopen"}
GATEWAY = "donations.provider.gateways.named"
TRANSACTIONS = {
    "django.db.transaction.atomic",
    "django.db.transaction.Atomic",
    "core.sql.joined",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _in_transaction(source: Source, node: ast.AST) -> bool:
    """Whether a node stands in a transaction that its own function opens."""
    below = node
    while (above := getattr(below, "parent", None)) is not None:
        opening = isinstance(above, ast.With | ast.AsyncWith) and below in above.body
        if opening and any(_opens(source, item.context_expr) for item in above.items):
            return True
        if isinstance(above, Function):
            # The work of an inner function is done when it is called, maybe after the commit.
            return any(_opens(source, one) for one in above.decorator_list)
        below = above
    return False


def _opens(source: Source, node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    return source.target(called) in TRANSACTIONS


def _home(node: ast.AST) -> Function | None:
    while node is not None and not isinstance(node, Function):
        node = getattr(node, "parent", None)  # type: ignore[assignment]
    return node


def _calls_out(source: Source, call: ast.Call) -> bool:
    """Whether a call goes to the network by itself."""
    function = call.func
    if OUTSIDE.fullmatch(source.target(function)):
        return True
    if not isinstance(function, ast.Attribute):
        return False
    return function.attr in SENDING or (
        _is_gateway(source, function.value) and function.attr != "parse_event"
    )


def _is_gateway(source: Source, owner: ast.expr) -> bool:
    """Whether an object is the payment gateway: asked for on the spot, or kept in a name."""
    if isinstance(owner, ast.Call):
        return source.target(owner.func) == GATEWAY
    home = _home(owner)
    return isinstance(owner, ast.Name) and any(
        isinstance(one.value, ast.Call)
        and source.target(one.value.func) == GATEWAY
        and ast.unparse(one.targets[0]) == owner.id
        for one in ast.walk(home or source.tree)
        if isinstance(one, ast.Assign)
    )


class Call(NamedTuple):
    """A call, the function it stands in, and what can be said of it from its file alone."""

    within: str
    name: str
    target: str
    goes_out: bool
    in_transaction: bool


@cache
def calls(source: Source) -> list[Call]:
    """Return every call of a file."""
    found = []
    for call in source.of(ast.Call):
        home = _home(call)
        target = source.target(call.func)
        found.append(
            Call(
                home.name if home else "",
                ast.unparse(call.func),
                f"{source.module}.{target}" if target and "." not in target else target,
                _calls_out(source, call),
                _in_transaction(source, call),
            )
        )
    return found


def going_out(house: House) -> set[str]:
    """Return the functions of ours that call out, themselves or through one another."""
    found: set[str] = set()
    callers: dict[str, set[str]] = {}
    for source in house.product:
        for call in calls(source):
            within = f"{source.module}.{call.within}"
            if call.goes_out:
                found.add(within)
            else:
                callers.setdefault(call.target, set()).add(within)
    waiting = list(found)
    while waiting:
        for caller in callers.get(waiting.pop(), set()) - found:
            found.add(caller)
            waiting.append(caller)
    return found


@rule()
def no_network_in_a_transaction(house: House) -> Iterator[Finding]:
    """Inside a transaction nothing calls the network, neither itself nor through others."""
    out = going_out(house)
    assert "donations.provider.services.payments.gift_checkout" in out, "nothing calls out"
    for source in house.product:
        for call in calls(source):
            if call.in_transaction and (call.goes_out or call.target in out):
                place = f"{source.path}:{call.within}"
                yield Finding(place, f"calls {call.name} in a transaction")
