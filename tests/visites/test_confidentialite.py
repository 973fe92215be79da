"""No one is shown what is for others: every field of every model × every page, file and search × every reader.

A value found nowhere else is planted in each field that someone may not read (`tests/marques.py`), every route that a
reader may open is fetched (`tests/parcours.py`), and no mark of a higher level shows. A new model, field, route enters
by itself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from tenir.contrat.adresses import address
from tenir.contrat.archive.ecriture import export_archive
from tenir.contrat.archive.tables import OF_PERSONS
from tenir.core import horloge
from tenir.fiches.models import PieceDeFiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import JAMAIS, Niveau
from tenir.habilitations.publications import PUBLIE, Genre
from tests.marques import Marque, unmarked
from tests.parcours import WALKED, Parcours, ask, unzipped
from tests.partage import undone
from tests.routes import RENVOI, rooms, stated


def test_every_closed_field_holds_a_mark(parcours: Parcours) -> None:
    assert not unmarked(parcours.semis), unmarked(parcours.semis)


@pytest.mark.parametrize("who", WALKED)
def test_no_one_is_shown_what_is_for_others(parcours: Parcours, who: str) -> None:
    leaks = parcours.leaks(who)
    assert not leaks, "\n".join(leaks)


def test_every_page_is_read_by_someone(parcours: Parcours) -> None:
    sign_in = rooms()["acteurs"].ROUTES
    for who in WALKED:
        names = [name for name in parcours.names(who) if name not in sign_in and stated()[name].axe != RENVOI]
        closed = [name for name in names if not any(said for _, said in parcours.shown(who, [name]))]
        assert not closed, (who, closed)


def test_what_is_planted_shows_to_those_who_read_it(parcours: Parcours) -> None:
    shown = {mark for _, said in parcours.shown("equipe") for mark in parcours.marks_in(said)}
    seen = {mark.lieu for mark in shown}
    assert len(seen) > 100, sorted(seen)
    assert {mark.niveau for mark in shown} == {Niveau.PARTENAIRES, Niveau.EQUIPE}


TOLD_BY_THE_NEWS = {"FicheAction.derniere_nouvelle_le", "SuiviDEngagement.derniere_nouvelle_le"}
"""The day of the last news, which is shown with them, as theirs."""
ON_PAGES_ALONE = {"FicheAction.debut_revise", "FicheAction.fin_revisee", "LigneDeFinancement.compte"}
SWITCHES = [*({one} for one in Genre), set(Genre)]
"""What a team may open to everyone: each kind of fact alone, and all of them."""
IN_FILES_ALONE = {
    f"LigneDeFinancement.{name}" for name in ("projet", "etat_le", "montant", "annonce", "demande", "vote", "verse")
}
"""What pages show summed over the whole contract, and a file line by line."""
FILES = ("csv", "xlsx", "atom", "ics")


@pytest.mark.parametrize("genres", SWITCHES, ids=lambda genres: "-".join(sorted(genres)))
def test_a_switch_opens_its_kind_of_fact_and_nothing_else(parcours: Parcours, genres: set[Genre]) -> None:
    pages, files = opened(parcours, genres)
    others = {str(one) for one in pages | files if not (one.genres and one.genres <= genres)}
    assert not others, others
    planted = {mark for mark in parcours.semis.marques.values() if mark.genres and mark.genres <= genres}
    meant = {mark.lieu for mark in planted} - TOLD_BY_THE_NEWS
    meant -= {"LigneDeFinancement.financeur_imprime"}  # the body recognised is named in its place
    assert {mark.lieu for mark in pages} >= meant - IN_FILES_ALONE
    assert {mark.lieu for mark in files} >= meant - ON_PAGES_ALONE


def opened(parcours: Parcours, genres: set[Genre]) -> tuple[set[Marque], set[Marque]]:
    """What the pages, and the files, show to anyone once the team opens some kinds of facts.

    One kind is looked for where something shows once all are open.
    """
    espace, client = parcours.espace, parcours.client("visiteur")
    whole = genres == set(Genre)
    if not whole and not parcours.parlantes:
        with undone():
            opened(parcours, set(Genre))
    EspaceDeContrat.objects.filter(pk=espace.pk).update(**{PUBLIE[one]: True for one in genres})
    espace.fiches.exclude(motif="").update(statut="suspendue", statut_depuis=espace.cree_le)
    since = Coalesce("etat_depuis", Value(espace.cree_le.date()))
    espace.engagements_suivis.exclude(motif="").update(etat="non-tenu", etat_depuis=since)
    of_each = [address(espace.slug, row.code) for row in (*espace.fiches.all(), *espace.engagements_suivis.all())]
    pages: set[Marque] = set()
    files: set[Marque] = set()
    urls = parcours.addresses(parcours.names("visiteur")) if whole else parcours.parlantes
    for url in dict.fromkeys((*urls, *of_each)):
        if found := parcours.marks_in(ask(client, url).said):
            (files if url.partition("?")[0].endswith(FILES) else pages).update(found)
            parcours.parlantes.update({url: None} if whole else {})
    return pages, files


def test_a_file_kept_for_the_team_opens_to_no_one_else(parcours: Parcours) -> None:
    assert not files_that_open_to_others(parcours)


def files_that_open_to_others(parcours: Parcours) -> list[str]:
    """The files of the team that someone who reads gets."""
    client = parcours.client("lecture")
    rows = PieceDeFiche.objects.filter(niveau=Niveau.EQUIPE).exclude(fichier="").select_related("fiche__action")
    urls = [reverse("fiche-piece", args=[parcours.espace.slug, piece.fiche.code, piece.pk]) for piece in rows]
    assert urls
    return [url for url in urls if client.get(url).status_code != 403]


def test_no_secret_leaves_in_an_archive_nor_any_person_unless_asked_for(parcours: Parcours, tmp_path: Path) -> None:
    leaks = list(in_an_archive(parcours, tmp_path))
    assert not leaks, "\n".join(leaks)


def of_a_person(mark: Marque) -> bool:
    """Whether a mark tells of a person: her name, her address, her role, her function."""
    return mark.lieu.endswith(".coordonnees") or mark.lieu.split(".")[0] in OF_PERSONS


def in_an_archive(parcours: Parcours, folder: Path) -> Iterator[str]:
    """The secrets that the archive of the contract holds, with contacts; without, the addresses of persons."""
    for with_contacts in (True, False):
        path = folder / f"fictif-{with_contacts}.zip"
        export_archive(parcours.espace.slug, path, on=horloge.today(), with_contacts=with_contacts, with_files=True)
        for mark in parcours.marks_in(unzipped(path.read_bytes()).lower()):
            if mark.niveau == JAMAIS or (not with_contacts and of_a_person(mark)):
                yield f"archive, contacts={with_contacts} : {mark}"
