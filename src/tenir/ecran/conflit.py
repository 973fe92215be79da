"""Two people on one thing: the second sees what the first wrote, field by field, and chooses. Nochose typed is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from tenir.core.composants import Renseignement
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Ecran, Sujet, answer, done, page
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.ecran.versions import Conflit
from tenir.habilitations.rights import Acces

CONFLICT = 409
MINE, CURRENT = "mienne", "actuelle"
MARK = "arbitrage"
"""What a form sent from the page of choices carries."""

WriteChanges = Callable[[dict[str, Any]], object]


class Arbitrage(Formulaire):
    """For each field that was about to be written: what stands now, or what was typed."""

    prefixe: ClassVar[str] = "choix"

    def __init__(self, form: FormulaireSuivi, chose: Model, data: Any = None) -> None:
        super().__init__(data, prefix=self.prefixe)
        for name, mine in form.touched().items():
            current = form.held(chose, name)
            self.fields[name] = forms.ChoiceField(
                label=form.fields[name].label,
                choices=[(CURRENT, _offer("Garder la valeur actuelle", form.told(chose, name, current))),
                         (MINE, _offer("Écrire la mienne", form.told(chose, name, mine)))],
                initial=MINE if current == form.read(name) else None,
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez entre les deux."},
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Porte:
    """A value that the page of choices carries without showing it."""

    nom: str
    valeur: str


def answer_or_arbitrate(
    request: HttpRequest,
    acces: Acces,
    sujet: Sujet,
    form: FormulaireSuivi,
    ecran: Ecran,
    write: WriteChanges,
    *,
    chose: Model,
    **more: Any,
) -> HttpResponse:
    """As `answer`, for fields that someone else may have changed: `write` receives what was really changed here.

    `chose`: the thing these fields belong to.
    """
    if not form.is_bound or not form.is_valid():
        return answer(request, acces, sujet, form, ecran, lambda: None, **more)
    changes = form.touched()
    if MARK in request.POST:
        chose.refresh_from_db()
        chosen = Arbitrage(form, chose, request.POST)
        if not chosen.is_valid():
            return _choices(request, acces, sujet, form, chosen, chose, status=UNPROCESSABLE)
        changes = {name: value for name, value in changes.items() if chosen.cleaned_data[name] == MINE}
    try:
        return answer(request, acces, sujet, form, ecran, lambda: write(changes), **more)
    except Conflit as conflit:
        chose.refresh_from_db()
        chosen = Arbitrage(form, chose)
        if not conflit.differences:
            return done(request, sujet, "Quelqu’un d’autre venait d’écrire la même chose : rien n’a changé.")
        return _choices(request, acces, sujet, form, chosen, chose, status=CONFLICT)


def _choices(
    request: HttpRequest,
    acces: Acces,
    sujet: Sujet,
    form: FormulaireSuivi,
    chosen: Arbitrage,
    chose: Model,
    *,
    status: int,
) -> HttpResponse:
    given = {
        "form": chosen,
        "chapeau": _who_and_when(acces, sujet),
        "ailleurs": _elsewhere(form, chose),
        "avec": [Renseignement(str(bound.label), str(bound.data)) for bound in _beside(form)],
        "portes": list(_carried(form, chose)),
    }
    return page(request, acces, sujet, "ecran/conflit.html", status=status, **given)


def _offer(choice: str, told: str) -> str:
    return typo(f"{choice} : « {told} »") if told else typo(f"{choice} : rien")


def _who_and_when(acces: Acces, sujet: Sujet) -> str:
    """Who wrote last, and when."""
    history = sujet.histoire(acces)
    rest = "Rien de ce que vous avez écrit n’est perdu : choisissez, champ par champ."
    if not history:
        return rest
    last = history[0]
    return typo(f"{last.qui} a écrit le {date_fr(last.le)} à {last.le.hour} h {last.le.minute:02}. {rest}")


def _elsewhere(form: FormulaireSuivi, chose: Model) -> list[Renseignement]:
    """What someone else changed that was not touched here: it stays as she wrote it."""
    touched = form.touched()
    others = [n for n in form.written if n not in touched and form.held(chose, n) != form.read(n)]
    now = {name: form.told(chose, name, form.held(chose, name)) for name in others}
    return [Renseignement(str(form.fields[name].label), told or "rien") for name, told in now.items()]


def _beside(form: FormulaireSuivi) -> list[forms.BoundField]:
    """What was typed beside the fields of the thing, and will be kept: the news itself."""
    return [bound for bound in form.visible_fields() if bound.name not in form.written and bound.data]


def _carried(form: FormulaireSuivi, chose: Model) -> Iterator[Porte]:
    """What was typed, over what stands now: sent again, only what was touched here is a change."""
    touched = form.touched()
    yield Porte(MARK, "1")
    yield Porte("version", str(getattr(chose, "version", "")))
    for bound in form.visible_fields():
        if bound.name not in form.written:
            yield from _each(bound.html_name, bound.data)
            continue
        now = form.fields[bound.name].prepare_value(form.held(chose, bound.name))
        yield from _each(bound.html_name, bound.data if bound.name in touched else now)
        many = issubclass(bound.field.hidden_widget, forms.MultipleHiddenInput)
        yield from _each(bound.html_initial_name, now if many else None if now is None else str(now))


def _each(name: str, value: Any) -> Iterator[Porte]:
    """A value as a form sends it: once for each when there are several."""
    for one in value if isinstance(value, list) else [value]:
        yield Porte(name, "" if one is None or one is False else str(one))
