"""Finding a scheme by a need: what a project holder types, read as contracts write it too; what closes soon."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.recherche import query_words
from tenir.core import horloge
from tenir.core.composants import Lien, Tampon, Ton
from tenir.core.typographie import NBSP, accord, capital, date_fr, pluriel, typo
from tenir.financement.catalogue import Annonce, Besoin, announced, for_need
from tenir.financement.models import FicheDeDispositif
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs

LONGEST = 200
SOON = timedelta(days=60)
"""How long before its last day a scheme is shown to who asks nothing."""


def trouver(request: HttpRequest, slug: str) -> HttpResponse:
    """The schemes that answer a need; those that close soon, when nothing is asked."""
    espace = contract_or_404(slug)
    question = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    where, every = announced(espace), list(FicheDeDispositif.objects.of(espace))
    found = for_need(every, where, question) if question else Besoin(_closing(espace, every))
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, Lien("Les dispositifs", reverse("dispositifs", args=[slug])), Lien("Trouver un dispositif")),
        question=question,
        chapeau=typo(lede(question, found)),
        aussi=typo(_also(found)),
        titre="Ce qui répond" if question else "À demander bientôt",
        fiches=[shown(one, where.get(one.cle, Annonce()), horloge.today(espace)) for one in found.fiches],
        liste=reverse("dispositifs", args=[slug]),
    )
    return render(request, "public/trouver.html", given)


def _closing(espace: EspaceDeContrat, every: list[FicheDeDispositif]) -> tuple[FicheDeDispositif, ...]:
    today = horloge.today(espace)
    rows = [one for one in every if one.ferme_le and today <= one.ferme_le <= today + SOON and not one.disparu_le]
    return tuple(sorted(rows, key=lambda one: (one.ferme_le or today, one.cle)))


def lede(question: str, found: Besoin) -> str:
    """What was found, in a sentence."""
    if not question:
        return "Dites en quelques mots ce que vous voulez faire : « jardin », « aide aux devoirs »."
    if not query_words(question):
        return "Ces mots sont trop courts pour chercher : ajoutez ce que vous voulez faire."
    count = len(found.fiches)
    if not count:
        return f"Aucun dispositif du contrat ne répond à « {question} »."
    verb = accord(count, "répond", "répondent")
    return f"{capital(pluriel(count, 'dispositif', lettres=True))} {verb} à « {question} »."


def _also(found: Besoin) -> str:
    return f"Cherché aussi : {', '.join(f'«{NBSP}{one}{NBSP}»' for one in found.aussi)}." if found.aussi else ""


def shown(fiche: FicheDeDispositif, where: Annonce, today: Any) -> dict[str, Any]:
    """A scheme as anyone reads it: what is not known is said."""
    return {
        "nom": fiche.nom,
        "tampon": stamp_of(fiche, today),
        "pour_quoi": fiche.pour_quoi,
        "lignes": [
            ("Qui peut le demander", fiche.pour_qui),
            ("Quand", when(fiche)),
            ("Où", fiche.ou),
            ("Annoncé par", ", ".join(where.financeurs)),
        ],
        "orientations": list(where.orientations.values()),
        "verifie": told_check(fiche),
    }


def stamp_of(fiche: FicheDeDispositif, today: Any) -> Tampon | None:
    """Whether it is gone, or closed, or closes soon."""
    if fiche.disparu_le:
        return Tampon("n’existe plus", Ton.RETARD)
    if fiche.ferme_le and fiche.ferme_le < today:
        return Tampon("fermé", Ton.MUET)
    if fiche.ferme_le and fiche.ferme_le <= today + SOON:
        return Tampon("ferme bientôt", Ton.ATTENTION)
    return None


def when(fiche: FicheDeDispositif) -> str:
    """When one may apply, with its last day."""
    last = f"jusqu’au {date_fr(fiche.ferme_le)}" if fiche.ferme_le else ""
    return typo(", ".join(filter(None, (fiche.quand.rstrip(" .") if last else fiche.quand, last))))


def told_check(fiche: FicheDeDispositif) -> str:
    """When what is said of it was checked, and by whom."""
    if fiche.verifie_le is None:
        return "jamais vérifié"
    return typo(f"vérifié le {date_fr(fiche.verifie_le)} par {fiche.verifie_par or 'l’équipe du contrat'}")
