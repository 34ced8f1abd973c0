"""The command line: start, stop, status, env."""

import argparse
import shlex
import signal
import sys
import time

from servicelib.elasticsearch import Elasticsearch
from servicelib.packages import say
from servicelib.places import ServiceError, cache_folder, make_open_folder, only_one, state_folder
from servicelib.postgresql import PostgreSQL
from servicelib.redis import Redis
from servicelib.service import Service

EXPLANATION = """\
Real PostgreSQL, Redis and Elasticsearch on loopback ports of their own, without Docker.

  start    start what does not run yet, wait until each answers, print lines to export
  stop     end exactly what start started; the data stays
  status   say which of them run and answer; exit 1 unless all do
  env      print the lines to export for those that run

Progress goes to stderr, lines to export to stdout:  eval "$(.ci/services start)"

Variables: AIXIN_CACHE (downloads), AIXIN_SERVICES_STATE (data, logs, process notes),
AIXIN_POSTGRES_PORT, AIXIN_REDIS_PORT, AIXIN_ELASTICSEARCH_PORT,
AIXIN_ELASTICSEARCH_TRANSPORT_PORT, AIXIN_POSTGRES_FSYNC=off (faster; a crash loses the data),
AIXIN_ELASTICSEARCH_HEAP (512m).
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="services",
        description=EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=["start", "stop", "status", "env"])
    action = parser.parse_args(arguments).action
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # tidy up, then go
    services = all_services()
    try:
        if action in ("start", "stop"):
            make_open_folder(cache_folder())
            with only_one(state_folder()):
                return _start(services) if action == "start" else _stop(services)
        return _status(services) if action == "status" else _env(services)
    except ServiceError as error:
        say(f"services: {error}")
    except PermissionError as error:
        say(
            f"services: not allowed to use {error.filename}. Choose other folders with"
            f" AIXIN_CACHE=… and AIXIN_SERVICES_STATE=…"
        )
    return 1


def all_services() -> list[Service]:
    return [PostgreSQL(), Redis(), Elasticsearch()]


def _start(services: list[Service]) -> int:
    """All or nothing: a failure takes back what this very call started."""
    begun = time.monotonic()
    waiting = []
    for service in services:
        record = service.running()
        if record is None:
            service.require_free_ports()
            waiting.append(service)
        else:
            service.require_same_port(record)
    for service in waiting:
        service.require()
    try:
        for service in waiting:
            service.launch()
        for service in services:
            service.wait()
    except BaseException:
        for service in waiting:
            service.undo_launch()
        raise
    say(f"services: ready after {time.monotonic() - begun:.1f} s")
    return _env(services)


def _stop(services: list[Service]) -> int:
    for service in reversed(services):
        stopped = service.stop()
        say(f"{service.title}: {'stopped' if stopped else 'nothing of ours runs'}")
    return 0


def _status(services: list[Service]) -> int:
    healthy = True
    for service in services:
        record = service.running()
        answers = record is not None and service.answers(record.port)
        healthy = healthy and answers
        if record is None:
            print(f"{service.title}: not started")
        elif answers:
            print(f"{service.title}: answers on port {record.port}, pid {record.alive()[0].pid}")
        else:
            print(f"{service.title}: started on port {record.port}, does not answer")
    return 0 if healthy else 1


def _env(services: list[Service]) -> int:
    for service in services:
        record = service.running()
        if record is not None:
            name, value = service.export(record.port)
            print(f"export {name}={shlex.quote(value)}")
    return 0
