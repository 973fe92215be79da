"""Lists of choices written in one go: Django renders a template for each choice, a sixth of the page of a list."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join

_SELECTED = {True: format_html(" selected{}", ""), False: ""}


class ListeDeChoix(forms.Select):
    """The same element as Django's, for choices without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """The element `select`, its choices escaped."""
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>', ((v, _SELECTED[str(v) == chosen], t) for v, t in self.choices)
        )
        given = format_html_join("", ' {}="{}"', (self.build_attrs(self.attrs, attrs) or {}).items())
        return format_html('<select name="{}"{}>{}</select>', name, given, options)


def quick(form: forms.Form) -> forms.Form:
    """The same form of filters, its lists of choices written in one go."""
    for field in form.fields.values():
        if type(field.widget) is forms.Select:
            field.widget = ListeDeChoix(field.widget.attrs, field.widget.choices)
    return form
