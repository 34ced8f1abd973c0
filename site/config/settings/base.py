"""Settings shared by every environment. ``config.environment`` alone reads variables."""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from config.environment import ROOT, read_environment

ENVIRONMENT = read_environment()

AIXIN_ENV = ENVIRONMENT.AIXIN_ENV
SITE_DIR = ROOT / "site"
VAR_DIR = ENVIRONMENT.VAR_DIR
PUBLIC_BASE_URL = ENVIRONMENT.PUBLIC_BASE_URL.rstrip("/")

DEBUG = ENVIRONMENT.DEBUG
STYLEGUIDE = DEBUG
DEMO_BANNER = False
SECRET_KEY = ENVIRONMENT.SECRET_KEY
FIELD_ENCRYPTION_KEYS = [
    key.strip() for key in (ENVIRONMENT.FIELD_ENCRYPTION_KEYS or "").split(",") if key.strip()
]
BLIND_INDEX_KEY = ENVIRONMENT.BLIND_INDEX_KEY or ""
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.ALLOWED_HOSTS.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]

INSTALLED_APPS = [
    "core.accounts",
    "core",
    "matching",
    "donations",
    "cms",
    "search",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.AdminContentPolicyMiddleware",
    "config.middleware.PaymentPagesPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site_context",
                "core.context.role_links",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "core.forms.AixinRenderer"

# --- Database -------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN: readers-turned-writers cannot deadlock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: an acknowledged gift survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.DATABASE_URL or f"sqlite:///{VAR_DIR / 'aixin.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        # A huge cost estimate would start the JIT, 250 ms a statement.
        "-c jit=off -c lock_timeout=5000 -c statement_timeout=30000"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# --- Queue and cache ------------------------------------------------------------------

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "aixin"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "core.outbox_sweep", "schedule": 2.0},
    "match-expiry": {"task": "matching.reservations_expire", "schedule": 15.0},
    "publicity": {"task": "matching.publicity_close_due", "schedule": 10.0},
    "gifts": {"task": "donations.gifts_expire_unpaid", "schedule": 60.0},
    "payments": {"task": "donations.payments_reconcile_stuck", "schedule": 60.0},
    "refunds": {"task": "donations.refunds_resume", "schedule": 60.0},
    "tally": {"task": "donations.tally_fold", "schedule": 0.5},
    "ledger-seal": {"task": "donations.ledger_seal", "schedule": 3.0},
    "reports": {"task": "donations.reports_build_due", "schedule": 3600.0},
    "search-repair": {"task": "search.index_repair", "schedule": 3600.0},
    "stories": {"task": "cms.scheduled_publish", "schedule": 60.0},
}
# The broker is a bell: what must happen stands in the outbox.
OUTBOX_PING = True

if ENVIRONMENT.REDIS_URL:
    CELERY_BROKER_URL = ENVIRONMENT.REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 900,
        "unacked_restore_throttle": 1,
        "unacked_restore_interval": 10,
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.REDIS_URL,
            "KEY_PREFIX": "aixin",
        }
    }
else:
    CELERY_BROKER_URL = "folder://"  # kombu's filesystem transport, see core.folder_queue
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue" / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
        }
    }

# --- Search ---------------------------------------------------------------------------

ELASTICSEARCH_URL = ENVIRONMENT.ELASTICSEARCH_URL
ELASTICSEARCH_INDEX_PREFIX = ENVIRONMENT.ELASTICSEARCH_INDEX_PREFIX
# Seconds until a reader's search, and the upkeep of the index, give the node up; None: never.
ELASTICSEARCH_SECONDS: float | None = 2
ELASTICSEARCH_UPKEEP_SECONDS: float | None = 60
SEARCH_INDEXING = True

# --- Payments and the programme -------------------------------------------------------

STRIPE_API_KEY = ENVIRONMENT.STRIPE_API_KEY
STRIPE_API_BASE = ENVIRONMENT.STRIPE_API_BASE
STRIPE_WEBHOOK_SECRET = ENVIRONMENT.STRIPE_WEBHOOK_SECRET
CURRENCY = "CNY"
# The first takes new gifts; the others serve the gifts that were begun with them.
PAYMENT_GATEWAYS = ["donations.provider.gateways.stripe.StripeGateway"]
# Gift forms taken in ten minutes; 0 takes any number. One address may be a whole office's.
GIFTS_PER_ADDRESS = 600
GIFTS_PER_DONOR = 30
PUBLICITY_WORKING_DAYS = ENVIRONMENT.PUBLICITY_WORKING_DAYS
PUBLICITY_SECONDS = ENVIRONMENT.PUBLICITY_SECONDS
MATCH_LEASE_SECONDS = ENVIRONMENT.MATCH_LEASE_SECONDS

# --- Language and time ----------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [SITE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # what people read; the database keeps UTC

# --- People ---------------------------------------------------------------------------

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [SITE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Files with one fixed address: browsers ask for /favicon.ico where no page names an icon.
WHITENOISE_ROOT = SITE_DIR / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENVIRONMENT.MEDIA_ROOT or VAR_DIR / "media"
# Evidence is never under MEDIA_ROOT, which is public.
EVIDENCE_ROOT = VAR_DIR / "evidence"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(EVIDENCE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Messages -------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = ENVIRONMENT.DEFAULT_FROM_EMAIL
if ENVIRONMENT.EMAIL_URL:
    _mail = urlsplit(ENVIRONMENT.EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
# Ways to reach people, by name: classes of the interface in core.messages.channels.
MESSAGE_CHANNELS = {"mail": "core.messages.mail.MailChannel"}

# --- Browser policy -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        # And the payment pages, see config.middleware.
        "form-action": ["'self'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Wagtail --------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "爱心 Aixin"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_IMAGE_MODEL = "cms.StoryImage"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.editors.search"}}

# --- Logs -----------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "core.logs.JsonFormatter"},
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.LOG_LEVEL},
    "loggers": {
        # weasyprint and fontTools tell of every glyph they drop
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "elastic_transport": {"level": "WARNING"},
    },
}
