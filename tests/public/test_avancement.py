"""What the public reads of the life of actions; and that nothing else of it ever shows."""

from datetime import date

import pytest
from django.test import Client

from tenir.ecran.champs import field
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tests.personnes import person

MARK = "MARQUEUR-PRIVE"
PAGES = (
    "", "actions/", "actions/O01-A01", "orientations/O01", "axes/A", "signataires/", "signataires/S01", "engagements/",
    "indicateurs/", "indicateurs/I01", "gouvernance/", "credits/", "credits/tableau/",
    "recherche/?q=accueil", "histoire/", "actions.csv", "engagements.csv", "indicateurs.csv",
)  # fmt: skip


def change(espace: EspaceDeContrat, **fields: object) -> FicheAction:
    rows = FicheAction.objects.filter(espace=espace, action__code="O01-A01")
    rows.update(**fields)
    return rows.get()


def test_where_nothing_is_announced_it_is_said(fictif, page):
    html = page(fictif, "actions/O01-A01")
    assert "Rien n’est annoncé" in html
    assert "rien n’est annoncé pour 40" in page(fictif)


def test_a_declared_status_shows_with_its_next_step_and_the_date_of_the_last_news(fictif, page, exported):
    change(
        fictif,
        statut="en-cours",
        statut_depuis=date(2026, 3, 12),
        prochaine_etape="Signer le bail",
        prochaine_etape_le=date(2026, 12, 1),
        derniere_nouvelle_le=date(2026, 9, 1),
        debut_prevu=date(2026, 1, 1),
    )
    html = page(fictif, "actions/O01-A01").replace("\xa0", " ")
    for words in ("En cours", "depuis le 12 mars 2026", "Signer le bail", "1er décembre 2026", "1er septembre 2026"):
        assert words in html
    assert "1 est en cours" in page(fictif).replace("\xa0", " ")
    assert "En cours" in page(fictif, "orientations/O01")
    row = exported(fictif, "actions.csv", statut="en-cours")[0]
    assert (row["Code"], row["Où elle en est"], row["Dernière nouvelle le"]) == ("O01-A01", "en cours", "2026-09-01")


def test_the_list_filters_by_status(fictif, codes):
    change(fictif, statut="realisee", statut_depuis=date(2026, 3, 12))
    assert codes(fictif, "actions.csv", statut="realisee") == ["O01-A01"]
    assert "O01-A01" not in codes(fictif, "actions.csv", statut="aucun")


def test_no_public_page_nor_file_shows_what_is_not_public(fictif, client: Client):
    private = [name for name, niveau in NIVEAUX.items() if niveau > Niveau.PUBLIC]
    texts = {name: f"{MARK}-{name}" for name in private if field(name, FicheAction).get_internal_type() == "TextField"}
    someone = person(f"{MARK} Personne", signs_in=False)
    days = {name: date(2031, 7, 14) for name in private if field(name, FicheAction).get_internal_type() == "DateField"}
    fiche = change(
        fictif, statut="en-cours", statut_depuis=date(2026, 3, 1), personne_en_charge=someone, **texts, **days
    )
    Jalon.objects.create(fiche=fiche, titre=f"{MARK} jalon", prevu_le=date(2020, 7, 14))
    Nouvelle.objects.create(fiche=fiche, texte=f"{MARK} nouvelle", le=date(2026, 3, 2), auteur=someone)
    assert set(private) == {*texts, *days, "personne_en_charge"}
    for path in PAGES:
        html = client.get(f"/contrats/{fictif.slug}/{path}").content.decode()
        assert MARK not in html, path
        assert "14\xa0juillet" not in html, path
        assert "2031-07-14" not in html, path
        assert "en retard" not in html.lower(), path


@pytest.mark.parametrize("path", ["actions/", "actions/O01-A01", "orientations/O01", ""])
def test_the_life_of_actions_costs_no_query_per_action(fictif, petit, queries, path):
    FicheAction.objects.filter(espace=fictif).update(statut="en-cours", statut_depuis=date(2026, 3, 12))
    many, few = queries(fictif, path), queries(petit, path)
    assert many <= few + 1  # the little contract has no neighbouring page to look for
