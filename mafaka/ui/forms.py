"""How forms are drawn: every field through the component `<c-field>`."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER.

    Widgets come from the project's own template folders, so `mafaka.ui` must stand before `django.forms` in
    INSTALLED_APPS. `{{ form }}` and `{{ field.as_field_group }}` give the same markup as `<c-field>`.
    """

    form_template_name = "ui/forms/form.html"
    field_template_name = "cotton/field.html"
