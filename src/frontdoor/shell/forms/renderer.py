"""The project's form renderer (settings FORM_RENDERER): every form, allauth's too, is drawn by our components."""

from typing import Any

from django.forms.renderers import BaseRenderer
from django.template import engines

from frontdoor.shell.forms.bound import BoundField


class Renderer(BaseRenderer):
    """Renders forms and fields by the Jinja environment of the pages."""

    form_template_name = "shell/forms/fields.html"
    field_template_name = "shell/forms/field.html"
    formset_template_name = "shell/forms/formset.html"
    bound_field_class = BoundField

    def get_template(self, template_name: str) -> Any:
        """The template by its name, from the pages' environment."""
        return engines["jinja2"].get_template(template_name)
