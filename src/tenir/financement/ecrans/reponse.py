"""The page behind the link of a funder: its lines of the year, what it says of each, without an account."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField
from tenir.financement.ecrans.commun import stamp_of, told_year
from tenir.financement.enums import ETATS
from tenir.financement.models import DemandeAuFinanceur, LigneDeFinancement, ReponseDeFinanceur
from tenir.financement.montants import MontantField, told
from tenir.financement.services.liens import (
    LienClos,
    answer,
    find,
    lines_of,
    shown,
    told_answer,
    waiting_of,
    why_closed,
)
from tenir.habilitations.correspondance import whom_to_write

RIEN = "rien"
PARTS = ("etat", "montant", "motif", "preuve")


class ReponseForm(Formulaire):
    """What a funder says of each of its lines; nothing where it leaves « rien de nouveau »."""

    def __init__(self, lignes: list[LigneDeFinancement], data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.lignes = lignes
        for one in lignes:
            states = [("", "rien de nouveau"), *((etat.value, etat.label) for etat in ETATS[one.registre])]
            self.fields[f"etat_{one.pk}"] = forms.ChoiceField(label="Où en est-ce", choices=states, required=False)
            self.fields[f"montant_{one.pk}"] = MontantField("Montant en tout, en euros")
            self.fields[f"motif_{one.pk}"] = forms.CharField(
                label="Raison", required=False, max_length=500, help_text="D’un refus, d’une annulation."
            )
            self.fields[f"preuve_{one.pk}"] = forms.CharField(label="Preuve", required=False, max_length=500)
        self.fields["le"] = JourField(label="En date du")

    def rows(self) -> Iterator[tuple[LigneDeFinancement, list[forms.BoundField]]]:
        """Each line with its fields."""
        for one in self.lignes:
            yield one, [self[f"{part}_{one.pk}"] for part in PARTS]

    def said(self) -> dict[int, dict[str, Any]]:
        """What is said, by the number of the line: an amount alone keeps the state that stands."""
        held, found = self.cleaned_data, {}
        for one in self.lignes:
            given = {part: held.get(f"{part}_{one.pk}") for part in PARTS}
            if given["etat"] or given["montant"] is not None:
                given["etat"] = given["etat"] or one.etat
                found[one.pk] = {**given, "le": held["le"]}
        return found


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """The lines of a funder, and what it says of them; GET changes nothing, whoever opens it."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, demande: DemandeAuFinanceur, jeton: str) -> HttpResponse:
    lignes = list(lines_of(demande))
    form = ReponseForm(lignes, posted(request), le=horloge.today(demande.espace))
    here = HttpResponseRedirect(reverse("financeur", args=[jeton]))
    nothing = RIEN in request.POST
    if nothing or form.is_valid():
        try:
            answer(demande=demande, said={} if nothing else form.said(), rien=nothing, lu=read_mark(request))
        except ValidationError as error:
            form.is_valid()
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return here
        else:
            messages.success(request, typo("C’est noté. L’équipe du contrat lira votre réponse."))
            return here
    return _page(request, demande, form)


def _page(request: HttpRequest, demande: DemandeAuFinanceur, form: ReponseForm) -> HttpResponse:
    closed, waiting = why_closed(demande), waiting_of(demande)
    given = {
        "espace": demande.espace,
        "organisme": demande.financeur,
        "titre": f"L’argent du contrat en {demande.annee}",
        "avant": typo(date_fr(demande.close_le)),
        "ferme": typo(closed),
        "lignes": [] if closed else [_row(one, fields, waiting.get(one.pk)) for one, fields in form.rows()],
        "form": None if closed else form,
        "rien": demande.rien,
        "lu": shown(demande),
        "contact": typo(whom_to_write(demande.espace)),
    }
    return render(request, "financement/reponse.html", given, status=UNPROCESSABLE if form.errors else 200)


def _row(ligne: LigneDeFinancement, fields: list[forms.BoundField], waits: ReponseDeFinanceur | None) -> dict[str, Any]:
    return {
        "ligne": ligne,
        "tampon": stamp_of(ligne),
        "montant": told(ligne.montant),
        "annee": told_year(ligne.annee),
        "attend": typo(told_answer(waits).capitalize()) if waits else "",
        "champs": fields,
    }
