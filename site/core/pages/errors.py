"""What the error summary says: one line an error, leading to its control."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from core.exceptions import RefusedError


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One message and the address of the control it speaks of ("" for the form)."""

    text: str
    href: str = ""


def as_error(error: RefusedError | str) -> list[ErrorLink]:
    """Return a refusal, or a sentence, as the only line of an error summary."""
    return [ErrorLink(error if isinstance(error, str) else error.message)]


def error_links(form: BaseForm) -> list[ErrorLink]:
    """All errors of a bound form: first the form's own, then by field in page order."""
    links = [ErrorLink(str(message)) for message in form.non_field_errors()]
    for field in form.hidden_fields():
        links += [ErrorLink(_named(field, message)) for message in field.errors]
    for field in form.visible_fields():
        control = _control_id(field)
        href = f"#{control}" if control else ""
        links += [ErrorLink(_named(field, message), href) for message in field.errors]
    return links


def _control_id(field: BoundField) -> str:
    """The id a link can focus: the first control where a field has several."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.auto_id else ""


def _named(field: BoundField, message: object) -> str:
    return gettext("%(label)s：%(message)s") % {"label": field.label, "message": message}
