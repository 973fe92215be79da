from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Orientation
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.credits.commun import AMOUNT
from tenir.regles.mots import some
from tenir.regles.registre import regle

FEWEST = 5
"""From how many actions on those that differ from the others are seen."""


@regle("FIN007", gravite=Gravite.A_AMELIORER, depuis="0.2", de=(Contenu.ACTIONS,))
def actions_auxquelles_il_manque_ce_que_les_autres_ont(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Quelques actions n’ont pas le montant, la date ou le pilote que les autres ont.

    ## Ce que la règle vérifie

    Quand presque toutes les actions du contrat (quatre sur cinq, ou toutes sauf une) ont un montant dans leur
    fiche, une date ou un pilote, toutes en ont un. Une fiche qui ne dit aucun financeur n’est pas comptée pour les
    montants. Le pilote d’une orientation vaut pour ses actions. Une seule remarque pour tout le contrat ; elle
    compte, elle ne juge pas.

    ## Pourquoi

    Un plan se relit d’un coup d’œil : ce qui manque à deux fiches sur quarante est un oubli, et se répare avant la
    signature.

    ## Exemple fautif

    Quarante actions, dont trente-neuf disent leur échéance.

    ## Corrigé

    L’échéance de la quarantième.

    ## Source

    Loi 2014-173, article 6 : le contrat dit les actions, leurs moyens et leur calendrier.
    """
    actions = [(orientation, action) for orientation in contrat.orientations for action in orientation.actions]
    funded = [(action, sums) for orientation, action in actions if (sums := _sums(orientation, action))]
    few = [
        _few("une date", [(action, bool(action.horizon)) for _, action in actions]),
        _few("un pilote", [(action, bool(action.pilotes or orientation.pilotes)) for orientation, action in actions]),
        _few("un montant", [(action, any(sums)) for action, sums in funded]),
    ]
    if told := [one for one in few if one]:
        said = " ; ".join(sentence for sentence, _ in told)
        yield Anomalie(None, f"{said}.", "Complétez celles qui restent.", source=_lines(told))


def _few(what: str, actions: list[tuple[ActionPrevue, bool]]) -> tuple[str, list[ActionPrevue]] | None:
    """How many actions have a thing, and those that have it not, when almost all of them have it."""
    lacking = [action for action, has in actions if not has]
    if len(actions) < FEWEST or not 0 < len(lacking) <= max(1, len(actions) // 5):
        return None
    names = some(f"« {one.titre} »" for one in lacking)
    return f"{len(actions) - len(lacking)} actions sur {len(actions)} ont {what} (sans : {names})", lacking


def _lines(told: list[tuple[str, list[ActionPrevue]]]) -> tuple[Plage, ...]:
    """The lines of the actions that lack something."""
    return tuple(dict.fromkeys(plage for _, lacking in told for one in lacking for plage in one.source))


def _sums(orientation: Orientation, action: ActionPrevue) -> list[bool]:
    """For each funding line in the sheet of an action, between it and the next one, whether it says a sum."""
    if not action.source:
        return []
    start = action.source[0].debut
    after = [one.source[0].debut for one in orientation.actions if one.source and one.source[0].debut > start]
    return [
        any(AMOUNT.search(scheme.nom) for scheme in line.dispositifs)
        for line in orientation.credits
        if line.source and start <= line.source[0].debut < min(after, default=line.source[0].debut + 1)
    ]
