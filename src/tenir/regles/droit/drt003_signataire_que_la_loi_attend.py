import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import some
from tenir.regles.registre import regle

EXPECTED = {
    "l’État": re.compile(r"\betat\b|prefe"),
    "l’intercommunalité": re.compile(
        r"agglomeration|communaute|metropole|intercommunal|\bcali\b|\bca \b|\bcc \b"
        r"|^grand (?!port|hopital|hotel|orient)|^pays "
    ),
    "une commune": re.compile(r"\bcommune\b|\bville\b|mairie|municipal"),
    "le département": re.compile(r"departement"),
    "la région": re.compile(r"\bregion"),
}

READ = 2
"""How many of them show that the list of signatories was read."""


@regle("DRT003", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.SIGNATAIRES,))
def signataire_que_la_loi_attend(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un signataire que la loi attend n’est pas là.

    ## Ce que la règle vérifie

    L’État, l’intercommunalité, une commune, le département et la région sont parmi les signataires. La règle les
    cherche dans leurs noms et dans les identifiants du fichier ; elle ne parle que si deux d’entre eux au moins sont
    là, car une liste qui n’en a aucun autre a sans doute été mal lue.

    ## Pourquoi

    Sans l’un d’eux, le contrat n’est pas celui que la loi décrit, et ses crédits de droit commun manquent.

    ## Exemple fautif

    Signataires : la commune, la CAF, un bailleur.

    ## Corrigé

    Signataires : l’État, l’agglomération, la commune, le département, la région, la CAF, un bailleur.

    ## Source

    Loi 2014-173, article 6 : le contrat est conclu entre l’État, les communes et l’intercommunalité ; le
    département et la région le signent.
    """
    signed = [f"{comparable(one.nom)} {one.organisme.replace('-', ' ')}" for one in contrat.signataires]
    missing = [body for body, pattern in EXPECTED.items() if not any(pattern.search(name) for name in signed)]
    if len(EXPECTED) - len(missing) >= READ and missing:
        yield Anomalie(
            None,
            f"Parmi {len(signed)} signataires, il manque {some(missing)}.",
            "Faites-les signer, ou dites pourquoi ils ne signent pas.",
        )
