"""How every form is written, ours and those of the packages: the setting `FORM_RENDERER` names `Rendu`."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class ChampLie(forms.BoundField):
    """A field of a form on a page."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Its attributes. What is hidden is described to nobody: Django describes the hidden twins of fields too."""
        found = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            found.pop("aria-describedby", None)
        return found


class Rendu(DjangoTemplates):
    """Django’s own templates, with our fields."""

    bound_field_class = ChampLie
