from collections.abc import Iterator

from tenir.fichier.derogation import Derogation
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.controle import AnomaliesTrouvees, derogation_de
from tenir.regles.mots import jour
from tenir.regles.registre import Lit, regle, regles


@regle("STR005", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.ANOMALIES)
def derogation_sans_objet(contrat: ContratDeVille, trouvees: AnomaliesTrouvees) -> Iterator[Anomalie]:
    """Une dérogation n’admet plus rien.

    ## Ce que la règle vérifie

    Chaque dérogation du fichier vise une règle qui existe, une anomalie que cette règle trouve encore, et sa date de
    fin n’est pas passée. Une règle qui n’a pas pu être vérifiée (elle lit les mots signés, et le document manque) ne
    condamne aucune dérogation.

    ## Pourquoi

    Une dérogation oubliée admettrait demain une faute que personne n’a vue. Celle qui a pris fin dit qu’une décision
    est à reprendre.

    ## Exemple fautif

    Une dérogation à la règle CHF001 pour un chiffre corrigé depuis.

    ## Corrigé

    La même section, sans cette dérogation.

    ## Source

    Pratique des outils de vérification : une exception a une raison, un auteur et une fin.
    """
    for one in contrat.derogations:
        said = _what_is_wrong(one, trouvees)
        if said:
            where = f" pour {one.element}" if one.element else ""
            yield Anomalie(
                contrat.items.get(one.element or ""),
                f"La dérogation à {one.regle}{where} {said}.",
                "Retirez-la du fichier, ou décidez-en de nouveau.",
            )


def _what_is_wrong(one: Derogation, trouvees: AnomaliesTrouvees) -> str:
    if one.regle not in {rule.code for rule in regles()}:
        return "vise une règle qui n’existe pas"
    if one.fin < trouvees.le:
        return f"a pris fin le {jour(one.fin)}"
    used = any(derogation_de(found, (one,), trouvees.le) for found in trouvees.anomalies)
    if one.regle in trouvees.verifiees and not used:
        return "n’admet plus rien : la règle n’y trouve aucune anomalie"
    return ""
