"""The rules: their list by family, and the page of each."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.controles.gravites import stamp_of
from tenir.core.composants import Item, Lien
from tenir.core.typographie import capital, en_lettres, typo
from tenir.regles.familles import TITRES_DES_FAMILLES
from tenir.regles.registre import Lit, Regle, RegleInconnue, regle_de
from tenir.regles.registre import regles as every

READS = {
    Lit.FICHIER: "Elle lit le fichier contrat.",
    Lit.FICHIER_ET_MOTS: "Elle lit le fichier contrat, et les mots du document quand il est là.",
    Lit.MOTS: "Elle lit aussi les mots du document : sans lui, elle n’est pas vérifiée.",
    Lit.ANOMALIES: "Elle lit les dérogations du fichier contrat.",
}


def regles(request: HttpRequest) -> HttpResponse:
    """Every rule, by family."""
    families = [
        (titre, [_item(one) for one in every() if one.code.startswith(code)])
        for code, titre in TITRES_DES_FAMILLES.items()
    ]
    lede = (
        f"{capital(en_lettres(len(every())))} vérifications, que chacun peut passer sur un projet de contrat. "
        "Chacune dit ce qu’elle cherche, pourquoi, et d’où elle vient."
    )
    given = {"familles": families, "chapeau": typo(lede), "verifier": reverse("verifier")}
    return render(request, "public/regles.html", given)


def regle(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a rule."""
    try:
        found = regle_de(code)
    except RegleInconnue as error:
        raise Http404 from error
    family = TITRES_DES_FAMILLES[found.code[:3]]
    given = {
        "regle": found,
        "titre": typo(found.titre),
        "tampon": stamp_of(found.gravite),
        "famille": family,
        "lit": typo(READS[found.lit]),
        "sections": [(typo(titre), [typo(text) for text in texts]) for titre, texts in found.sections],
        "fil": [Lien("Les règles", reverse("regles")), Lien(found.code)],
        "voisines": _neighbours(found),
    }
    return render(request, "public/regle.html", given)


def _item(one: Regle) -> Item:
    return Item(one.code, typo(one.titre), reverse("regle", args=[one.code]), stamp=stamp_of(one.gravite))


def _neighbours(found: Regle) -> Sequence[Lien]:
    """The other rules of its family."""
    return [
        Lien(typo(one.titre), reverse("regle", args=[one.code]), one.code)
        for one in every()
        if one.code[:3] == found.code[:3] and one is not found
    ]


urlpatterns = [
    path("regles/", regles, name="regles"),
    path("regles/<str:code>/", regle, name="regle"),
]
