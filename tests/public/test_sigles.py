"""The acronyms of a contract: the words that its document prints, the names of its bodies, nothing guessed."""

import pytest

from tenir.acteurs.models import Organisation
from tenir.contrat.chargement import rebuild_projection
from tenir.contrat.models import DocumentSigne
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import parse_source
from tenir.regles.sigles import spelled


@pytest.mark.parametrize(
    ("texte", "sigle", "mots"),
    [
        ("Il s’appuie sur le Relais des Familles Voisines (RFV).", "RFV", "Relais des Familles Voisines"),
        ("Avec l’Espace d’Information Fictif (EIF) aussi.", "EIF", "Espace d’Information Fictif"),
        ("Le CFV (comité fictif des voisins) se réunit.", "CFV", "comité fictif des voisins"),
        ("Une maison pour l’accueil des enfants (MPAE).", "MPAE", "maison pour l’accueil des enfants"),
    ],
)
def test_the_words_printed_beside_an_acronym_are_its_words(texte, sigle, mots):
    found = spelled(DocumentNormalise(f"Titre\n\n{texte}\n", ()))
    assert [(one.sigle, one.mots, one.ligne) for one in found.values()] == [(sigle, mots, 3)]


@pytest.mark.parametrize("texte", ["Le lieu est ouvert (RFV).", "Les aides à tous les acteurs individuels (ALI)."])
def test_words_that_do_not_spell_it_whole_are_not_its_words(texte):
    assert not spelled(DocumentNormalise(f"{texte}\n", ()))


def test_a_masked_name_spells_nothing():
    texte = "Relais Fanny Voisine (RFV)"
    assert not spelled(DocumentNormalise(f"{texte}\n", parse_source("1[8-20]")))


def test_the_page_and_its_file_say_them_with_their_source(petit, page, exported):
    DocumentSigne.objects.create(espace=petit, texte="Un\nRelais des Familles Voisines (RFV)\n", sha256="0" * 64)
    rebuild_projection(petit)
    Organisation.objects.filter(nom__startswith="Caisse").update(sigle="CAFS")
    html = page(petit, "sigles/")
    assert "Relais des Familles Voisines" in html
    assert "?lignes=2#l2" in html
    rows = [(row["Sigle"], row["Ses mots"], row["D’où"]) for row in exported(petit, "sigles.csv")]
    assert ("RFV", "Relais des Familles Voisines", "document signé, ligne 2") in rows
    assert ("CAFS", "organisme cité par le contrat") in [(sigle, source) for sigle, _, source in rows]


def test_where_there_is_none_it_is_said(vide, page):
    assert "Aucun sigle n’a ses mots dans ce contrat." in page(vide, "sigles/")
