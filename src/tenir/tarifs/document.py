"""A scenario as one accessible document, Word or PDF, for those who will choose: the same as its page says."""

from collections.abc import Iterator

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import date_fr, typo
from tenir.gouvernance.compte_rendu import FICTIF
from tenir.tarifs.calcul import Bilan
from tenir.tarifs.ecrans.resultats import figures, sentence, table_of
from tenir.tarifs.lecture import today_of
from tenir.tarifs.models import GrilleTarifaire

TITRES = ("Qui", "Aujourd’hui", "Scénario", "Changement", "Part du quotient", "Recettes")
LARGEURS = (5, 2, 2, 3, 3, 2)
RIEN = "Aucune fréquentation n’est dite : rien n’est calculé."


def document_of(scenario: GrilleTarifaire, bilan: Bilan) -> Document:
    """A scenario whole: what it costs, who pays more or less, what cannot be told."""
    service = scenario.service
    return Document(
        titre=typo(f"{service.libelle} : {scenario.titre}"),
        surtitre=typo(service.espace.titre),
        chapeau=(sentence(bilan, scenario), typo(f"État au {date_fr(today_of(service))}, au choix des élus.")),
        parties=tuple(_parts(scenario, bilan)),
        avertissement=typo(FICTIF) if service.espace.fictif else "",
    )


def _parts(scenario: GrilleTarifaire, bilan: Bilan) -> Iterator[Partie]:
    money = tuple((one.label, one.value, one.note) for one in figures(bilan, scenario))
    table = Tableau("Ce que cela coûte", ("Par an", "Montant", "Précision"), (4, 3, 4), money) if money else None
    yield Partie("Ce que cela coûte", tableau=table, vide=RIEN)
    rows = tuple(
        (one.qui, one.avant, one.apres, typo(f"{one.sens} {one.ecart}".strip()), one.effort, one.recette)
        for one in table_of(bilan, scenario.service)
    )
    yield Partie("Qui paie quoi", tableau=Tableau("Qui paie quoi", TITRES, LARGEURS, rows))
    yield Partie("Ce que l’on ne peut pas dire", bilan.manques, vide="Tout ce que demande ce calcul est dit.")
