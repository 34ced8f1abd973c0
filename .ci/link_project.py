"""Make this checkout importable in its virtual environment and put `aixin` beside its Python.

The same as an editable install, without a build: nothing is downloaded, and it takes no time.
"""

import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Read by the shell first, then by Python: a `#!` line breaks on long paths and on blanks.
LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import sys

from {module} import {function}

sys.exit({function}())
"""


def main() -> None:
    paths = Path(sysconfig.get_path("purelib")) / "aixin.pth"
    paths.write_text(f"{ROOT}\n{ROOT / 'site'}\n", encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, target in project["scripts"].items():
        module, function = target.split(":")
        script = Path(sysconfig.get_path("scripts")) / name
        text = LAUNCHER.format(python=sys.executable, module=module, function=function)
        script.write_text(text, encoding="utf-8")
        script.chmod(0o755)


main()
