from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import decimal, donnees, lines_of, printed
from tenir.regles.chiffres.ensembles import comparable_to
from tenir.regles.registre import regle

TOLERANCE = Decimal("0.5")
"""In points: what rounding explains."""


@regle("CHF014", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def part_que_ses_nombres_contredisent(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une part ne correspond pas aux nombres dont elle est faite.

    ## Ce que la règle vérifie

    Quand une part en pour cent et un nombre, parties du même ensemble, portent le même libellé au signe « % »
    près, la part est le nombre rapporté à l’ensemble, à un demi-point près.

    ## Pourquoi

    Le lecteur peut refaire la division. S’il ne tombe pas juste, il ne croira plus le reste.

    ## Exemple fautif

    287 demandeurs d’emploi, dont femmes : 149, dont femmes (%) : 61,9 %.

    ## Corrigé

    287 demandeurs d’emploi, dont femmes : 149, dont femmes (%) : 51,9 %.

    ## Source

    Arithmétique.
    """
    known = {donnee.code: donnee for donnee in donnees(contrat)}
    for share in known.values():
        whole = known.get(share.partie_de or "")
        if share.unite != "%" or share.valeur is None or whole is None or not whole.valeur or whole.unite == "%":
            continue
        for part in known.values():
            same = part.partie_de == share.partie_de and comparable_to(part, whole)
            if same and part.valeur is not None and comparable(part.libelle) == comparable(share.libelle):
                real = part.valeur / whole.valeur * 100
                if abs(real - share.valeur) > TOLERANCE:
                    yield Anomalie(
                        share,
                        f"« {share.libelle} » est imprimé {printed(share)} ; {printed(part)} ({part.code}) sur "
                        f"{printed(whole)} ({whole.code}) font {decimal(real)} %.",
                        "Vérifiez les trois nombres dans leur source.",
                        source=lines_of(share, part, whole),
                    )
