import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mois import MOIS
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

DATE = (
    rf"(?P<date>(?P<jour>\d{{1,2}})(?:er)?\s(?P<mois>{'|'.join(MOIS)})\s(?P<an>20\d\d)"
    r"|(?P<j>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<a>20\d\d))"
)
OURS = (
    r"(?:(?:le|ce|present|notre)\s(?:contrat|texte|document)(?:\sde\sville)?|(?:la\s|cette\s|presente\s)+convention"
    r"|il|elle)"
)
SIGNED = re.compile(
    rf"^\W*(?:(?:contrat|convention|document)\s)?(?:fait|signee?)\s(?:a|au|en)\s[^;:.]{{2,40}}?,?\s(?:le\s)?{DATE}"
    rf"|\b(?:jour|date)\sde\s(?:sa|la)\ssignature\s?[,(:]?\s?(?:soit\s|est\s)?(?:le\s|du\s)?{DATE.replace('P<', 'P<s')}"
    rf"|\b{OURS}(?:\sa\sete|\sest)?,?\ssignee?\s(?:[^;:.]{{0,40}}\s)?le\s{DATE.replace('P<', 'P<p')}"
)
EFFECT = re.compile(
    rf"\b{OURS}\s(?:prend(?:ra)?\seffet|entre(?:ra)?\sen\svigueur|s[’']applique(?:ra)?|court|est\sconclue?)\s"
    rf"(?:(?!\b(?:fin|acheve|expire|terme|jusqu|et)\b)[^;:.]){{0,40}}?\b(?:le|du|au|a\scompter\sdu|a\spartir\sdu|des\sle)\s{DATE}"
)
ANOTHER = re.compile(r"\bprecedent|\bancien|\bavenant|\bprotocole|\bprorog|\bpremier contrat|\bcharte\b")


@regle("STR017", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def date_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """La date de signature, ou de prise d’effet, diffère d’un endroit à l’autre.

    ## Ce que la règle vérifie

    « Fait à…, le… », « signé à…, le… » et « le jour de sa signature, le… » portent le même jour ; de même de ce que
    disent « prend effet le… », « entre en vigueur le… », « s’applique du… ». Un avenant et le contrat précédent ont
    leurs propres dates.

    ## Pourquoi

    La durée du contrat, les délais et l’avenant se comptent de ce jour : deux réponses sont signées.

    ## Exemple fautif

    Fait à Valclair, le 3 juin 2024. Article 1 : il s’applique du jour de sa signature, le 30 juin 2024.

    ## Corrigé

    La même date aux deux endroits.

    ## Source

    Forme des actes : un acte est daté du jour où on le signe.
    """
    for pattern, what in ((SIGNED, "signature"), (EFFECT, "prise d’effet")):
        first: tuple[tuple[int, ...], str, tuple[Plage, ...]] | None = None
        for day, printed, source in _dates(document, pattern):
            first = first or (day, printed, source)
            if day != first[0]:
                yield Anomalie(
                    porteur(contrat, source[0].debut),
                    f"Deux dates de {what} : {first[1]} ligne {first[2][0].debut}, {printed} ligne {source[0].debut}.",
                    "Gardez une seule date.",
                    source=(*first[2], *source),
                )
                break


def _dates(
    document: DocumentNormalise, pattern: re.Pattern[str]
) -> Iterator[tuple[tuple[int, ...], str, tuple[Plage, ...]]]:
    """Each day that sentences give, as it is printed, with its lines."""
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        for found in pattern.finditer(said) if "20" in said and not ANOTHER.search(said) else ():
            head = next(one for one in ("", "s", "p") if found.groupdict().get(f"{one}date"))
            span = found.span(f"{head}date")
            printed, parts = (
                phrase.texte[slice(*span)],
                (found[f"{head}jour"], found[f"{head}mois"], found[f"{head}an"]),
            )
            yield _day(parts, printed), printed, phrase.plage(*span)


def _day(parts: tuple[str, str, str], printed: str) -> tuple[int, ...]:
    """The year, the month and the day."""
    if parts[0]:
        return int(parts[2]), MOIS.index(parts[1]) + 1, int(parts[0])
    return tuple(int(part) for part in reversed(re.split(r"[/.]", printed)))
