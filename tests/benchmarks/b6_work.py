"""The peer of B6: what a bare Django list of the same needs costs, one query, no filters."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from matching.models import Need

PAGE = """<!doctype html><title>Needs</title><h1>Needs</h1><ul>
{% for need in needs %}<li><h2><a href="/needs/{{ need.code }}/">{{ need.title }}</a></h2>
<p>{{ need.village.region.parent.name }} · {{ need.get_category_display }}</p>
<p>{{ need.collected_minor }} / {{ need.target_minor }}</p><p>{{ need.summary }}</p></li>
{% endfor %}</ul>"""


def plain(request: HttpRequest) -> HttpResponse:
    """List 24 open needs."""
    start = (int(request.GET.get("page", "1")) - 1) * 24
    needs = Need.objects.filter(status="published").select_related("village__region__parent")
    needs = needs.order_by("-published_at")[start : start + 24]
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"needs": needs}, request))


urlpatterns = [path("needs/", plain)]
