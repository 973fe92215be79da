import re
from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf007_evolution_que_ses_nombres_contredisent import evolution_que_ses_nombres_contredisent
from tenir.regles.chiffres.commun import decimal
from tenir.regles.chiffres.phrases import COUNT, SPACE, is_year, not_told, sentence_before, value
from tenir.regles.indicateurs.ind009_cible_dans_le_mauvais_sens import cible_dans_le_mauvais_sens
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

ANY = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"
UNIT = rf"(?:{SPACE}?%|{SPACE}?€|\s(?!à\s)[a-zéèêîôû’]+){{0,3}}"
PASSED = re.compile(
    rf"\bpass(?:e|ent|ant|er|é|ée|és|ées)\sde\s(?P<a>{ANY})(?P<unit>{UNIT})(?:\s?\(?(?:en\s)?(?:19|20)\d{{2}}\)?)?"
    rf"\sà\s(?P<b>{ANY})(?![\d,])(?P<suite>[^.;!?]{{0,90}})"
)
AGAINST = re.compile(
    rf"(?<!\d)(?P<b>{ANY})(?P<unit>{UNIT})\s\(?en\s(?:19|20)\d{{2}}\)?,?\scontre\s(?P<a>{ANY}){UNIT}\s\(?en\s(?:19|20)\d{{2}}\)?(?P<suite>[^.;!?]{{0,90}})"
)
"""« 240 en 2023, contre 200 en 2020, en baisse »."""
THEN = re.compile(
    rf"(?<!\d)(?P<b>{ANY})\s(?!%)[^.;%\d]{{2,50}}?\s(?:en|fin)\s(?:de\s)?(?:19|20)\d{{2}}\b[^.%]{{0,60}}[.;:]\s"
    rf"(?:Il y en avait|Ils étaient|Elles étaient|On en comptait|Il en comptait|Elle en comptait)\s(?P<a>{ANY})\s"
    r"(?:en|fin)\s(?:19|20)\d{2}(?P<suite>[^.;!?]{0,110})"
)
"""« 1 475 habitants en 2020. Il y en avait 1 412 en 2014, une hausse de 4,5 %. »"""
MOVED = re.compile(
    r"\b(?:(?P<plus>hausse|augment\w+|gagn\w+|progress\w+)|(?P<moins>baiss\w+|recul\w*|perd\w+|diminu\w+))"
    r"[^%\d]{0,20}(?P<taux>\d+(?:,\d+)?)\s?%"
)
LED_TO = re.compile(
    r"(?:soit|,|\()\s?(?:en\s|une?\s|la\s)?(?:forte\s|nette\s|légère\s)?"
    r"(?:(?P<plus>hausse|augmentation|progression|croissance)|(?P<moins>baisse|diminution|recul|réduction))\s(?:est\s)?de\s"
    r"(?P<peu>environ\s|près de\s|plus de\s)?(?P<taux>\d+(?:,\d+)?)\s?%"
    r"|(?:soit|,)\s(?P<autre>\d+(?:,\d+)?)\s?%\sde\s(?:(?P<more>plus)|(?P<less>moins))\b"
)
"""« En 2018, on en comptait 640 ; ils sont 576 en 2023, soit une baisse de 10 %. »"""
RISE = re.compile(r"\b(?:hausse|augment\w+|progress\w+|croît|croiss\w+|s’accroî\w+)\b", re.IGNORECASE)
FALL = re.compile(r"\b(?:baiss\w+|diminu\w+|recul\w*|rédui\w+|réduction|chut\w+)\b", re.IGNORECASE)
AIM = re.compile(r"\b(?:augmenter|progresser|baisser|diminuer|reculer|réduire|chuter)\b", re.IGNORECASE)
"""What is wanted says nothing of what was: « réduire le chômage, passé de 18 % à 22 % »."""
CHANGE = re.compile(r"(?:soit|,|\()[^%\d]{0,30}?(?P<taux>\d+(?:,\d+)?)\s?%")
OTHER = re.compile(
    r"\b(?:quand|tandis|alors que|mais|contre|celle|celui|et que|malgré|après|avant)\b|,\s(?!soit|une?\s|en\s|pass)"
)
"""What opens another clause, about something else."""
AIMED = re.compile(
    rf"\b(?P<mot>réduire|diminuer|baisser|ramener|abaisser|augmenter|accroître|élever|relever)\s[^.;!?\d%]{{8,80}}?\sde\s(?P<a>{ANY})"
    rf"(?:{SPACE}?[%€]|\s?\(?(?:en\s)?(?:19|20)\d{{2}}\)?)(?:\s?\(?(?:en\s)?(?:19|20)\d{{2}}\)?)?\sà\s(?P<b>{ANY})(?![\d,])",
    re.IGNORECASE,
)
RISING = frozenset({"augmenter", "accroître", "élever", "relever"})
TOLERANCE, ABOUT = Decimal(1), Decimal(3)
NUMBERS = 2
"""How many numbers and years a sentence has when there is no doubt which evolves."""
STOP = re.compile(r"[.!?](?=\s+[A-ZÀ-Ý])")
CLAUSE = re.compile(r"[.;:!?](?=\s)|,(?=\s(?:et|puis|contre|mais)\s)")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b(?!\s\d)")
PERCENT = re.compile(r"\d\s?%")


@regle("CHF020", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def phrase_dont_l_evolution_est_fausse(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans une phrase, une évolution contredit ses deux nombres.

    ## Ce que la règle vérifie

    Dans « passé de 240 à 300, soit une hausse de 25 % », le sens (hausse, baisse) et le taux sont ceux des deux
    nombres, à un point près ; de même « réduire la vacance de 18 % à 12 % », et ce que deux propositions datées
    disent l’une après l’autre (« 640 en 2018 ; 576 en 2023, soit une baisse de 10 % »). Un taux qui passe d’une
    part à une autre peut se dire en points : la règle n’en vérifie que le sens. Ce que la règle CHF007 dit déjà
    n’est pas répété.

    ## Pourquoi

    Le lecteur peut refaire le calcul, et ne sait plus si la situation s’améliore.

    ## Exemple fautif

    La vacance recule, passant de 12 % en 2019 à 18 % en 2023.

    ## Corrigé

    La vacance recule, passant de 18 % en 2019 à 12 % en 2023.

    ## Source

    Arithmétique.
    """
    found = [
        one
        for motif, sign in ((PASSED, "pass"), (AGAINST, "contre"))
        for passage in passages(contrat, document, motif, sign)
        for one in _told(passage)
    ]
    found += [
        one for passage in passages(contrat, document, THEN, "avait", "étaient", "comptait") for one in _then(passage)
    ]
    led = [one for passage in passages(contrat, document, LED_TO, "%") for one in _led(passage)]
    found += not_told(led, found)
    aimed = [one for passage in passages(contrat, document, AIMED, " à ") for one in _aimed(passage)]
    yield from not_told(aimed, cible_dans_le_mauvais_sens(contrat, document))
    yield from not_told(found, evolution_que_ses_nombres_contredisent(contrat))


def _led(passage: Passage) -> Iterator[Anomalie]:
    """An evolution, against the only two numbers of things that two dated clauses say before it."""
    found = passage.trouve
    said = STOP.split(passage.paragraphe.texte[: found.start()])[-1]
    counts = [one for one in COUNT.finditer(said) if not is_year(said, one)]
    if len(counts) != NUMBERS or len(set(YEAR.findall(said))) != NUMBERS or PERCENT.search(said):
        return
    dated = sorted(zip([_near(said, one) for one in counts], (value(one[0]) for one in counts), strict=True))
    (first, before), (last, after) = dated
    if first == last or not before or before == after:
        return
    rate, rises = value(found["taux"] or found["autre"]), bool(found["plus"] or found["more"])
    real = (after - before) / before * 100
    about = ABOUT if found["peu"] else TOLERANCE
    if (real > 0) != rises or abs(abs(real) - rate) > about:
        told = f"De {before} à {after}, l’évolution est de {decimal(real)} %, et non « {found[0].strip(' ,(')} »."
        yield Anomalie(passage.objet, told, "Vérifiez les trois nombres.", source=passage.source)


def _near(said: str, count: re.Match[str]) -> int:
    """The year of a clause that holds a number: « ; » and a stop end it."""
    start = max((one.end() for one in CLAUSE.finditer(said, 0, count.start())), default=0)
    end = next((one.start() for one in CLAUSE.finditer(said, count.end())), len(said))
    years = YEAR.findall(said[start:end])
    return int(years[0]) if len(years) == 1 else 0


def _then(passage: Passage) -> Iterator[Anomalie]:
    """A number, the one of another year in the next sentence, and what it says of the change."""
    found = passage.trouve
    before, after, moved = value(found["a"]), value(found["b"]), MOVED.search(found["suite"])
    if moved is None or not before or before == after:
        return
    real = (after - before) / before * 100
    if (real > 0) != bool(moved["plus"]) or abs(abs(real) - value(moved["taux"])) > TOLERANCE:
        told = f"De {found['a']} à {found['b']}, l’évolution est de {decimal(real)} %, et non « {moved[0]} »."
        yield Anomalie(passage.objet, told, "Vérifiez les trois nombres.", source=passage.source)


def _aimed(passage: Passage) -> Iterator[Anomalie]:
    """An aim that goes the other way: « réduire la vacance de 12 % à 18 % »."""
    found = passage.trouve
    before, after = value(found["a"]), value(found["b"])
    told_of = re.search(r"\bpass(?:é|ant)", found[0])
    if before != after and not told_of and (after > before) != (found["mot"].lower() in RISING):
        told = f"« {found['mot']} » dit le contraire de « de {found['a']} à {found['b']} »."
        yield Anomalie(passage.objet, told, "Vérifiez le mot et les deux nombres.", source=passage.source)


def _told(passage: Passage) -> Iterator[Anomalie]:
    found = passage.trouve
    before, after = value(found["a"]), value(found["b"])
    start = sentence_before(found.string, found.start()).rstrip(" ,")
    said = OTHER.split(start)[-1] + OTHER.split(found["suite"])[0]
    rises, falls = RISE.search(AIM.sub(" ", said)), FALL.search(AIM.sub(" ", said))
    wrong = (rises if after < before else falls) if bool(rises) != bool(falls) else None
    if wrong and before != after:
        told = f"« {wrong[0]} » dit le contraire de « de {found['a']} à {found['b']} »."
        yield Anomalie(passage.objet, told, "Vérifiez le mot et les deux nombres.", source=passage.source)
    elif (change := CHANGE.search(found["suite"])) and before and "%" not in found["unit"] + found["suite"][:2]:
        real = abs(after - before) / before * 100
        if abs(real - value(change["taux"])) > TOLERANCE:
            told = (
                f"De {found['a']} à {found['b']}, l’évolution est de {decimal(real)} %, et non de {change['taux']} %."
            )
            yield Anomalie(passage.objet, told, "Vérifiez les trois nombres.", source=passage.source)
