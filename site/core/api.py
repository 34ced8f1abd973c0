"""What every part of the public API says when it does not give what was asked for."""

from typing import Any

from ninja import Schema


class Problem(Schema):
    """What was wrong with a request."""

    detail: str


def answers(given: Any = None, *problems: int) -> dict[int, Any]:
    """Return an operation's answers by status: what it gives, and a Problem for each other.

    Leave ``given`` out where the operation writes its own answer. Any address may have
    asked too often.
    """
    known = {200: given} if given else {}
    return known | dict.fromkeys((*problems, 429), Problem)
