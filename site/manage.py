"""``python site/manage.py`` for those without the ``aixin`` command installed."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from config.console import main  # noqa: E402 the path comes first

if __name__ == "__main__":
    main()
