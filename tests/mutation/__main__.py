"""``python -m tests.mutation``: run mutants and print what no test noticed."""

import argparse
import os
import time

from tests.mutation.check import Check, reasons, report
from tests.mutation.mutants import sample
from tests.mutation.targets import TARGETS


def main() -> None:
    """Run a sample, of all targets or of those whose path holds a word."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("words", nargs="*", help="only files whose path holds one of these")
    parser.add_argument("--count", type=int, default=300, help="how many mutants (0: all)")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--list", action="store_true", help="print the mutants, run none")
    parser.add_argument("--key", default="", help="only mutants whose name holds this")
    asked = parser.parse_args()
    words = asked.words or [""]
    targets = [each for each in TARGETS if any(word in each.path for word in words)]
    check = Check(targets, workers=asked.workers)
    pool = check.pool(postgres="DATABASE_URL" in os.environ)
    pool = [mutant for mutant in pool if asked.key in mutant.key]
    chosen = sample(pool, count=asked.count or len(pool), seed=asked.seed)
    chosen.sort(key=lambda mutant: (mutant.path, mutant.number))
    if asked.list:
        for mutant in chosen:
            print(f"{mutant.path}:{mutant.line}  {mutant.operator}  {mutant.key}")
        return
    started = time.monotonic()
    outcomes = check.run(chosen)
    print(report(outcomes, reasons()))
    print(f"{time.monotonic() - started:.0f} s; the pool holds {len(pool)}")


if __name__ == "__main__":
    main()
