import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.engagements.commun import promises
from tenir.regles.mots import accord, some
from tenir.regles.registre import regle

WHOLE = re.compile(r"contrats? de ville|évaluation|diagnostic|gouvernance|comité|instances", re.IGNORECASE)
"""What serves the contract as a whole, and no orientation of it more than another."""


@regle("ENG003", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.ENGAGEMENTS,))
def engagements_qui_ne_servent_aucune_orientation(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des engagements ne servent aucune orientation.

    ## Ce que la règle vérifie

    Chaque engagement sert au moins une orientation du contrat. Un titre qui ne fait que grouper ne compte pas, ni ce
    qui sert le contrat entier (gouvernance, évaluation, diagnostic). La règle ne parle que si le fichier rapproche déjà
    des engagements et des orientations.

    ## Pourquoi

    L’engagement a été écrit pour un autre contrat, ou repris d’un texte général : aucune action de celui-ci ne le
    réclamera.

    ## Exemple fautif

    La caisse agricole s’engage pour les familles agricoles ; aucune orientation n’en parle.

    ## Corrigé

    Le même engagement, rattaché à l’orientation qu’il sert, ou retiré.

    ## Source

    Loi 2014-173, article 6. Le rapprochement est fait dans le fichier, à la main.
    """
    if not any(one.orientations for signataire in contrat.signataires for one in signataire.engagements):
        return
    for signataire in contrat.signataires:
        kept = promises(signataire)
        alone = [one for one in kept if not one.orientations and not WHOLE.search(f"{one.titre} {one.texte or ''}")]
        if alone:
            many = accord(len(alone), "Un engagement", f"{len(alone)} engagements")
            serve = accord(len(alone), "ne sert", "ne servent")
            yield Anomalie(
                signataire,
                f"{many} sur {len(kept)} {serve} aucune orientation : {some(one.code for one in alone)}.",
                "Rattachez-les à une orientation, ou dites ce qu’ils apportent à ce contrat.",
                source=tuple(plage for one in alone for plage in one.source),
            )
