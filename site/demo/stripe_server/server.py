"""HTTP on loopback: hands requests to the API, the control routes or the pay pages."""

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .answers import Answer, as_json
from .api import Api, HangUpError, Request
from .control import Control
from .faults import Faults
from .pages import PayPages
from .settings import Settings
from .state import Store
from .sweep import sweep
from .webhooks import Dispatcher

LARGEST_BODY = 1_000_000
SWEEP_SECONDS = 0.25


class StandIn(ThreadingHTTPServer):
    """The whole stand-in on one port; ``serve_forever`` in a thread of the caller's."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, settings: Settings, port: int = 0, journal: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        settings.base_url = settings.base_url or f"http://127.0.0.1:{self.server_port}"
        self.stopping = threading.Event()
        self.store = Store(settings, journal)
        self.dispatcher = Dispatcher(self.store)
        self.faults = Faults()
        self.api = Api(self.store, self.faults)
        self.control = Control(self.store, self.dispatcher, self.faults)
        self.pages = PayPages(self.store)
        self._sweeper = threading.Thread(target=self._sweep, name="stripe-sweep", daemon=True)

        self._move_sessions()

    def _move_sessions(self) -> None:
        """Sessions kept in a journal open at this address, whatever the last one was."""
        with self.store.transaction() as store:
            for session in store.table("checkout.session").values():
                if session["url"]:
                    session["url"] = f"{store.settings.base_url}/pay/{session['id']}"
                    store.put("checkout.session", session)

    def start(self) -> None:
        self.dispatcher.start()
        self._sweeper.start()

    def stop(self) -> None:
        self.stopping.set()
        self.faults.clear()
        self.dispatcher.stop()
        self.server_close()

    def _sweep(self) -> None:
        while not self.stopping.wait(SWEEP_SECONDS):
            sweep(self.store)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "StripeStandIn"
    sys_version = ""
    wbufsize = 65_536
    disable_nagle_algorithm = True
    server: StandIn

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_DELETE = do_PUT = do_PATCH = do_GET  # noqa: N815

    def do_HEAD(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing: requests are kept in ``api.log``."""

    def _handle(self) -> None:
        body = self._body()
        if body is None:
            self._send(as_json({"error": {"message": "Request too large"}}, 413))
            return
        try:
            self._send(self._answer(body))
        except HangUpError:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _answer(self, body: bytes) -> Answer:
        path = urlsplit(self.path).path
        if path.startswith("/_test/"):
            return self.server.control.handle(self.command, path, body)
        if path in {"/", "/favicon.ico"} or path.startswith("/pay/"):
            return self.server.pages.handle(self.command, self.path, body)
        request = Request(self.command, self.path, self.headers, body)
        return self.server.api.handle(request)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
