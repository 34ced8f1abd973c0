"""Production knows nothing of the demo: not its modules, its templates or its logins."""

import os
import subprocess
import sys

from tests.architecture.sources import ROOT

SECRETS = {
    "SECRET_KEY": "a",
    "FIELD_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "BLIND_INDEX_KEY": "b",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite://",
    "STRIPE_API_KEY": "c",
    "STRIPE_WEBHOOK_SECRET": "d",
    "EMAIL_URL": "smtp://mail.example.org",
}
# Whatever asks for the package is told that there is none, as in the production image.
PROGRAM = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "demo":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
import django
django.setup()
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
get_resolver().url_patterns
assert not any("demo" in str(folder) for folder in settings.TEMPLATES[0]["DIRS"])
get_template("registration/login.html")
print("apps", *settings.INSTALLED_APPS)
print("loaded", *(name for name in sys.modules if name.split(".")[0] == "demo"))
"""


def test_production_starts_without_the_demo(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "AIXIN_ENV": "production",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "VAR_DIR": str(tmp_path),
            **SECRETS,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    apps, loaded = done.stdout.splitlines()
    assert "matching" in apps.split()
    assert "demo" not in apps.split()
    assert loaded.split() == ["loaded"]


def test_the_image_leaves_the_demo_out():
    left_out = (ROOT / ".dockerignore").read_text().splitlines()

    assert left_out.index("site/demo") > left_out.index("!site")
