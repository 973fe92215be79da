"""No one is shown what is for others: every field of every model × every page, file and search × every reader.

A value found nowhere else is planted in each field that someone may not read (`tests/marques.py`), every route that a
reader may open is fetched (`tests/parcours.py`), and no mark of a higher level shows. A new model, field, route enters
by itself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from tenir.contrat.archive.ecriture import export_archive
from tenir.contrat.archive.tables import OF_PERSONS
from tenir.core import horloge
from tenir.fiches.models import PieceDeFiche
from tenir.habilitations.niveaux import JAMAIS, Niveau
from tests.marques import Marque, unmarked
from tests.parcours import WALKED, Parcours, unzipped
from tests.routes import RENVOI, rooms, stated
from tests.vecu import _lived, vecu  # noqa: F401 (fixtures)


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
