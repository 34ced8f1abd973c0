"""Tasks of this app, one module per area; Celery finds them through this package."""

from donations.tasks import gifts, ledger, payouts

__all__ = ["gifts", "ledger", "payouts"]
