import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.parties import (
    ENOUGH,
    ETAT,
    RACINE,
    SIGLE,
    SIGNE,
    Partie,
    annoncees,
    est_de,
    mots_de,
    sigles_de,
)
from tenir.regles.passages import paragraphes
from tenir.regles.registre import Lit, regle

BLANK = 6
"""How many lines part two names of the block of signatures, at most."""
SIGNED = re.compile(r"^\W*(?:fait|signé|conclu) (?:à|au|en|le)\b", re.IGNORECASE)
BLOCK = re.compile(r"^\s*(?:pour |les? |la |l[’']|mme\b|monsieur|madame|m\.)[^.:;]*$|^\s*$", re.IGNORECASE)
"""A line of the block where they sign."""


@regle("ENG009", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def signataire_cite_nulle_part(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un signataire n’est cité nulle part ailleurs.

    ## Ce que la règle vérifie

    Chaque organisme de la liste des signataires qui ouvre le document (à défaut, du cartouche des signatures) est
    nommé une autre fois, en entier ou par son sigle : dans une action, une instance, un engagement. Le cartouche des
    signatures ne compte pas. La règle ne parle que si presque tous le sont.

    ## Pourquoi

    On ne sait pas ce qu’il fait dans ce contrat : c’est souvent un nom resté d’un autre.

    ## Exemple fautif

    « Entre les sept signataires : l’État, […] et la chambre de commerce » ; plus rien sur la chambre de commerce.

    ## Corrigé

    L’action où elle est partenaire la nomme, ou elle ne signe pas.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    listed = annoncees(document) or _signing(document)
    if len(listed) < ENOUGH:
        return
    said = list(_elsewhere(document, {one.ligne for one in listed}))
    promising = [one.nom for one in contrat.signataires if one.engagements]
    alone = [
        one
        for one in listed
        if not re.match(r"(?:qui|dont|lequel|laquelle|avec|ainsi)\b", one.nom)
        and not any(est_de(one.nom, name) for name in promising)
        and not any(_names(text, one.nom) for text in said)
    ]
    if len(alone) == 1:
        yield Anomalie(
            None,
            f"« {alone[0].nom} » signe, et le document ne dit rien d’autre de cet organisme.",
            "Dites ce qu’il fait dans le contrat, ou retirez-le.",
            source=alone[0].source,
        )


def _signing(document: DocumentNormalise) -> tuple[Partie, ...]:
    """Those who sign at the end (« Pour la Région, le président »), when the document does not open by their list."""
    run: list[Partie] = []
    kept: tuple[Partie, ...] = ()
    for number, line in enumerate(document.lignes, 1):
        for match in SIGNE.finditer(line):
            if run and number - run[-1].ligne > BLANK:
                run = []
            run.append(Partie(re.sub(r"^(?:l[ae]s?\s|l[’'])", "", match["nom"].strip()), number))
            kept = tuple(run) if len(run) >= ENOUGH else kept
    return kept


def _elsewhere(document: DocumentNormalise, listed: set[int]) -> Iterator[str]:
    """The paragraphs of a document, without the list of who signs nor the block where they sign."""
    signing = False
    for one in paragraphes(document):
        for rank, number in enumerate(one.lignes):
            end = one.starts[rank + 1] if rank + 1 < len(one.starts) else len(one.texte)
            line = document.lignes[number - 1]
            signing = bool(SIGNED.match(line)) or (signing and bool(BLOCK.match(line)))
            if number not in listed and not signing and not SIGNE.search(line):
                yield one.texte[one.starts[rank] : end] + " " + one.texte[end : end + 60]


def _names(text: str, nom: str) -> bool:
    """Whether a text names a body: all its words, or its initials."""
    found = comparable(text)
    if ETAT.search(comparable(nom)) and ETAT.search(found):
        return True
    initials = {word.casefold() for word in re.findall(r"(?<![\w-])[A-ZÀ-Ý]{2,9}(?![\w-])", text)}
    if any(re.search(rf"\b{re.escape(one)}\b", text) for one in SIGLE.findall(nom)):
        return True
    own = mots_de(nom) - CORPS or mots_de(nom)
    return bool(sigles_de(nom) & initials) or own <= {word[:RACINE] for word in found.split()}


CORPS = frozenset(word[:RACINE] for word in ("association", "societe", "syndicat", "fondation", "cooperative"))
"""What a body is, which a text leaves out once it was said: « l’association L’Échappée », then « L’Échappée »."""
