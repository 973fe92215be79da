import re
from collections.abc import Iterator

from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Orientation
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

NOBODY = re.compile(
    r"^(?:ensemble |tout |autre |different |divers )*"
    r"(?:membre|partenaire|acteur|participant|signataire|habitant|riverain)\b"
    r"|^(?:service|structure|organisme|association|collectivite|personne) (?:concerne|competent|interesse|volontaire)"
    r"|^(?:pilote )?(?:non |pas )?(?:encore )?(?:definir|determiner|designer|preciser|completer|confirmer|identifier"
    r"|defini|determine|designe|precise|identifie)$"
)


@regle("GOV002", gravite=Gravite.A_CORRIGER, depuis="0.1")
def pilote_qui_n_est_personne(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un pilote n’est personne que l’on puisse appeler.

    ## Ce que la règle vérifie

    Un pilote nommé par une orientation ou une action n’est ni un groupe sans adresse (« les partenaires », « les
    membres de… », « les services concernés »), ni un organisme à désigner. Un organisme que Tenir ne connaît pas n’est
    pas une faute.

    ## Pourquoi

    « Les partenaires » ou « les membres de la commission » ne répondent pas au téléphone : l’action n’est
    portée par personne.

    ## Exemple fautif

    Pilote : les membres du groupe de travail « Emploi ».

    ## Corrigé

    Pilote : la Mission locale, avec le groupe de travail « Emploi ».

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi avec les signataires.
    """
    for orientation in contrat.orientations:
        holders: list[Orientation | ActionPrevue] = [orientation, *orientation.actions]
        for holder in holders:
            for pilote in holder.pilotes:
                if pilote.organisme is None and NOBODY.search(comparable(pilote.nom)):
                    yield Anomalie(
                        holder,
                        f"« {pilote.nom} », nommé pilote, n’est pas un organisme que l’on puisse appeler.",
                        "Nommez un organisme.",
                    )
