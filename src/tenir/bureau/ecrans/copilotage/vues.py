"""The page of those who copilot, and its paper."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.bureau.ecrans.aujourdhui import block
from tenir.bureau.ecrans.copilotage.attentes import Lecture, nothing_awaited, sections_of
from tenir.core import horloge
from tenir.core.composants import Chiffre, Item
from tenir.core.documents import Document, Partie, Tableau, document_response
from tenir.core.typographie import date_fr, nombre, typo
from tenir.ecran.blocs import Section, sentence
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs("copilotage.read")
def copilotage(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """What a contract awaits of each today, or the paper of it."""
    today = horloge.today(espace)
    lecture = Lecture(acces, espace, today)
    sections = sections_of(lecture)
    chapeau = sentence(sections) or nothing_awaited(lecture)
    if format:
        document = _document(espace, sections, chapeau)
        return document_response(document, name=f"{espace.slug}-copilotage-{today.isoformat()}", format=format)
    asked = request.GET.get("section")
    given = context(
        acces,
        espace,
        "copilotage",
        jour=date_fr(today),
        chapeau=chapeau,
        chiffres=[Chiffre(one.titre, nombre(len(one.lignes)), url=f"#{one.nom}") for one in sections],
        blocs=[block(section, whole=asked == section.nom) for section in sections],
        pdf=address("copilotage-fichier", espace, "pdf"),
        docx=address("copilotage-fichier", espace, "docx"),
    )
    return render(request, "bureau/copilotage.html", given)


def _document(espace: EspaceDeContrat, sections: Iterable[Section], chapeau: str) -> Document:
    """The page as a paper for a meeting: all the lines, without anyone’s telephone."""
    return Document(
        titre="Ce que le contrat attend de chacun",
        surtitre=typo(f"{espace.titre} : état au {date_fr(horloge.today(espace))}"),
        chapeau=(chapeau,),
        parties=tuple(_part(section) for section in sections),
        avertissement=typo("Contrat fictif : rien de ce que dit cette feuille n’existe.") if espace.fictif else "",
    )


def _part(section: Section) -> Partie:
    lines = tuple(_line(item) for item in section.lignes)
    told = (section.explication,) if section.explication else ()
    return Partie(section.titre, told, Tableau(section.titre, ("Code", "Quoi", "Ce qui manque"), (6, 18, 24), lines))


def _line(item: Item) -> tuple[str, str, str]:
    state = f"{item.stamp.word} · " if item.stamp else ""
    return item.code, item.title, f"{state}{item.note}"
