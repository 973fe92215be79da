"""Tags and filters that every template has."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.middleware.csrf import get_token
from django.template.defaultfilters import stringfilter
from django.template.defaulttags import querystring
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tenir.core import abreges, emplacements, envois, horloge, noms, typographie
from tenir.core.composants import Lien, Tete
from tenir.core.marques import MARQUE, seal

register = template.Library()

register.filter("nombre", typographie.nombre)
register.filter("euros", typographie.euros)
register.filter("en_lettres", typographie.en_lettres)
register.filter("abrege", abreges.abbreviated)
register.simple_tag(abreges.told, name="abreges")
register.filter("typo", stringfilter(typographie.typo), is_safe=True)
register.filter("apres_de", noms.de)
register.filter("designe", noms.designe)
register.filter("apres_a", noms.a)
register.filter("de_personne", noms.de_personne)
register.simple_tag(typographie.pluriel, name="pluriel")
register.simple_tag(lambda name: typographie.typo(emplacements.word(name)), name="mot")


@register.filter
def heure(moment: time | None) -> str:
    """« 9 h 30 », its spaces unbreakable."""
    return typographie.typo(typographie.clock_fr(moment))


@register.filter
def date_fr(day: date) -> str:
    """`{{ day|date_fr }}` → « 12 mars 2026 »; a date with a time is first brought to the zone of the contract."""
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = horloge.local(day)
    return typographie.date_fr(day)


@register.filter
def temps(day: date, forms: str) -> str:
    """`{{ day|temps:"est attendue,était attendue" }}`: the verb that goes with a day to come (or today), or gone by."""
    to_come, _, past = forms.partition(",")
    when = horloge.day_of(day) if isinstance(day, datetime) else day
    return typographie.tense(when, horloge.today(), to_come, past)


@register.filter
def accord(count: typographie.Nombre, forms: str) -> str:
    """`{{ n|accord:"vide,vides" }}` or `{{ n|accord:"vide" }}`: the form that goes with the count."""
    singular, _, plural = forms.partition(",")
    return typographie.accord(count, singular, plural)


@register.simple_tag(takes_context=True)
def parametres(context: template.RequestContext, name: str, value: object) -> str:
    """The query string with one parameter set (or removed, if None), back to the first page.

    Like Django's `{% querystring %}`, for a parameter whose name is only known by a variable.
    """
    changes = {"page": None, name: value}
    return str(querystring(context, None, **changes)) or "?"


@register.simple_tag(takes_context=True)
def autres_parametres(context: template.RequestContext, form: forms.Form) -> list[tuple[str, str]]:
    """The parameters of the address that the form does not ask for (sort, search), but for the page."""
    asked = {form[name].html_name for name in form.fields} | {"page"}
    return [(name, value) for name, values in context.request.GET.lists() if name not in asked for value in values]


@register.simple_block_tag
def entete(content: str, title: object, code: object = "", rank: object = "", overline: object = "") -> SafeString:
    """The top of a page, its one sentence inside: `{% entete title=titre code=code %}{{ chapeau }}{% endentete %}`."""
    lede = SafeString(content.strip())  # already escaped by the template that holds it
    given = {"title": title, "code": code, "rank": rank, "overline": overline, "lede": lede}
    return render_to_string("core/components/entete_de_page.html", given)


@register.simple_tag(takes_context=True)
def tete(context: template.Context) -> Tete:
    """The head of the page; an empty one where there is no request (an error page).

    `onglets`, in the context of a public page of a contract, takes the place of the bar.
    """
    request = context.get("request")
    found = emplacements.head_of(request, context.get("espace"), str(context.get("onglet", ""))) if request else Tete()
    parts = context.get("onglets")
    return replace(found, barre=parts, nom_de_la_barre=emplacements.word("parties")) if parts else found


@register.simple_tag(takes_context=True)
def a_propos(context: template.Context) -> Sequence[Lien]:
    """What an upper room says of the item of this page, to those who may read it."""
    request = context.get("request")
    return emplacements.links_of(emplacements.A_PROPOS, request, context.get("espace")) if request else ()


@register.simple_tag(takes_context=True)
def envoi(context: template.Context, lu: Mapping[str, str] | None = None) -> SafeString:
    """What every form that writes carries: its token, its key (`core.envois`), and the mark of what is shown, if any.

    `lu`: what the page shows of what the form acts on, noun by noun (`core.marques`); that of the page unless said.
    """
    request = getattr(context, "request", None)  # in a component called with `only`, all that is left of the page
    token = context.get("csrf_token") or (get_token(request) if request else "")
    held = [(envois.JETON, str(token))] if token else []
    held += [(envois.CHAMP, envois.new_key())]
    read = context.get("lu") if lu is None else lu
    held += [(MARQUE, seal(read))] if isinstance(read, Mapping) else []
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', held)


@register.filter
def numeros(page: Page[Any]) -> list[int | str]:
    """The page numbers to show around a page: 1 … 4 5 6 … 9."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
