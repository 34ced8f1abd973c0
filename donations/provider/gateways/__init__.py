"""Payment providers behind one protocol; the settings choose which."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from donations.provider.gateways.base import PaymentGateway


@lru_cache(maxsize=4)
def _build(path: str, key: str | None, secret: str | None, api_base: str | None) -> PaymentGateway:
    return import_string(path)(api_key=key, webhook_secret=secret, api_base=api_base)


def current() -> PaymentGateway:
    """Return the gateway the settings name; one object per process and configuration."""
    return _build(
        settings.PAYMENT_GATEWAY,
        settings.STRIPE_API_KEY,
        settings.STRIPE_WEBHOOK_SECRET,
        settings.STRIPE_API_BASE,
    )
