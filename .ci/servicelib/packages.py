"""Programs from the distribution: installed for root, asked for in words otherwise."""

import os
import shutil
import subprocess
import sys

from servicelib.places import ServiceError, is_root


def say(text: str) -> None:
    """Progress goes to stderr: stdout carries nothing but the lines to export."""
    print(text, file=sys.stderr, flush=True)


def install(packages: list[str], *, reason: str) -> None:
    """Install Debian packages as root; for anybody else, say which ones are needed."""
    if not is_root() or shutil.which("apt-get") is None:
        raise ServiceError(
            f"{reason} Install it as an administrator: apt-get install {' '.join(packages)}"
        )
    say(f"{reason} Installing {' '.join(packages)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-qy", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            env=env,
        )
        if done.returncode != 0:
            raise ServiceError(f"apt-get {arguments[0]} failed; its message is above.")
