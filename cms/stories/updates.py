"""What happened to a need after its story: dates and notes without anybody's name."""

from typing import Any

from django.utils.translation import gettext as _

from matching.models import Need
from matching.models.places import in_language


def deliveries_of(need: Need) -> list[dict[str, Any]]:
    """Return timeline events of deliveries confirmed for the need, oldest first."""
    deliveries: Any = need
    return [
        {
            "title": _("已送达"),
            "at": delivery.delivered_on,
            "who": _("受助户已确认") if delivery.household_confirmed else _("驻村干部确认"),
            "note": in_language(delivery.note, delivery.note_en),
            "state": "done",
        }
        for delivery in deliveries.deliveries.order_by("delivered_on", "pk")
    ]
