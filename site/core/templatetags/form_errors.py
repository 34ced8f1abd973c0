"""What the error summary needs to know about a form."""

from django import template

from core.pages.errors import error_links

register = template.Library()
register.simple_tag(error_links)
