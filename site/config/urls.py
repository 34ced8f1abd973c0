"""Every address of the site: one include per app, Wagtail's catch-all last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.pictures.views import media
from config.api import api
from core.health import healthz, readyz

# For machines: one address whatever the language.
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("", include("donations.urls_machine")),
    path("media/<path:path>", media, name="media"),
]

if settings.STYLEGUIDE:
    urlpatterns += i18n_patterns(
        path("styleguide/", include("core.styleguide_urls")), prefix_default_language=False
    )

urlpatterns += i18n_patterns(
    # Browsed most, so tried first.
    path("", include("search.browsing.urls")),
    path("account/login/", auth_views.LoginView.as_view(), name="login"),
    path("account/logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("", include("donations.urls")),
    path("", include("matching.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
