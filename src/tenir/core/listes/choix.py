"""Lists of choices written in one go: Django renders a template for each choice, a sixth of the page of a list."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from tenir.core.cellules import together, written


class ListeDeChoix(forms.Select):
    """The same element as Django's, for choices without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """The element `select`, its choices escaped."""
        chosen = "" if value is None else str(value)
        options = together((_option(value, text, str(value) == chosen) for value, text in self.choices), "")
        given = together((written(' {}="{}"', *one) for one in self.build_attrs(self.attrs, attrs).items()), "")
        return written('<select name="{}"{}>{}</select>', name, given, options)


def _option(value: object, text: object, chosen: bool) -> SafeString:
    return written(f'<option value="{{}}"{" selected" if chosen else ""}>{{}}</option>', value, text)


def quick(form: forms.Form) -> forms.Form:
    """The same form of filters, its lists of choices written in one go."""
    for field in form.fields.values():
        if type(field.widget) is forms.Select:
            field.widget = ListeDeChoix(field.widget.attrs, field.widget.choices)
    return form
