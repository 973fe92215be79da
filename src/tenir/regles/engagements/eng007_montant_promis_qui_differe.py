import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import champs
from tenir.regles.financements import montant, parts
from tenir.regles.parties import est_de
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

PAYS = re.compile(
    r"^\W*(?:(?:vers|apport|consacr|mobilis|financ|affect|engag)(?:er|e|ent|era)|investi(?:r|t|ssent)|y"
    r" consacre[rn]?t?)\b[^.;]{0,40}?"
    r"(?P<montant>\d{1,3}(?:[\s.]\d{3})+|\d{4,})\s*(?:€|euros?)"
)
IN_ALL = re.compile(
    r"\bduree du contrat\b|\bau total\b|\ben tout\b|\bde 20\d\d a 20\d\d\b"
    r"|\bd[’']ici 20\d\d\b|\bsur (?:six|sept|cinq) ans\b"
)
HOLDER = re.compile(
    r"^\W*(?:\d[\d.]*\s*)?(?P<nom>[A-ZÀ-Ý][^:.;]{1,80}?)\s*(?:s[’']engage(?:nt)?\b.*|promet(?:tent)?\b.*|:)?\s*:?$"
)
AGREE = 3
"""How many promises must be the sum of their lines before one that is not is told."""


@regle("ENG007", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def montant_promis_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un signataire promet un montant qui n’est pas celui de ses lignes.

    ## Ce que la règle vérifie

    Ce qu’un signataire promet de verser sur toute la durée du contrat est la somme de ce que les actions lui font
    payer (« Coût : 60 000 €, dont Région 40 000 € »). La règle ne parle que si trois autres signataires au moins ont
    promis exactement leur somme : le document compte donc bien ainsi.

    ## Pourquoi

    Une action comptera sur un argent que personne n’a promis.

    ## Exemple fautif

    « Le Département s’engage à verser 100 000 € sur la durée du contrat », et ses actions lui en demandent 120 000.

    ## Corrigé

    Le même montant aux deux endroits.

    ## Source

    Cohérence interne.
    """
    paid: dict[str, int] = {}
    for one in champs(document):
        if one.genre == "financement":
            for name, amount in parts(one.valeur):
                paid[name] = paid.get(name, 0) + amount
    compared = [(who, said, phrase, _sum(who, paid)) for who, said, phrase in _promised(document)]
    known = [one for one in compared if one[3]]
    wrong = [one for one in known if one[1] != one[3]]
    if len(known) - len(wrong) >= AGREE and len(wrong) == 1:
        who, said, phrase, total = wrong[0]
        yield Anomalie(
            porteur(contrat, phrase.ligne),
            f"« {who} » promet {_written(said)} € ; les actions lui en comptent {_written(total)}.",
            "Accordez la promesse et les lignes de financement.",
            source=phrase.plage(),
        )


def _promised(document: DocumentNormalise) -> Iterator[tuple[str, int, Phrase]]:
    """Each amount promised for the whole contract, with the name printed above the bullets."""
    for phrase in phrases(document):
        words = sans_accents(re.sub(r"^[–—•*o-]\s+", "", phrase.texte))
        found = PAYS.match(words)
        if found and IN_ALL.search(words) and (who := _above(document, phrase.ligne)):
            yield who, montant(found["montant"]), phrase


def _above(document: DocumentNormalise, line: int) -> str:
    """The name that opens the block of bullets a line is in."""
    for text in reversed(document.lignes[max(0, line - 15) : line - 1]):
        words = text.strip()
        if words and not re.match(r"[–—•*o-]\s", words) and not words[0].islower() and words[0] != "(":
            found = HOLDER.match(words)
            return re.sub(r"\s+s[’']engage.*$", "", found["nom"]) if found else ""
    return ""


def _sum(who: str, paid: dict[str, int]) -> int:
    return sum(amount for name, amount in paid.items() if est_de(name, who))


def _written(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u202f")
