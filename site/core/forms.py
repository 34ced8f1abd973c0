"""How every form on the site is rendered."""

from django.forms.renderers import TemplatesSetting


class AixinRenderer(TemplatesSetting):
    """Forms with an error summary, fields with visible label, hint and error.

    Needs ``django.forms`` in INSTALLED_APPS, for the built-in widget templates.
    Set as ``FORM_RENDERER = "core.forms.AixinRenderer"``. ``{{ form }}`` renders
    the summary and all fields; a template that places fields itself includes
    ``components/error_summary.html`` and writes ``{{ form.name.as_field_group }}``.
    """

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
