import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.financements import montant
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.tableaux import tableaux
from tenir.regles.textes import sans_accents

SUM = r"(?P<somme>(?<![\d,])\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|(?<![\d,])\d{3,9})(?:,\d\d)?\s?(?:€|euros?\b)"
EACH_YEAR = r"(?:par an\b|chaque annee|annuel\w*|tous les ans|l[’']an\b|/an\b)"
YEARLY = re.compile(rf"{SUM}[^.;\d]{{0,30}}?{EACH_YEAR}|{EACH_YEAR}[^.;\d]{{0,60}}?{SUM.replace('somme', 'autre')}")
WHOSE = re.compile(
    r"\b(?P<qui>conseils? citoyens?|tables? de quartier|regies? de quartier|maisons? du projet|centres?"
    r" social|comite d[’']habitants"
    r"|fonds d[e’'] ?(?:participation|initiatives?|soutien|projets?|dotation|solidarite)(?: (?:des|aux"
    r"|citoyennes?|locales?)"
    r"(?: \w+)?)?|budgets? participatifs?|appel a projets|bourses? (?:de |aux |d[’'])\w+)"
)
HIM = re.compile(r"\b(?:lui|leur|il|elle)\b")
WHOLE = re.compile(
    rf"\b(?:(?:le|ce|present|notre) contrat|l[’']ensemble des? (?:actions?|signataires|partenaires)|les"
    rf" signataires|montant total"
    rf"|(?:budget|cout|enveloppe|total) (?:total|global|general|du contrat)\w*)\b[^.;\d]{{0,60}}?\b"
    rf"(?:mobilis\w+|represent\w+|s[’']elev\w+|engag\w+|consacr\w+|totalis\w+|est|sont|coute|prevoi\w+|:)[^.;\d]{{0,40}}?{SUM}"
    rf"(?![^.;]{{0,30}}{EACH_YEAR})"
)
FEWEST = 3
"""How many rows a table has, at least, for its last one to be the total of the contract."""


@regle("FIN010", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def somme_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une somme annoncée diffère d’un endroit à l’autre.

    ## Ce que la règle vérifie

    Ce que reçoit chaque année un conseil citoyen, un fonds ou une régie (« 3 000 € par an ») est le même partout. Le
    montant que le contrat dit mobiliser en tout est celui que porte la dernière case de son tableau financier.

    ## Pourquoi

    Chacun citera la somme qui l’arrange ; le jour du versement, on ne saura pas laquelle est promise.

    ## Exemple fautif

    « La ville verse 3 000 € par an au conseil citoyen. » Plus loin : « le conseil citoyen reçoit 5 000 € par an ».

    ## Corrigé

    La même somme aux deux endroits.

    ## Source

    Cohérence interne.
    """
    said: dict[str, dict[int, tuple[Plage, ...]]] = {}
    for who, amount, source in _yearly(document):
        said.setdefault(who, {}).setdefault(amount, source)
    for who, amounts in said.items():
        if len(amounts) == 2:
            (one, first), (other, second) = amounts.items()
            yield _told(contrat, f"Deux sommes par an pour « {who} » : {_euros(one)} ligne {first[0].debut}, "
                        f"{_euros(other)} ligne {second[0].debut}.", (*first, *second))  # fmt: skip
    yield from _whole(contrat, document)


def _yearly(document: DocumentNormalise) -> Iterator[tuple[str, int, tuple[Plage, ...]]]:
    """Who receives how much a year: named in the sentence, or in the one before when it says « lui »."""
    before = ""
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        names = list(WHOSE.finditer(said))
        found = list(YEARLY.finditer(said)) if "euro" in said or "€" in said else []
        whose = names or (list(WHOSE.finditer(before)) if HIM.search(said) else [])
        if len(found) == 1 and len({comparable(one["qui"]) for one in whose}) == 1:
            yield comparable(whose[0]["qui"]), montant(found[0]["somme"] or found[0]["autre"]), phrase.plage()
        before = said if names or not HIM.search(said) else before


def _whole(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """What the contract says it comes to, against the last cell of its table of money."""
    totals = {
        int(table.rangees[-1].valeurs[-1]): table.rangees[-1].source
        for table in tableaux(document)
        if len(table.rangees) >= FEWEST and comparable(table.rangees[-1].libelle).startswith(("total", "ensemble"))
    }
    announced = [
        (montant(found["somme"]), phrase.plage(*found.span()))
        for phrase in phrases(document)
        if ("euro" in phrase.texte or "€" in phrase.texte) and (found := WHOLE.search(sans_accents(phrase.texte)))
    ]
    wrong = [one for one in announced if one[0] not in totals]
    if len(totals) == 1 and len(wrong) == 1:
        (total, row), (amount, where) = next(iter(totals.items())), wrong[0]
        if total // 2 <= amount <= total * 2:
            yield _told(contrat, f"Le contrat annonce {_euros(amount)} ; son tableau en totalise {_euros(total)}.",
                        (*where, *row))  # fmt: skip


def _told(contrat: ContratDeVille, words: str, source: tuple[Plage, ...]) -> Anomalie:
    return Anomalie(porteur(contrat, source[0].debut), words, "Gardez une seule somme.", source=source)


def _euros(amount: int) -> str:
    return f"{amount:,} €".replace(",", "\u202f")
