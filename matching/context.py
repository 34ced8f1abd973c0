"""What the header knows of the person reading."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from matching.needs.selectors.desk import desk_links


def role_links(request: HttpRequest) -> dict[str, object]:
    """Return the desks of whoever is signed in; asked of the database only when shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "role_links": SimpleLazyObject(
            lambda: [{"label": label, "url": url} for label, url in desk_links(user)]
        )
    }
