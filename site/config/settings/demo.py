"""The embedded default: nothing but Python needed, secrets made up on the first start."""

from config.settings.base import *
from config.settings.local_secrets import local_secrets

DEMO_BANNER = True
INSTALLED_APPS += ["demo"]
# The login page tells who may be signed in as.
TEMPLATES[0]["DIRS"].insert(0, SITE_DIR / "demo" / "templates")
STYLEGUIDE = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
_secrets = local_secrets(VAR_DIR)
SECRET_KEY = SECRET_KEY or _secrets["SECRET_KEY"]
FIELD_ENCRYPTION_KEYS = FIELD_ENCRYPTION_KEYS or [_secrets["FIELD_ENCRYPTION_KEY"]]
BLIND_INDEX_KEY = BLIND_INDEX_KEY or _secrets["BLIND_INDEX_KEY"]
STRIPE_API_KEY = STRIPE_API_KEY or "sk_test_demo"
STRIPE_WEBHOOK_SECRET = STRIPE_WEBHOOK_SECRET or _secrets["STRIPE_WEBHOOK_SECRET"]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING["handlers"]["console"]["formatter"] = "plain"
# The demo's people have one published password so that anybody can sign in.
AUTH_PASSWORD_VALIDATORS = []
