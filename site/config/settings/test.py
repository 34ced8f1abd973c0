"""Settings for pytest: SQLite in a file of its own unless ``DATABASE_URL`` says otherwise."""

import os
import tempfile
from pathlib import Path

# Before base: tests must not touch the demo's data.
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="aixin-test-"))

from config.settings.base import *

DEBUG = False
# The county, the commands of the demo and its login page are tested too.
INSTALLED_APPS += ["demo"]
TEMPLATES[0]["DIRS"].insert(0, SITE_DIR / "demo" / "templates")
SECRET_KEY = "test"  # noqa: S105
FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
BLIND_INDEX_KEY = "test"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STRIPE_API_KEY = "sk_test_suite"
STRIPE_WEBHOOK_SECRET = "whsec_test"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Tests deliver the outbox themselves, with the `deliver_outbox` fixture.
OUTBOX_PING = False
# Only the tests marked elasticsearch turn the node on.
ELASTICSEARCH_TEST_URL = ENVIRONMENT.ELASTICSEARCH_URL
ELASTICSEARCH_URL = None
REDIS_TEST_URL = ENVIRONMENT.REDIS_URL
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A busy machine is slow, not wrong: what a reader must not wait for, a test may.
ELASTICSEARCH_SECONDS = ELASTICSEARCH_UPKEEP_SECONDS = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {"timeout": 600}
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=0 -c statement_timeout=0"
LOGGING["handlers"]["console"]["formatter"] = "plain"
LOGGING["root"]["level"] = "WARNING"
