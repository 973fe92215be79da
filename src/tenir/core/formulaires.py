"""How every form is written, ours and those of the packages: the setting `FORM_RENDERER` names `Rendu`."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class ChampLie(forms.BoundField):
    """A field of a form on a page."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Its attributes. What is hidden is described to nobody: Django describes the hidden twins of fields too.

        No `maxlength`: a browser cuts in silence what is pasted over it, and a text of which the end is lost is kept as
        if it were whole. The field refuses it instead, with everything that was written still in it.
        """
        widget = widget or self.field.widget
        found = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            found.pop("aria-describedby", None)
        if "maxlength" in widget.attrs:
            found["maxlength"] = False  # what a widget holds is only taken back so
        return found


class Rendu(DjangoTemplates):
    """Django’s own templates, with our fields."""

    bound_field_class = ChampLie
