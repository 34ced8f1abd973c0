"""The one reader of the environment: every variable Aixin knows, typed and explained."""

import difflib
import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]

# A variable that starts like one of ours but is none is a typing slip that would
# otherwise be ignored in silence.
OWN_PREFIXES = (
    "AIXIN_",
    "STRIPE_",
    "ELASTICSEARCH_",
    "REDIS_",
    "DATABASE_",
    "FIELD_ENCRYPTION_",
    "BLIND_INDEX_",
    "PUBLIC_BASE_",
    "OPERATOR_",
)
# Read by the operating scripts rather than by the application.
SCRIPT_VARIABLES = frozenset(
    {
        "AIXIN_CACHE",
        "AIXIN_SERVICES_STATE",
        "AIXIN_POSTGRES_PORT",
        "AIXIN_POSTGRES_FSYNC",
        "AIXIN_REDIS_PORT",
        "AIXIN_ELASTICSEARCH_PORT",
        "AIXIN_ELASTICSEARCH_TRANSPORT_PORT",
        "AIXIN_ELASTICSEARCH_HEAP",
    }
)


class Environment(BaseSettings):
    """Settings by variable name. Empty values count as unset."""

    model_config = SettingsConfigDict(case_sensitive=True, env_ignore_empty=True, extra="ignore")

    AIXIN_ENV: Literal["demo", "test", "production"] = Field(
        "demo", description="demo, test or production; production demands every secret."
    )
    DEBUG: bool = Field(
        default=False, description="Tracebacks in the browser; refused in production."
    )
    SECRET_KEY: str | None = Field(
        None, description="Signs sessions and links. Production: required."
    )
    FIELD_ENCRYPTION_KEYS: str | None = Field(
        None,
        description="Fernet keys for identity fields, comma separated, newest first. "
        "Production: required.",
    )
    BLIND_INDEX_KEY: str | None = Field(
        None,
        description="HMAC key for finding duplicates without decrypting. Production: required.",
    )
    ALLOWED_HOSTS: str = Field("", description="Host names served, comma separated.")
    PUBLIC_BASE_URL: str = Field(
        "http://127.0.0.1:8000", description="Address put into receipts, QR codes and e-mail."
    )
    DATABASE_URL: str | None = Field(
        None, description="postgres://… or sqlite:///…; default a SQLite file under VAR_DIR."
    )
    REDIS_URL: str | None = Field(
        None, description="Queue broker and cache; without it folders under VAR_DIR serve."
    )
    ELASTICSEARCH_URL: str | None = Field(
        None, description="Search node; without it the database answers searches."
    )
    ELASTICSEARCH_INDEX_PREFIX: str = Field("aixin", description="First part of every index name.")
    STRIPE_API_KEY: str | None = Field(None, description="Secret key. Production: required.")
    STRIPE_API_BASE: str | None = Field(
        None, description="Another address than Stripe's own; the stand-in's in the demo and tests."
    )
    STRIPE_WEBHOOK_SECRET: str | None = Field(
        None, description="Signing secret of the webhook endpoint. Production: required."
    )
    EMAIL_URL: str | None = Field(
        None, description="smtp://user:password@host:port; without it mail is written to VAR_DIR."
    )
    DEFAULT_FROM_EMAIL: str = Field("aixin@example.org", description="Sender of receipts.")
    VAR_DIR: Path = Field(ROOT / "var", description="Where the embedded default keeps its data.")
    MEDIA_ROOT: Path | None = Field(None, description="Uploaded files; default VAR_DIR/media.")
    PUBLICITY_WORKING_DAYS: int = Field(
        5, ge=1, le=60, description="How long a notice stands before a need may be published."
    )
    PUBLICITY_SECONDS: int | None = Field(
        None, ge=1, description="Overrides the working days; for demonstrations and tests only."
    )
    MATCH_LEASE_SECONDS: int = Field(
        1860, ge=60, description="How long a match is held while the donor pays."
    )
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Log level."
    )


REQUIRED_IN_PRODUCTION = (
    "SECRET_KEY",
    "FIELD_ENCRYPTION_KEYS",
    "BLIND_INDEX_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "STRIPE_API_KEY",
    "STRIPE_WEBHOOK_SECRET",
)


def stop(sentence: str) -> None:
    """End the start with one readable sentence instead of a traceback."""
    sys.stderr.write(f"aixin: {sentence}\n")
    raise SystemExit(2)


def unknown_variables(names: list[str]) -> list[str]:
    """Variables that look like ours and are none, each with what was probably meant."""
    known = set(Environment.model_fields) | SCRIPT_VARIABLES
    sentences = []
    for name in sorted(names):
        if name in known or not name.startswith(OWN_PREFIXES):
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else "."
        sentences.append(f"the setting {name} is unknown{hint}")
    return sentences


def read_environment() -> Environment:
    """Read and check the environment; a fault ends the process naming the variable."""
    unknown = unknown_variables(list(os.environ))
    if unknown:
        stop(" ".join(unknown))
    try:
        environment = Environment()
    except ValidationError as error:
        first = error.errors()[0]
        stop(f"the setting {first['loc'][0]} is not usable: {first['msg']}.")
        raise
    if environment.AIXIN_ENV == "production":
        if environment.DEBUG:
            stop("the setting DEBUG must not be on in production.")
        missing = [name for name in REQUIRED_IN_PRODUCTION if not getattr(environment, name)]
        if missing:
            stop(
                f"the setting {missing[0]} is required in production and is not set"
                + (f" (also missing: {', '.join(missing[1:])})." if missing[1:] else ".")
            )
    return environment
