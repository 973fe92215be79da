"""Whatever a field of a draft is made of, it never says whom the document names."""

import pytest

from tenir.fichier import canonique
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tenir.regles.controle import controler
from tests.regles.test_mutations import JOUR

CONTRAT = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Orientation 1 : Apprendre

Objectifs
- Suivre les enfants avec Mme Zoé EXEMPLAIRE

Actions
- Ouvrir une étude (pilote : {who})
- Tenir une permanence. Partenaires : CCAS, {who}

Crédits de droit commun
- Région : aide aux études 20 000 € ({who})
- {who} : fonds propres

Indicateurs
- Nombre d’enfants suivis par {who}
"""


@pytest.mark.parametrize(
    "who", ["Mme Zoé EXEMPLAIRE", "M. Bakary INVENTAIRE", "zoe.exemplaire@valberge.example", "05 57 00 00 09"]
)
def test_no_field_of_a_draft_names_anyone(who: str) -> None:
    lecture = lire(read_content(CONTRAT.format(who=who).encode()))
    assert lecture.contrat.spans_of_names
    told = canonique.dump(lecture.contrat)
    rules = " ".join(one.phrase for one in controler(lecture.contrat, None, le=JOUR).anomalies)
    for word in (who.split()[-1], "EXEMPLAIRE"):
        assert word not in told + rules


def test_a_document_that_names_nobody_is_read_as_it_is() -> None:
    lecture = lire(read_content(CONTRAT.format(who="CCAS").replace("Mme Zoé EXEMPLAIRE", "soin").encode()))
    assert not lecture.contrat.spans_of_names
    assert "masqué" not in canonique.dump(lecture.contrat)
