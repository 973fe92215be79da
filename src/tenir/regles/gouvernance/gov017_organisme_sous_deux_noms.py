import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.organismes import lieux
from tenir.regles.parties import ENOUGH, RACINE, annoncees, mots_de, noms_des_signataires
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

LINKS = r"(?:(?:de|du|des|la|le|les|et|sur|en|à|aux?)[ -]|[dl][’'])*"
NAME = re.compile(rf"(?<![\w’'-])[A-ZÀ-Ý][\w-]*(?:[ ’'-]{LINKS}[A-ZÀ-Ý][\w-]*)+")
ONE_A_PLACE = (
    "mission locale", "caf", "caisse d allocations familiales", "office public de l habitat", "centre hospitalier",
    "maison de l emploi", "chambre de commerce et d industrie", "chambre de metiers", "chambre d agriculture",
    "agence d urbanisme",
)  # fmt: skip
"""The bodies that a place has one of, as they are printed, without accents nor signs."""
SINGLE = 1
APART = r"[ ’']"


@regle("GOV017", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def organisme_sous_deux_noms(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un signataire est appelé autrement ailleurs.

    ## Ce que la règle vérifie

    Le nom d’un signataire a partout ses mots dans le même ordre (« Orbe Logis », non « Logis de l’Orbe »). Une
    mission locale, une CAF, un office ou une chambre, quand un seul signe, n’est pas celui d’un autre lieu que le
    document ne nomme qu’à cet endroit.

    ## Pourquoi

    On ne sait plus si c’est le même : celui qui a promis pourra dire que ce n’est pas lui.

    ## Exemple fautif

    Signataire : Orbe Logis. Engagements : « Logis de l’Orbe remet en service les locaux communs. »

    ## Corrigé

    « Orbe Logis remet en service les locaux communs. »

    ## Source

    Forme des actes : une partie y est désignée d’un seul nom.
    """
    signed = tuple(one.nom for one in annoncees(document)) or noms_des_signataires(contrat, document)
    if len(signed) < ENOUGH:
        return
    seen: set[str] = set()
    for phrase, start, end, why in (*_turned(document, signed), *_of_another_place(document, signed)):
        printed = phrase.texte[start:end]
        if comparable(printed) not in seen:
            seen.add(comparable(printed))
            source = phrase.plage(start, end)
            yield Anomalie(
                porteur(contrat, source[0].debut),
                f"« {printed} » : le contrat est signé par « {why} ».",
                "Gardez un seul nom, partout.",
                source=source,
            )


Nomme = tuple[Phrase, int, int, str]
"""A sentence, where it names a body, and the name that signs."""


def _turned(document: DocumentNormalise, signed: tuple[str, ...]) -> Iterator[Nomme]:
    """The names that have the words of a signatory in another order."""
    ours = [(_order(name), name) for name in signed if len(mots_de(name)) > SINGLE]
    kept = [words for words, _ in ours]
    roots_of_ours = {word for words in kept for word in words}
    for phrase in phrases(document):
        for found in NAME.finditer(phrase.texte):
            said = _order(found[0])
            if len(said) > SINGLE and roots_of_ours >= set(said) and not any(_follows(said, words) for words in kept):
                own = next((name for words, name in ours if set(said) <= set(words)), "")
                if own:
                    yield phrase, found.start(), found.end(), own


def _order(name: str) -> list[str]:
    """The roots of a name, in their order, each once."""
    roots = mots_de(name)
    return list(dict.fromkeys(word[:RACINE] for word in comparable(name).split() if word[:RACINE] in roots))


def _follows(said: list[str], words: list[str]) -> bool:
    """Whether words come in the order of others."""
    rest = iter(words)
    return all(word in rest for word in said)


def _of_another_place(document: DocumentNormalise, signed: tuple[str, ...]) -> Iterator[Nomme]:
    """The bodies of a kind that signs once, said to be of a place that nothing else in the document names."""
    whole = comparable(document.texte)
    for kind in ONE_A_PLACE:
        pattern = re.compile(rf"\b{re.sub(' ', APART, kind)}\b")
        ours = {places: name for name in signed if pattern.search(sans_accents(name)) and (places := lieux(name))}
        if len(ours) != SINGLE:
            continue
        places, own = next(iter(ours.items()))
        for phrase in phrases(document):
            for found in pattern.finditer(sans_accents(phrase.texte)):
                after = OF.match(phrase.texte, found.end())
                there = lieux(after["lieu"]) if after else frozenset()
                if after and there and not there & places and all(_once(whole, word) for word in there):
                    yield phrase, found.start(), after.end(), own


OF = re.compile(r"\s(?:d(?:e\sla|u|es|e)\s|de\sl[’']|d[’'])(?P<lieu>[A-ZÀ-Ý][\w-]*(?:[ -][A-ZÀ-Ý][\w-]*)*)")


def _once(whole: str, word: str) -> bool:
    return len(re.findall(rf"\b{re.escape(word)}\b", whole)) == 1
