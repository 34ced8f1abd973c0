"""A supervisor of two stubborn parts, for tests that end it: ``python -m tests.demo.parent DIR``.

Each part has a child of its own; all of them note their process ids in DIR.
"""

import signal
import sys
import time
from pathlib import Path

from demo.supervisor import Part, Supervisor

ROOT = Path(__file__).resolve().parents[2]
GRANDCHILD = """
import os, pathlib, signal, sys
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
while True:
    signal.pause()
"""
PART = f"""
import os, pathlib, signal, socket, subprocess, sys
folder, name, port = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
note = str(folder / (name + "-child.pid"))
child = subprocess.Popen([sys.executable, "-c", {GRANDCHILD!r}, note])
def leave(number, frame):
    child.terminate()
    child.wait()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
listener = socket.create_server(("127.0.0.1", port))
(folder / (name + ".pid")).write_text(str(os.getpid()))
while True:
    signal.pause()
"""


def main() -> None:
    # Started in the background, a process is born deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder, first_port, second_port = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    with Supervisor({"PATH": "/usr/bin:/bin"}, cwd=ROOT) as parts:
        for name, port in (("first", first_port), ("second", second_port)):
            command = [sys.executable, "-c", PART, str(folder), name, port]
            parts.start(Part(name, command, folder / f"{name}.log"))
        try:
            while not parts.ended():
                time.sleep(0.05)
            print(parts.ended(), flush=True)
        except KeyboardInterrupt:
            print("stopping", flush=True)


if __name__ == "__main__":
    main()
