"""Contracts written as articles: axes inside them, sheets set in by blanks, numbered promises and indicators."""

import pytest

from tests.lecteur.textes import lire_texte

TETE = """CONTRAT DE VILLE DE BRÉVANNE 2024-2030

Document fictif, écrit pour les essais du lecteur de Tenir, que nul n’a signé.

"""

PROJET = """{decoupe} 3 – {axe} 1 : Vivre mieux

   {orientation} 1.1 – Se soigner près de chez soi dans le quartier

   {action} 1.1.1 – Ouvrir une maison de la prévention
   Contenu : deux permanences par semaine, dont une réservée aux jeunes, puis des visites à la
   maison des associations du quartier.
   Pilote : CAF
   Calendrier : de 2025 à 2030

   {action} 1.1.2 – Soigner les dents des écoliers
   Contenu : une visite par an.
   Pilote : Département
   Calendrier : 2026

{decoupe} 4 – {axe} 2 : Se déplacer

   {orientation} 2.1 – Circuler sans voiture

   {action} 2.1.1 – Prêter des bicyclettes
   Contenu : quarante bicyclettes.
   Pilote : Région
   Calendrier : 2027

"""
MOTS = (
    {"decoupe": "Article", "axe": "Axe", "orientation": "Orientation", "action": "Action"},
    {"decoupe": "Chapitre", "axe": "Pilier", "orientation": "Objectif stratégique", "action": "Fiche action"},
    {"decoupe": "Titre", "axe": "Axe", "orientation": "Orientation", "action": "Projet"},
)


@pytest.mark.parametrize("mots", MOTS, ids=lambda mots: mots["decoupe"])
def test_the_axes_and_the_sheets_of_articles_are_read(mots: dict[str, str]) -> None:
    contrat = lire_texte(TETE + PROJET.format(**mots)).contrat
    assert [axe.titre_imprime for axe in contrat.axes] == ["Vivre mieux", "Se déplacer"]
    assert [len(o.actions) for o in contrat.orientations] == [2, 1]
    actions = [action for o in contrat.orientations for action in o.actions]
    assert [a.pilotes[0].nom for a in actions] == ["CAF", "Département", "Région"]
    assert [a.titre_imprime for a in actions][2] == "Prêter des bicyclettes"


PROMESSES = {
    "décimales": """Article 5 – Engagements de chaque signataire

5.1. L’État {promet} :
   – verser 90 000 euros ;
   – nommer un délégué à mi-temps.
5.2. La Région {promet} :
   – financer les bicyclettes.
5.3. Le conseil citoyen {promet} :
   – rendre un avis chaque année.

Article 6 – Moyens

Les montants sont à l’annexe 1.
""",
    "sans numéro": """Article 5 – Ce que chacun promet

L’État {promet} :
– verser 90 000 euros ;
– nommer un délégué à mi-temps.

La Région {promet} :
– financer les bicyclettes.

Le conseil citoyen {promet} :
– rendre un avis chaque année.

Article 6 – Moyens

Les montants sont à l’annexe 1.
""",
}


@pytest.mark.parametrize("disposition", PROMESSES)
@pytest.mark.parametrize("promet", ["s’engage à", "promet de"])
def test_what_each_article_promises_is_its_signatory_s(disposition: str, promet: str) -> None:
    contrat = lire_texte(TETE + PROJET.format(**MOTS[0]) + PROMESSES[disposition].format(promet=promet)).contrat
    promised = {s.nom: len(s.engagements) for s in contrat.signataires if s.engagements}
    assert promised == {"L’État": 2, "La Région": 1, "Le conseil citoyen": 1}
    assert not any("engage" in i.nom or "promet" in i.nom for i in contrat.instances)


SUIVI = {
    "valeurs dessous": """Orientation 1.1 – Se soigner près de chez soi dans le quartier
   1. Visites à la maison de la prévention (source : CAF) :
      0 en 2024, 300 en 2028
   2. Part des écoliers sans carie, vus par le dentiste (source : enquête du
      Département) : 41 % en 2023, 60 % en 2029
Orientation 2.1 – Circuler sans voiture
   3. Bicyclettes prêtées dans l’année (source : Région) :
      12 en 2023, 40 en 2027
""",
    "sans retrait": """Orientation 1.1 – Se soigner près de chez soi dans le quartier

1. Visites à la maison de la prévention :
0 en 2024, 300 en 2028

2. Part des écoliers sans carie :
41 % en 2023, 60 % en 2029

Orientation 2.1 – Circuler sans voiture

3. Bicyclettes prêtées dans l’année :
12 en 2023, 40 en 2027
""",
    "puces": """Orientation 1.1 – Se soigner près de chez soi dans le quartier
– Visites à la maison de la prévention :
  de 0 en 2024 à 300 en 2028
– Part des écoliers sans carie :
  valeur de départ : 41 % ; cible 2029 : 60 %
Orientation 2.1 – Circuler sans voiture
– Bicyclettes prêtées dans l’année :
  12 → 40 en 2027
""",
    "étiquettes": """Orientation 1.1 – Se soigner près de chez soi dans le quartier
– Visites à la maison de la prévention
  Valeur de départ : 0 (2024)
  Cible : 300 (2028)
– Part des écoliers sans carie
  Valeur de départ : 41 % (2023)
  Cible : 60 % (2029)
Orientation 2.1 – Circuler sans voiture
– Bicyclettes prêtées dans l’année
  Valeur de départ : 12 (2023)
  Cible : 40 (2027)
""",
}


@pytest.mark.parametrize("disposition", SUIVI)
def test_the_values_of_an_indicator_are_its_own(disposition: str) -> None:
    annexe = "ANNEXE 2 – INDICATEURS DE SUIVI\n\nChaque indicateur porte sur le quartier.\n\n" + SUIVI[disposition]
    found = lire_texte(TETE + PROJET.format(**MOTS[0]) + annexe).contrat.indicateurs
    assert [i.libelle.split()[0] for i in found] == ["Visites", "Part", "Bicyclettes"]
    assert [" ".join((i.cible or "").split()[:1]) for i in found] == ["300", "60", "40"]
    assert [i.orientations for i in found] == [("O01",), ("O01",), ("O02",)]


def test_a_number_that_opens_an_indicator_is_no_value_of_the_one_above() -> None:
    annexe = "ANNEXE – INDICATEURS\n\n– Nombre de visites\n– 100 % des écoliers vus en 2026\n"
    found = lire_texte(TETE + PROJET.format(**MOTS[0]) + annexe).contrat.indicateurs
    assert [i.libelle for i in found] == ["Nombre de visites", "100 % des écoliers vus en 2026"]
