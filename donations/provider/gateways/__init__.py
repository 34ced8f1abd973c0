"""Payment providers behind one protocol; the settings choose which."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from donations.exceptions import PaymentUnavailableError
from donations.provider.gateways.base import PaymentGateway


@lru_cache(maxsize=8)
def _registered(paths: tuple[str, ...]) -> dict[str, type[PaymentGateway]]:
    found = [import_string(path) for path in paths]
    by_name = {gateway.name: gateway for gateway in found}
    if not found or len(by_name) < len(found):
        raise ImproperlyConfigured("PAYMENT_GATEWAYS names no provider, or one name twice")
    return by_name


@lru_cache(maxsize=8)
def _build(
    gateway: type[PaymentGateway], configuration: tuple[tuple[str, str | None], ...]
) -> PaymentGateway:
    return gateway(**dict(configuration))


def registered() -> dict[str, type[PaymentGateway]]:
    """Return the providers that the settings name, by their names."""
    return _registered(tuple(settings.PAYMENT_GATEWAYS))


def taking() -> type[PaymentGateway]:
    """Return the provider of new gifts: the settings' first."""
    return next(iter(registered().values()))


def known(name: str) -> type[PaymentGateway]:
    """Return what is known of a provider without asking it.

    Raises:
        PaymentUnavailableError: the settings name it no more.
    """
    if name not in registered():
        raise PaymentUnavailableError(_("在线支付尚未开通。"))
    return registered()[name]


def named(name: str) -> PaymentGateway:
    """Return the gateway to a provider; one object per process and configuration.

    Raises: as ``known``, and where it has no account.
    """
    gateway = known(name)
    return _build(gateway, tuple(gateway.configuration().items()))


def payment_pages() -> list[str]:
    """Return the origins of all providers' payment pages."""
    return [origin for gateway in registered().values() for origin in gateway.payment_pages()]
