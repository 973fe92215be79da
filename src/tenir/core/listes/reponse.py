"""The answer of a list: its page, or the file when the address asks for one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenir.core.emplacements import named_views
from tenir.core.exports import export_response
from tenir.core.listes.choix import quick
from tenir.core.listes.liste import Liste
from tenir.core.listes.vue import Vue

UNPROCESSABLE = 422
BAD = 400


def respond(
    request: HttpRequest,
    template: str,
    *,
    liste: Liste,
    filtre: Callable[..., django_filters.FilterSet],
    rows: QuerySet[Any],
    export_name: str,
    format: str = "",
    context: dict[str, Any] | None = None,
    made_of: Callable[[Iterable[Any]], Sequence[Any]] | None = None,
) -> HttpResponse:
    """Render a list page, or export the list as filtered and sorted when `format` is csv or xlsx.

    `made_of` makes the lines of the list from the rows that the filters leave, when they are not the same thing. A
    filter that cannot be read shows its error (422) and what the others leave; nothing is exported then, for a file
    would not say so.
    """
    filtered = filtre(request.GET or None, queryset=rows)
    readable = not filtered.is_bound or filtered.is_valid()
    found = made_of(filtered.qs) if made_of and (readable or not format) else filtered.qs
    vue = Vue(liste, found, request.GET, filtre=quick(filtered.form))
    return answer(request, template, vue, readable=readable, export_name=export_name, format=format, context=context)


def answer(
    request: HttpRequest,
    template: str,
    vue: Vue,
    *,
    readable: bool,
    export_name: str,
    format: str = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of a view of a list, with the views that people named; or its file.

    An address that asks nothing opens the list as whoever reads it chose, if she did. `readable`: every filter is.
    """
    if format and vue.filtre and not readable:
        return unreadable(request, vue.filtre)
    if format:
        return export_response(vue.valeurs(), name=export_name, format=format)
    vue.nommees = named_views(request, vue, context or {})
    if vue.nommees and vue.nommees.d_office and not request.GET:
        return redirect(request.path + vue.nommees.d_office)
    given = {**(context or {}), "liste": vue}
    return render(request, template, given, status=200 if readable else UNPROCESSABLE)


def unreadable(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """What answers an export when a filter cannot be read: which one, and that nothing leaves."""
    return render(request, "core/export_refuse.html", {"form": form}, status=BAD)
