"""The demo's published logins, for its login page."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from demo import accounts
from demo.seed import marker
from matching.models.places import in_language

register = template.Library()


@register.inclusion_tag("demo/people.html")
def demo_people() -> dict[str, object]:
    """Show who may be signed in as; nothing outside the demo or without its county."""
    if not settings.DEMO_BANNER or marker.whole_scale() is None:
        return {"rows": []}
    rows = [[name, in_language(*title)] for name, title in accounts.LOGINS]
    columns = [{"label": _("用户名")}, {"label": _("角色")}]
    return {"rows": rows, "columns": columns, "password": accounts.PASSWORD}
