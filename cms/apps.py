"""CMS application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Editorial content."""

    name = "cms"
    verbose_name = _("内容")
