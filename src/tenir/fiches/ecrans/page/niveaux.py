"""« Qui lit quoi »: the table of who reads each field of a fiche."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.composants import Tampon, Ton
from tenir.core.exports import export_response
from tenir.core.typographie import capital
from tenir.ecran.champs import label
from tenir.ecran.navigation import address, context
from tenir.fiches.champs import AUTOUR, NIVEAUX, level_in
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

READERS = {
    Niveau.PUBLIC: "tout le monde",
    Niveau.PARTENAIRES: "qui a un rôle dans le contrat",
    Niveau.EQUIPE: "l’équipe, et qui porte l’action",
}
"""Who each level is, as the columns of the table say it."""
YES, NO = Tampon("oui", Ton.FAIT), Tampon("non", Ton.MUET)


@needs("fiche.read")
def qui_lit_quoi(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The table of who reads what of a fiche, or its export."""
    if format:
        return export_response(_table(espace), name=f"{espace.slug}-qui-lit-quoi", format=format)
    rows = [(noun, [YES if needed <= niveau else NO for niveau in Niveau]) for noun, needed in levels(espace)]
    given = context(
        acces,
        espace,
        "fiches",
        lecteurs=READERS.values(),
        lignes=rows,
        reglages=address("reglages", espace) if may(acces, "contrat.update", espace) else "",
        csv=address("fiche-qui-lit-quoi-export", espace, "csv"),
        xlsx=address("fiche-qui-lit-quoi-export", espace, "xlsx"),
    )
    return render(request, "fiches/page/qui_lit_quoi.html", given)


def levels(espace: EspaceDeContrat) -> Iterator[tuple[str, Niveau]]:
    """Each field of a fiche of a contract and each thing around it, with the level that reads it there."""
    yield from ((capital(label(name, FicheAction)), level_in(espace, name)) for name in NIVEAUX)
    yield from ((capital(noun), level_in(espace, noun)) for noun in AUTOUR)


def _table(espace: EspaceDeContrat) -> list[list[str]]:
    head = ["Contrat", "Ce que dit la fiche", *READERS.values()]
    cells = ((noun, ["oui" if needed <= niveau else "non" for niveau in Niveau]) for noun, needed in levels(espace))
    return [head, *([espace.titre, noun, *row] for noun, row in cells)]
