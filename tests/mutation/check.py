"""Runs a sample of mutants and says how many the tests noticed."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.targets import ROOT, Target

SURVIVORS = Path(__file__).parent / "survivors.toml"
# An unchanged run is not limited; a mutant has this many times its processor time.
FREE_CPU_SECONDS = 1_000
TIMES_LONGER = 5


class CheckBrokenError(Exception):
    """The check itself is wrong: a test fails without a mutant, or nothing was run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant. ``by`` is the test that noticed it, or ''."""

    mutant: Mutant
    by: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether a test noticed."""
        return bool(self.by)


@dataclass(slots=True)
class Check:
    """Runs mutants of a tree at ``root``; its tests are told pytest by ``pytest_args``."""

    targets: Sequence[Target]
    root: Path = ROOT
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    pytest_args: tuple[str, ...] = ()
    least_cpu_seconds: float = 20

    def pool(self, *, postgres: bool) -> list[Mutant]:
        """Return all mutants that this machine can run."""
        return [
            mutant
            for target in self.targets
            for mutant in mutants_of(self.root / target.path, self.root, target.within)
            if postgres or not self._needs_postgres(mutant)
        ]

    def run(self, mutants: Sequence[Mutant]) -> list[Outcome]:
        """Run the mutants; those outside functions in a session each.

        Raises:
            CheckBrokenError: a test fails as it is, or a mutant could not be put in place.
        """
        found: dict[Mutant, Outcome] = {}
        with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
            for postgres in (False, True):
                chosen = [each for each in mutants if self._needs_postgres(each) == postgres]
                if chosen:
                    found |= self._run_on(chosen, Path(folder) / str(postgres), postgres=postgres)
        return [found[mutant] for mutant in mutants]

    def _run_on(
        self, mutants: list[Mutant], folder: Path, *, postgres: bool
    ) -> dict[Mutant, Outcome]:
        warm = [mutant for mutant in mutants if not mutant.at_import]
        cold = [mutant for mutant in mutants if mutant.at_import]
        limits = self._limits(
            sorted({mutant.path for mutant in mutants}), folder / "unchanged", postgres=postgres
        )
        found: dict[Mutant, Outcome] = {}
        jobs = [self._job(mutant, limits[mutant.path]) for mutant in warm]
        results = self._session(folder / "warm", jobs, self.workers, postgres=postgres)
        for mutant in warm:
            found[mutant] = _outcome(mutant, results[_name(mutant)])

        def one(index: int) -> Outcome:
            mutant = cold[index]
            job = self._job(mutant, limits[mutant.path])
            results = self._session(
                folder / f"cold{index}", [job], 1, at_import=mutant, postgres=postgres
            )
            missing = {"verdict": "killed", "by": "import", "seconds": 0}
            return _outcome(mutant, results.get(_name(mutant), missing))

        with ThreadPoolExecutor(self.workers) as threads:
            found |= {outcome.mutant: outcome for outcome in threads.map(one, range(len(cold)))}
        return found

    def _session(
        self,
        folder: Path,
        jobs: list[dict[str, Any]],
        workers: int,
        *,
        postgres: bool,
        at_import: Mutant | None = None,
    ) -> dict[str, dict[str, Any]]:
        """Run jobs in one pytest session; return its results by the jobs' names."""
        if not jobs:
            return {}
        folder.mkdir(parents=True)
        plan = {
            "workers": workers,
            "at_import": at_import
            and {"path": str(self.root / at_import.path), "number": at_import.number},
            "jobs": jobs,
            "results": str(folder / "results"),
        }
        (folder / "plan").write_text(json.dumps(plan))
        environment = dict(os.environ, MUTATION_PLAN=str(folder / "plan"), VAR_DIR=str(folder))
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(self.root)])
        # Tests of absent services skip; a survivor is then what the rest does not notice.
        for name in ("REDIS_URL", "ELASTICSEARCH_URL", "CI"):
            environment.pop(name, None)
        if not postgres:
            environment.pop("DATABASE_URL", None)
        tests = sorted({test for job in jobs for test in job["tests"]})
        command = [sys.executable, "-m", "pytest", "-p", "tests.mutation.session", "-q"]
        command += ["-o", "timeout=0", "-p", "no:cacheprovider", *self.pytest_args, *tests]
        with (folder / "output").open("w") as output:
            ended = subprocess.run(
                command, cwd=self.root, env=environment, stdout=output, stderr=output, check=False
            )
        lines = (folder / "results").read_text().splitlines() if ended.returncode in {0, 5} else []
        found = {result["name"]: result for result in map(json.loads, lines)}
        if len(found) < len(jobs) and not at_import:
            raise CheckBrokenError((folder / "output").read_text()[-4000:])
        return found

    def _limits(self, paths: list[str], folder: Path, *, postgres: bool) -> dict[str, float]:
        """Run the tests as they are; return the processor time that a file's mutants have."""
        tests = {path: self._tests(path) for path in paths}
        jobs = [
            {
                "name": test,
                "path": "",
                "number": None,
                "tests": [test],
                "cpu_seconds": FREE_CPU_SECONDS,
            }
            for test in dict.fromkeys(test for listed in tests.values() for test in listed)
        ]
        results = self._session(folder, jobs, self.workers, postgres=postgres)
        for name, result in results.items():
            if result["verdict"] != "survived" or not result["passed"]:
                raise CheckBrokenError(f"{name} does not pass as it is: {result}")
        return {
            path: max(
                self.least_cpu_seconds,
                TIMES_LONGER * sum(results[test]["cpu_seconds"] for test in listed),
            )
            for path, listed in tests.items()
        }

    def _job(self, mutant: Mutant, cpu_seconds: float) -> dict[str, Any]:
        return {
            "name": _name(mutant),
            "path": str(self.root / mutant.path),
            "number": mutant.number,
            "tests": self._tests(mutant.path),
            "cpu_seconds": cpu_seconds,
        }

    def _tests(self, path: str) -> list[str]:
        (target,) = [each for each in self.targets if each.path == path]
        return list(dict.fromkeys(target.tests))

    def _needs_postgres(self, mutant: Mutant) -> bool:
        return any(
            mutant.path == target.path and mutant.where in target.on_postgres
            for target in self.targets
        )


def reasons() -> dict[tuple[str, str], str]:
    """Return why each listed survivor may live, by its file and its key."""
    listed = tomllib.loads(SURVIVORS.read_text())
    return {
        (path, key): reason for path, entries in listed.items() for key, reason in entries.items()
    }


def report(outcomes: Iterable[Outcome], why: dict[tuple[str, str], str]) -> str:
    """Return the figures by file, and every survivor with its reason."""
    listed = list(outcomes)
    lines = []
    for path in dict.fromkeys(outcome.mutant.path for outcome in listed):
        mine = [outcome for outcome in listed if outcome.mutant.path == path]
        lines.append(f"{path}: {sum(outcome.killed for outcome in mine)} of {len(mine)} noticed")
    for outcome in listed:
        if not outcome.killed:
            mutant = outcome.mutant
            reason = why.get((mutant.path, mutant.key), "NOT LISTED")
            lines.append(f"survived  {mutant.path}:{mutant.line}  {mutant.key}\n          {reason}")
    lines.append(f"{percent_killed(listed):.1f} % of {len(listed)} mutants were noticed")
    return "\n".join(lines)


def percent_killed(outcomes: Sequence[Outcome]) -> float:
    """Return the share of mutants that a test noticed, equivalent ones counted against it."""
    return 100 * sum(outcome.killed for outcome in outcomes) / len(outcomes)


def _name(mutant: Mutant) -> str:
    return f"{mutant.path} {mutant.number}"


def _outcome(mutant: Mutant, result: dict[str, Any]) -> Outcome:
    if result["verdict"] == "not applied":
        raise CheckBrokenError(f"not put in place: {mutant}")
    survived = result["verdict"] == "survived"
    return Outcome(mutant, "" if survived else result["by"], result["seconds"])
