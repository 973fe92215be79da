import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Fiche, fiches
from tenir.regles.engagements.actions_visees import fiche_visee
from tenir.regles.financements import MONTANT, montant
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

SUM = re.compile(
    rf"(?<![\d,])(?P<montant>{MONTANT})\s*(?:€|euros?\b)"
    r"(?P<an>\s(?:par|chaque|l[’']) ?an(?:nee)?\b|\s?/\s?an\b)?"
)


@regle("ENG010", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def montant_promis_a_une_action_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une promesse donne à une action un montant que sa fiche n’a pas.

    ## Ce que la règle vérifie

    Quand un signataire promet une somme pour ce que fait une action, cette somme est imprimée dans sa fiche : par an
    si la promesse est par an, en tout sinon. La promesse et l’action sont rapprochées par au moins deux mots que le
    titre de cette action est seul à dire. Une fiche qui ne dit aucune somme de cette sorte n’est pas concernée.

    ## Pourquoi

    La même chose a deux prix : chacun citera celui qui l’arrange.

    ## Exemple fautif

    Fiche « Doter un fonds d’initiatives » : 18 000 € par an ; engagement : « doter le fonds d’initiatives de 15 000 €
    par an ».

    ## Corrigé

    Le même montant aux deux endroits.

    ## Source

    Cohérence interne.
    """
    plan = fiches(document)
    below = max((max(field.fin for field in one.champs) for one in plan), default=0)
    for phrase in phrases(document) if plan else ():
        said = list(SUM.finditer(sans_accents(phrase.texte)))
        if phrase.ligne <= below or len(said) != 1 or (one := fiche_visee(phrase.texte, plan)) is None:
            continue
        promised = said[0]
        printed = [found for found in _sums(document, one) if bool(found["an"]) == bool(promised["an"])]
        if printed and montant(promised["montant"]) not in {montant(found["montant"]) for found in printed}:
            yield Anomalie(
                porteur(contrat, phrase.ligne),
                f"« {phrase.texte.strip(' –—•-;.')} » : la fiche « {one.titre} » dit "
                f"{', '.join(dict.fromkeys(found[0] for found in printed))}.",
                "Gardez un seul montant.",
                source=phrase.plage(),
            )


def _sums(document: DocumentNormalise, one: Fiche) -> Iterator[re.Match[str]]:
    """Every sum that the lines of a sheet print."""
    last = max(field.fin for field in one.champs)
    yield from SUM.finditer(sans_accents(document.joined(list(document.lignes[one.ligne - 1 : last]))))
