"""What every page shows of the signed-in person's desks."""

from django.http import HttpRequest

from matching.selectors.desk import desk_links


def role_links(request: HttpRequest) -> dict[str, object]:
    """Return the person's desks for the header; nothing is read for a guest."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"role_links": [{"label": label, "url": url} for label, url in desk_links(user)]}
