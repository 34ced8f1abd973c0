"""``aixin demo``: the whole application with invented data, in one command."""

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core.documents import PACKAGES, documents_possible
from core.translations import compile_catalogues
from demo import accounts, database
from demo.seed import marker
from demo.supervisor import ENDINGS, Part, Supervisor, free_port, port_is_free, wait_for

ROOT = Path(__file__).resolve().parents[4]
# So that whoever tries the whole way need not wait five working days.
PUBLICITY_SECONDS = 120


class Command(BaseCommand):
    """Migrate, load the demo county, and run web, worker, beat and the Stripe stand-in."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare port, scale and the switch for tests."""
        parser.add_argument("--port", type=int, default=8000, help="port of the site")
        parser.add_argument("--scale", type=int, default=1, help="10: ten times the data")
        parser.add_argument("--empty", action="store_true", help="load no demo county")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until interrupted."""
        if settings.AIXIN_ENV == "production":
            raise CommandError("aixin demo loads invented data; AIXIN_ENV=production forbids it.")
        port = options["port"]
        if not 1 <= port <= 65_000:
            raise CommandError(f"Port {port} is not usable; choose one from 1 to 65000.")
        if not port_is_free(port):
            raise CommandError(
                f"Port {port} is in use by another program. "
                f"Choose another: make demo PORT={port + 10}"
            )
        if not 1 <= options["scale"] <= 100:
            raise CommandError("SCALE must be a whole number from 1 to 100.")
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        for number in ENDINGS:
            signal.signal(number, _interrupt)
        try:
            self._prepare(options)
            self._run(port)
        except KeyboardInterrupt:
            self._say("Stopped.")

    def _prepare(self, options: dict[str, Any]) -> None:
        database.broken_seeding_clear(self._say)
        if not database.is_migrated():
            with self._step("Preparing the database"):
                database.migrate()
        connection.close()
        if not options["empty"]:
            self._load_county(options["scale"])
        if settings.ELASTICSEARCH_URL and settings.SEARCH_INDEXING:
            with self._step("Building the search index"):
                call_command("search_rebuild", stdout=io.StringIO())
        for folder in settings.LOCALE_PATHS:
            compile_catalogues(folder)

    def _load_county(self, scale: int) -> None:
        here = marker.whole_scale()
        if here is None:
            with self._step("Loading the demo county"):
                call_command("seed_demo", scale=scale, progress=self._say)
        elif here != scale:
            self._say(
                f"The demo county is here at SCALE={here}; for SCALE={scale} start with "
                "another folder: VAR_DIR=…"
            )

    def _run(self, port: int) -> None:
        stripe_port = free_port(port + 1)
        stripe_base = f"http://127.0.0.1:{stripe_port}"
        public = f"http://127.0.0.1:{port}"
        var = Path(settings.VAR_DIR)
        secret = str(settings.STRIPE_WEBHOOK_SECRET)
        environment = dict(
            os.environ,
            AIXIN_ENV=settings.AIXIN_ENV,
            PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            PYTHONUNBUFFERED="1",
            PUBLIC_BASE_URL=public,
            STRIPE_API_BASE=stripe_base,
            STRIPE_API_KEY=str(settings.STRIPE_API_KEY),
            STRIPE_WEBHOOK_SECRET=secret,
            VAR_DIR=str(var),
            PUBLICITY_SECONDS=str(settings.PUBLICITY_SECONDS or PUBLICITY_SECONDS),
        )
        celery = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-P", "threads"]
        celery += ["-c", "4", "-l", "WARNING", "-s", str(var / "beat"), "--without-mingle"]
        celery += ["--without-gossip"]
        stand_in = [sys.executable, "-m", "demo.stripe_server", "--port", str(stripe_port)]
        stand_in += ["--webhook-url", f"{public}/webhooks/stripe/"]
        stand_in += ["--webhook-secret", secret]
        stand_in += ["--state", str(var / "stripe-stand-in.json")]
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        # One process with threads: a second one would double what a start has to load.
        web += ["--port", str(port), "--workers", "1", "--blocking-threads", "8"]
        web += ["--backpressure", "64", "--log-level", "warning"]
        web += ["config.wsgi:application"]
        with Supervisor(environment, cwd=ROOT) as parts:
            with self._step("Starting web, worker and payments"):
                parts.start(Part("the Stripe stand-in", stand_in, var / "log/stripe.log"))
                parts.start(Part("the web server", web, var / "log/web.log"))
                parts.start(Part("the worker", celery, var / "log/worker.log"))
                try:
                    wait_for(f"{public}/readyz", supervisor=parts)
                except RuntimeError as error:
                    raise CommandError(str(error)) from None
            self._welcome(public, stripe_base)
            try:
                while not (ended := parts.ended()):
                    time.sleep(0.3)
                raise CommandError(ended)
            except KeyboardInterrupt:
                self._say("Stopping …")
                raise

    def _welcome(self, public: str, stripe_base: str) -> None:
        self._say("")
        self._say("爱心 Aixin is running. All data are invented.")
        self._say(f"  Site            {public}/        English: {public}/en/")
        self._say(f"  Desk            {public}/desk/   Editors: {public}/admin/")
        self._say(f"  Payments        {stripe_base} (a simulator; try card 4242 4242 4242 4242)")
        seconds = settings.PUBLICITY_SECONDS or PUBLICITY_SECONDS
        if not documents_possible():
            self._say(f"  No PDF files without Pango. On Debian: apt-get install {PACKAGES}")
        self._say(f"  New notices (公示) stand for {seconds} seconds here, not for working days.")
        if marker.whole_scale() is not None:
            self._say(f"  Sign in with any of these; the password is «{accounts.PASSWORD}»:")
            for username, (role, role_en) in accounts.LOGINS:
                self._say(f"    {username:<10} {role} {role_en}")
        self._say("Press Ctrl-C to stop.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self._say(f"{name} …")
        begun = time.monotonic()
        yield
        self._say(f"{name}: done in {time.monotonic() - begun:.1f} s")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
