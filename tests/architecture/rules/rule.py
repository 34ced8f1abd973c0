"""What a rule is: a check over the whole house, and the exceptions it still needs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from tests.architecture.sources import House


class Finding(NamedTuple):
    """One breach: the place it is in (a path, or a path and a name) and what is wrong."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


Check = Callable[[House], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check with the places it does not hold in, each with the reason.

    An exception that excuses nothing is itself a finding: it would excuse what comes later.
    """

    name: str
    says: str
    check: Check
    excepted: Mapping[str, str]

    def findings(self, house: House) -> list[str]:
        """Return every breach that no exception excuses, and every idle exception."""
        found = list(self.check(house))
        left = [f"{one}" for one in found if not any(map(_fits(one.place), self.excepted))]
        idle = [
            f"{pattern}: an exception that excuses nothing"
            for pattern in self.excepted
            if not any(fnmatchcase(one.place, pattern) for one in found)
        ]
        return left + idle


def _fits(place: str) -> Callable[[str], bool]:
    return lambda pattern: fnmatchcase(place, pattern)


RULES: dict[str, Rule] = {}


def rule(*, excepted: Mapping[str, str] | None = None) -> Callable[[Check], Check]:
    """Enter a check among the rules; its docstring is the rule as people say it.

    ``excepted`` gives places (``*`` stands for anything) and the reason of each.
    """

    def enter(check: Check) -> Check:
        assert check.__doc__, check
        assert check.__name__ not in RULES, check
        RULES[check.__name__] = Rule(check.__name__, check.__doc__.strip(), check, excepted or {})
        return check

    return enter
