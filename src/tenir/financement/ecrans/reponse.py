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
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.champs import label
from tenir.ecran.edition import posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField, Texte
from tenir.financement.ecrans.commun import stamp_of, told_check, told_year
from tenir.financement.enums import ETATS
from tenir.financement.models import DemandeAuFinanceur, FicheDeDispositif, LigneDeFinancement, ReponseDeFinanceur
from tenir.financement.montants import MontantField, told
from tenir.financement.services import dispositifs as schemes_of
from tenir.financement.services.dispositifs import EXACT, GONE, OTHER, SAID
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
SAYS = [
    ("", "pas regardé"),
    (EXACT, "toujours exact"),
    (OTHER, "à corriger ci-dessous"),
    (GONE, "n’existe plus"),
]
PARTS = ("etat", "montant", "motif", "preuve")


class ReponseForm(Formulaire):
    """What a funder says of each of its lines and of its schemes; nothing where it leaves « rien de nouveau »."""

    def __init__(
        self, lignes: list[LigneDeFinancement], fiches: list[FicheDeDispositif], data: Any = None, **initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        self.lignes, self.fiches = lignes, fiches
        self._ask_of_lines(lignes)
        self.fields["le"] = JourField(label="En date du", required=bool(lignes))
        for one in fiches:
            self._ask_of_scheme(one)

    def _ask_of_lines(self, lignes: list[LigneDeFinancement]) -> None:
        for one in lignes:
            states = [("", "rien de nouveau"), *((etat.value, etat.label) for etat in ETATS[one.registre])]
            self.fields[f"etat_{one.pk}"] = forms.ChoiceField(label="Où en est-ce", choices=states, required=False)
            self.fields[f"montant_{one.pk}"] = MontantField("Montant en tout, en euros")
            self.fields[f"motif_{one.pk}"] = forms.CharField(
                label="Raison", required=False, max_length=500,
                help_text="D’un refus, d’une annulation, d’un versement sans convention au-dessus de 23 000 €.",
            )  # fmt: skip
            self.fields[f"preuve_{one.pk}"] = forms.CharField(label="Preuve", required=False, max_length=500)

    def _ask_of_scheme(self, one: FicheDeDispositif) -> None:
        self.fields[f"dit_{one.pk}"] = forms.ChoiceField(label="Est-ce exact", choices=SAYS, required=False)
        for name in SAID:
            noun = capital(label(name, FicheDeDispositif))
            kind = JourField if name == "ferme_le" else Texte
            more: dict[str, Any] = {} if name == "ferme_le" else {"rows": 2, "max_length": 600}
            self.fields[f"{name}_{one.pk}"] = kind(label=noun, required=False, initial=getattr(one, name), **more)

    def schemes(self) -> Iterator[tuple[FicheDeDispositif, list[forms.BoundField]]]:
        """Each scheme with its fields."""
        for one in self.fiches:
            yield one, [self[f"{part}_{one.pk}"] for part in ("dit", *SAID)]

    def said_of_schemes(self) -> dict[int, dict[str, Any]]:
        """What is said of schemes, by number: those of which it says whether they are right."""
        held = self.cleaned_data
        return {
            one.pk: {part: held.get(f"{part}_{one.pk}") for part in ("dit", *SAID)}
            for one in self.fiches
            if held.get(f"dit_{one.pk}")
        }

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
    fiches = list(FicheDeDispositif.objects.of_funder(demande.espace, demande.financeur))
    form = ReponseForm(lignes, fiches, posted(request), le=horloge.today(demande.espace))
    here = HttpResponseRedirect(reverse("financeur", args=[jeton]))
    nothing = RIEN in request.POST
    if nothing or form.is_valid():
        try:
            said, schemes = ({}, {}) if nothing else (form.said(), form.said_of_schemes())
            answer(demande=demande, said=said, dispositifs=schemes, rien=nothing, lu=read_mark(request))
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
        "dispositifs": [] if closed else _schemes(demande, form),
        "rien": demande.rien,
        "lu": shown(demande),
        "contact": typo(whom_to_write(demande.espace)),
    }
    return render(request, "financement/reponse.html", given, status=UNPROCESSABLE if form.errors else 200)


def _schemes(demande: DemandeAuFinanceur, form: ReponseForm) -> list[dict[str, Any]]:
    """What is known of each scheme, with what the funder said of it and nobody read."""
    waiting = schemes_of.waiting_of(demande)
    return [
        {
            "fiche": one,
            "verifie": told_check(one),
            "attend": typo(capital(schemes_of.told_answer(waiting[one.pk]))) if one.pk in waiting else "",
            "champs": fields,
        }
        for one, fields in form.schemes()
    ]


def _row(ligne: LigneDeFinancement, fields: list[forms.BoundField], waits: ReponseDeFinanceur | None) -> dict[str, Any]:
    return {
        "ligne": ligne,
        "tampon": stamp_of(ligne),
        "montant": told(ligne.montant),
        "annee": told_year(ligne.annee),
        "attend": typo(capital(told_answer(waits))) if waits else "",
        "champs": fields,
        "ouverte": any(one.errors or (one.form.is_bound and one.value()) for one in fields),
    }
