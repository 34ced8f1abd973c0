"""``python -m demo.stripe_server``: the stand-in as a process of its own."""

import argparse
import contextlib
import signal
import threading
from pathlib import Path

from .server import StandIn
from .settings import Settings


def arguments() -> argparse.Namespace:
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="stripe_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port")
    parser.add_argument("--base-url", default="", help="address to put into session.url")
    parser.add_argument("--webhook-url")
    parser.add_argument("--webhook-secret", default=defaults.webhook_secret)
    parser.add_argument("--webhook-workers", type=int, default=1)
    parser.add_argument("--api-key", help="accept this sk_test_ key only")
    parser.add_argument("--state", type=Path, help="journal that outlives a restart")
    for name in ("settlement_delay", "balance_delay", "refund_delay"):
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=float,
            default=getattr(defaults, name),
            metavar="SECONDS",
        )
    return parser.parse_args()


def main() -> None:
    given = vars(arguments())
    port, state = given.pop("port"), given.pop("state")
    if state:
        state.parent.mkdir(parents=True, exist_ok=True)
    try:
        server = StandIn(Settings(**given), port, state)
    except OSError as problem:
        raise SystemExit(f"Cannot listen on 127.0.0.1:{port}: {problem.strerror}") from None
    server.start()
    print(f"Stripe stand-in listening on {server.store.settings.base_url}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever(0.2)
    server.stop()


if __name__ == "__main__":
    main()
