import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, Periode
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.lettres import NOMBRE, valeur
from tenir.regles.mois import MOIS
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite, periode_imprimee
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

ANOTHER = (
    r"(?! (?:passee?|signee? (?:avec|entre)|conclue? (?:avec|entre)|pour|de|avec|entre|prevue?|annuel\w*|pluriannuel\w*"
    r"|triennal\w*|local\w*|territorial\w*|cadre|bilateral\w*|tripartite|type)\b| d[’'])"
)
"""What a contract or a convention is called when it is not the one that is signed here."""
ABOUT = re.compile(
    rf"\b(?:(?:le|present|ce|du|notre) contrat(?: de ville|{ANOTHER})|la (?:presente )?convention{ANOTHER}|il)\b"
    r"[^.:]{0,70}?\b"
    r"(?:court|vaut|dure|prend effet|prend fin|s[’']acheve|expire|s[’']etend|couvre|arrive a (?:echeance|terme)"
    r"|est conclu"
    r"|est etabli|est signe|est en vigueur|s[’']applique|porte sur la periode|se termine)"
    r"|\bduree (?:du|de ce|du present) contrat\b"
)
CONCLUDED = re.compile(rf"^\W*(?:conclue?|etablie?|signee?)\s(?:pour|pour une duree de) {NOMBRE} ans\b")
ASIDE = re.compile(r"\b(?:le|present|ce) contrat(?: de ville)?, (?:conclu|etabli|signe) pour\b[^,;.]*")
"""« Le contrat, conclu pour cinq ans, peut être modifié par avenant »: what is said of it in passing."""
ELSEWHERE = re.compile(
    r"\bprecedent|\bancien|\bprolong|\bproro|\bfait suite|\bsucced|\bavenant|\breconduct|\bpremier contrat"
)
END = re.compile(
    r"\b(?:jusqu[’'](?:au|a la fin de|en|a fin)|au|le|fin|a la fin de|en)\s+(?:\d{1,2}(?:er)?\s+)?(?:decembre\s+"
    r"|fin\s+|l[’']annee\s+)?"
    r"(?P<an>20\d{2})\b"
)
SPAN = re.compile(r"\b(?P<debut>20\d{2})\s?(?:-|–|/|a|au|et)\s?(?P<fin>20\d{2})\b")
START = re.compile(r"\b(?:du|a compter du|a partir du|des le)\s+1(?:er)? janvier (?P<an>20\d{2})")
DATE = re.compile(rf"\b(?P<jour>\d{{1,2}})(?:er)?\s(?P<mois>{'|'.join(MOIS)})\s(?P<an>20\d{{2}})\b")
YEARS = re.compile(
    rf"\b(?:duree de|est de|fixee a|pour|pendant|dure|sur)\s+(?P<n>{NOMBRE})\s+(?:ans|annees)\b(?!\set\sdemi)"
)


@regle("STR012", gravite=Gravite.BLOQUANTE, depuis="0.1", lit=Lit.MOTS, periode=True)
def duree_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """La durée du contrat n’est pas celle de son titre.

    ## Ce que la règle vérifie

    Une phrase qui dit quand le contrat commence, finit ou combien d’années il dure s’accorde avec les années de son
    titre. De 2024 à 2030, « six ans » et « sept ans » se défendent ; entre deux dates entières, on compte les mois. La
    règle ne parle que si le document imprime ces années ensemble, et laisse les phrases sur le contrat précédent ou un
    avenant.

    ## Pourquoi

    Le jour où l’on cherche si le contrat vaut encore, deux réponses sont signées.

    ## Exemple fautif

    Contrat de ville 2024-2030. Article 2 : il court jusqu’au 31 décembre 2028.

    ## Corrigé

    Contrat de ville 2024-2030. Article 2 : il court jusqu’au 31 décembre 2030.

    ## Source

    Loi 2014-173, article 6 : le contrat a une durée.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    first: tuple[Phrase, str, int] | None = None
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        apart = ASIDE.search(said)
        said = (
            apart[0] if apart else said.split(",")[0] if CONCLUDED.match(said) else said if ABOUT.search(said) else ""
        )
        if not said or ELSEWHERE.search(said):
            continue
        if wrong := _wrong(said, periode.debut, periode.fin):
            yield _told(contrat, document, phrase, wrong, periode)
        elif (lasts := LASTS.search(said)) and (years := valeur(lasts["n"])):
            first = first or (phrase, lasts["dit"], years)
            if years != first[2]:
                yield _two(contrat, first, phrase, lasts)


LASTS = re.compile(
    rf"\b(?:duree de|conclue? pour|etablie? pour|signee? pour|vaut pour)\s"
    rf"(?P<dit>(?P<n>{NOMBRE})\s(?:ans|annees))\b(?!\set\sdemi)"
)
"""How many years a contract lasts, in two places: each may go with its title, and they do not with one another."""


def _two(contrat: ContratDeVille, first: tuple[Phrase, str, int], phrase: Phrase, lasts: re.Match[str]) -> Anomalie:
    source = (*first[0].plage(), *phrase.plage(*lasts.span()))
    said = phrase.texte[slice(*lasts.span("dit"))]
    return Anomalie(
        porteur(contrat, source[-1].debut),
        f"Deux durées du contrat : {first[1]} ligne {source[0].debut}, {said} ligne {source[-1].debut}.",
        "Gardez une seule durée.",
        source=source,
    )


def _wrong(said: str, debut: int, fin: int) -> str:
    """The words of a sentence that the years of the contract contradict."""
    for found in SPAN.finditer(said):
        if (int(found["debut"]), int(found["fin"])) != (debut, fin):
            return found[0]
    starts = [found for found in START.finditer(said) if int(found["an"]) != debut]
    ends = [found for found in END.finditer(said) if not START.match(said, found.start())]
    after = [found for found in ends if int(found["an"]) > debut + 1]
    if starts:
        return starts[0][0]
    if after and int(after[-1]["an"]) != fin:
        return after[-1][0]
    years = YEARS.search(said)
    if years and (dates := list(DATE.finditer(said))) and len(dates) == 2:
        return "" if _lasts(dates[0], dates[1], valeur(years["n"]) or 0) else years[0]
    return years[0] if years and valeur(years["n"]) not in (fin - debut, fin - debut + 1) else ""


def _lasts(first: re.Match[str], last: re.Match[str], years: int) -> bool:
    """Whether two dates are about that many years apart: half a year more or less is a way of speaking."""
    months = [int(one["an"]) * 12 + MOIS.index(one["mois"]) + int(one["jour"]) / 30 for one in (first, last)]
    return abs(months[1] - months[0] - 12 * years) <= HALF_A_YEAR + 1


HALF_A_YEAR = 6


def _told(
    contrat: ContratDeVille, document: DocumentNormalise, phrase: Phrase, wrong: str, periode: Periode
) -> Anomalie:
    start = sans_accents(phrase.texte).index(wrong)
    where = "le titre dit" if periode_imprimee(contrat, document) else "le contrat court de"
    return Anomalie(
        porteur(contrat, phrase.plage(start, start + len(wrong))[0].debut),
        f"« {phrase.texte[start : start + len(wrong)]} » : {where} {periode.debut}-{periode.fin}.",
        "Accordez l’article et le titre.",
        source=phrase.plage(start, start + len(wrong)),
    )
