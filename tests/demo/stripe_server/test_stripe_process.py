"""The stand-in as a process of its own."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import stripe

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[3]


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "demo.stripe_server", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def client_of(process: subprocess.Popen[str]) -> stripe.StripeClient:
    address = process.stdout.readline().split()[-1]
    assert address.startswith("http://127.0.0.1:")
    return stripe.StripeClient("sk_test_x", base_addresses={"api": address})


def test_it_prints_its_address_answers_and_stops_on_sigterm(receiver):
    process = start("--webhook-url", receiver.url, "--webhook-secret", "whsec_of_the_tests")
    try:
        intent = client_of(process).v1.payment_intents.create({"amount": 5000, "currency": "cny"})
    finally:
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=PATIENCE)

    assert intent.status == "requires_payment_method"
    assert (process.returncode, complaints) == (0, "")


def test_a_kill_loses_nothing_that_was_answered(tmp_path):
    arguments = ("--state", str(tmp_path / "stripe.jsonl"))
    process = start(*arguments)
    client = client_of(process)
    ids = [
        client.v1.payment_intents.create({"amount": 5000, "currency": "cny"}).id for _ in range(5)
    ]
    process.kill()
    process.communicate(timeout=PATIENCE)

    process = start(*arguments)
    listed = client_of(process).v1.payment_intents.list()
    process.terminate()
    process.communicate(timeout=PATIENCE)

    assert [intent.id for intent in listed.data] == ids[::-1]


def test_a_busy_port_is_said_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("--port", str(port))
        _, complaints = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert complaints == f"Cannot listen on 127.0.0.1:{port}: Address already in use\n"


def test_it_listens_on_loopback_only(stripe_server):
    assert stripe_server._stand_in.server_address[0] == "127.0.0.1"
