"""What the public reads of the life of actions; and that nothing else of it ever shows."""

import re
from datetime import date

import pytest
from django.test import Client

from tenir.ecran.champs import field
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.publications import PUBLIE, Genre
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


def tell(espace: EspaceDeContrat, texte: str, le: date = date(2026, 9, 1), **fields: object) -> Nouvelle:
    return Nouvelle.objects.create(fiche=change(espace, derniere_nouvelle_le=le), texte=texte, le=le, **fields)


def keep(espace: EspaceDeContrat, *genres: Genre) -> None:
    """The team keeps some kinds of facts."""
    EspaceDeContrat.objects.filter(pk=espace.pk).update(**{PUBLIE[genre]: False for genre in genres})


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
        debut_prevu=date(2026, 1, 1),
        debut_reel=date(2026, 1, 1),
    )
    tell(fictif, "Les clés sont remises.", date(2026, 9, 1))
    html = page(fictif, "actions/O01-A01").replace("\xa0", " ")
    for words in (
        "En cours",
        "depuis le 12 mars 2026",
        "Signer le bail",
        "1er décembre 2026",
        "1er septembre 2026",
        "Les clés",
    ):
        assert words in html
    assert "1 est en cours" in page(fictif).replace("\xa0", " ")
    assert "En cours" in page(fictif, "orientations/O01")
    row = exported(fictif, "actions.csv", statut="en-cours")[0]
    assert (row["Code"], row["Où elle en est"], row["En retard"]) == ("O01-A01", "en cours", "non")
    assert (row["Dernière nouvelle le"], row["Dernière nouvelle"]) == ("2026-09-01", "Les clés sont remises.")


def test_the_list_filters_by_status(fictif, codes):
    change(fictif, statut="realisee", statut_depuis=date(2026, 3, 12))
    assert codes(fictif, "actions.csv", statut="realisee") == ["O01-A01"]
    assert "O01-A01" not in codes(fictif, "actions.csv", statut="aucun")


def test_what_is_late_is_said_in_plain_words_and_never_as_a_green_en_cours(fictif, page, exported, codes):
    fiche = change(fictif, statut="en-cours", statut_depuis=date(2026, 3, 1), fin_prevue=date(2026, 6, 30))
    Jalon.objects.create(fiche=fiche, titre="Ouvrir le local", prevu_le=date(2026, 5, 4))
    html = page(fictif, "actions/O01-A01").replace("\xa0", " ")
    assert 'class="tampon tampon-retard">En cours, en retard<' in html
    assert "L’étape « Ouvrir le local » était attendue le 4 mai 2026 ; elle devait finir le 30 juin 2026." in bare(html)
    assert 'tampon-retard">En cours, en retard<' in page(fictif, "orientations/O01")
    assert "1 est en retard" in page(fictif).replace("\xa0", " ")
    assert codes(fictif, "actions.csv", statut="en-retard") == ["O01-A01"]
    row = exported(fictif, "actions.csv", statut="en-cours")[0]
    assert (row["En retard"], row["En retard depuis le"]) == ("oui", "2026-05-04")


def test_a_late_step_that_is_kept_is_told_without_its_words(fictif, page):
    fiche = change(fictif, statut="en-cours", statut_depuis=date(2026, 3, 1))
    Jalon.objects.create(fiche=fiche, titre=f"{MARK} jalon", prevu_le=date(2026, 5, 4))
    keep(fictif, Genre.ETAPES)
    html = bare(page(fictif, "actions/O01-A01"))
    assert "Une étape attendue n’est pas venue (les étapes ne sont pas publiées)." in html
    assert MARK not in html
    assert "mai 2026" not in html


def test_what_the_team_keeps_is_said_not_published_everywhere(fictif, page, exported):
    fiche = change(fictif, statut="suspendue", statut_depuis=date(2026, 3, 1), motif=MARK, prochaine_etape=MARK)
    Jalon.objects.create(fiche=fiche, titre=f"{MARK} jalon", prevu_le=date(2026, 5, 4))
    tell(fictif, f"{MARK} nouvelle")
    html = bare(page(fictif, "actions/O01-A01"))
    assert html.count(MARK) == 4
    keep(fictif, *Genre)
    html = bare(page(fictif, "actions/O01-A01"))
    assert MARK not in html
    assert "septembre" not in html  # no day of news without the news
    kept = "les nouvelles, les étapes et les jalons, les retards, la raison d’un arrêt."
    assert f"Non publié par l’équipe du contrat : {kept}" in html
    row = exported(fictif, "actions.csv", statut="suspendue")[0]
    columns = (
        "Raison d’un arrêt",
        "Prochaine étape",
        "Jalons",
        "Dernière nouvelle le",
        "Dernière nouvelle",
        "En retard",
    )
    assert {row[column] for column in columns} == {"non publié"}
    assert "en-retard" not in page(fictif, "actions/")


def test_where_lateness_is_kept_en_cours_is_not_green(fictif, page):
    change(fictif, statut="en-cours", statut_depuis=date(2026, 3, 1), fin_prevue=date(2026, 6, 30))
    keep(fictif, Genre.RETARDS)
    html = page(fictif, "actions/O01-A01")
    assert 'class="tampon tampon-neutre">En cours<' in html
    assert "retard" not in page(fictif).lower()


def test_no_public_page_nor_file_shows_what_is_not_public(fictif, client: Client):
    keep(fictif, *Genre)
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
        assert "en retard" not in re.sub(";en retard(?= depuis le;|;)", "", html.lower()), path


def bare(html: str) -> str:
    """The words of a page, with plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" .", ".")


@pytest.mark.parametrize("path", ["actions/", "actions/O01-A01", "orientations/O01", ""])
def test_the_life_of_actions_costs_no_query_per_action(fictif, petit, queries, path):
    FicheAction.objects.filter(espace=fictif).update(statut="en-cours", statut_depuis=date(2026, 3, 12))
    many, few = queries(fictif, path), queries(petit, path)
    assert many <= few + 1  # the little contract has no neighbouring page to look for
