"""Scripts run at once in processes of their own, on the test's database."""

import os
import subprocess
import sys

from django.db import connections

from tests.databases import ROOT, url


def run_together(scripts: list[str], *, timeout: int = 120) -> None:
    """Run the scripts side by side with Django set up; fail with the words of one that fails."""
    connections.close_all()
    environment = dict(
        os.environ,
        DATABASE_URL=url(),
        AIXIN_ENV="test",
        DJANGO_SETTINGS_MODULE="config.settings.test",
        PYTHONPATH=f"{ROOT}:{ROOT / 'site'}",
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{script}"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for script in scripts
    ]
    failures = []
    for worker in workers:
        _out, words = worker.communicate(timeout=timeout)
        if worker.returncode:
            failures.append(words)
    assert not failures, failures[0]
