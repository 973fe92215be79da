"""What an attendance makes of the rules of its body: quorum, parity, colleges. Counted from rows held, never stored.

What was not noted is not counted, and says so: a rule warns of what is known, never of what is missing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenir.core.typographie import accord, pluriel
from tenir.gouvernance.enums import THERE, College, GenreDeRegle
from tenir.gouvernance.models import Convocation, Reunion
from tenir.gouvernance.regles import Corpus, Ecart, Regle, meetings_until, out_of_order

Genre = GenreDeRegle
ECART_DE_PARITE = 1
"""How many more of one sex than of the other a parity that gives no share admits: an odd number is no fault."""


@dataclass(frozen=True, slots=True)
class Compte:
    """What an attendance makes of one rule, in a sentence; `atteint`: nothing where what is noted does not say."""

    regle: Regle
    phrase: str
    atteint: bool | None


def counts_of(corpus: Corpus, reunion: Reunion, convocations: Iterable[Convocation]) -> list[Compte]:
    """What is noted of a meeting makes of each rule that an attendance meets or not, in the order of their kinds."""
    rows = list(convocations)
    found = [_quorum(rule, rows) for rule in corpus.of(reunion.instance, Genre.QUORUM)]
    found += [_parity(rule, reunion) for rule in corpus.of(reunion.instance, Genre.PARITE)]
    if rules := corpus.of(reunion.instance, Genre.COLLEGES):
        there = _colleges_of(reunion, rows)
        found += [_colleges(rule, there) for rule in rules]
    return found


def when_held(corpus: Corpus, reunion: Reunion, convocations: Iterable[Convocation]) -> list[Ecart]:
    """What a meeting that took place leaves beside the rules: what should have met before, then what was counted."""
    before = out_of_order(corpus, reunion, meetings_until(reunion), planned=False)
    counted = counts_of(corpus, reunion, convocations)
    return before + [Ecart(one.regle.cle, one.phrase, one.regle.source) for one in counted if one.atteint is False]


def _quorum(rule: Regle, convocations: list[Convocation]) -> Compte:
    """« Quorum non atteint : 4 organismes présents ou représentés sur 12, il en faut 6. » The share is rounded up."""
    counted = [one for one in convocations if one.compte]
    if not counted:
        return Compte(rule, "Quorum non compté : aucun organisme n’est convoqué.", None)
    there = sum(one.presence in THERE for one in counted)
    needed = -(-len(counted) * (rule.nombre or 0) // 100)
    said = pluriel(there, "organisme présent ou représenté", "organismes présents ou représentés")
    return _told(rule, "Quorum", f"{said} sur {len(counted)}, il en faut {needed}", met=there >= needed)


def _parity(rule: Regle, reunion: Reunion) -> Compte:
    """« Parité non atteinte : 7 femmes et 3 hommes, il faut au moins 40 % de chaque sexe. »"""
    women, men = reunion.femmes, reunion.hommes
    if women is None or men is None:
        return Compte(rule, "Parité non comptée : le nombre de femmes et d’hommes n’est pas noté.", None)
    share = rule.nombre
    asked = f"au moins {share} % de chaque sexe" if share else "une personne d’écart au plus"
    met = min(women, men) * 100 >= share * (women + men) if share else abs(women - men) <= ECART_DE_PARITE
    said = f"{pluriel(women, 'femme', genre='f')} et {pluriel(men, 'homme')}"
    return _told(rule, "Parité", f"{said}, il faut {asked}", met=met, feminine=True)


def _colleges_of(reunion: Reunion, convocations: list[Convocation]) -> dict[str, int]:
    """The colleges of the seats of a body on the day of a meeting, each with how many of its bodies are there."""
    rows = reunion.instance.sieges.on(reunion.jour).exclude(college="").values_list("college", "organisation")
    seats = set(rows)
    there = {one.organisation_id for one in convocations if one.presence in THERE}
    held = [college.value for college in College if any(of == college for of, _ in seats)]
    return {college: sum(of == college and body in there for of, body in seats) for college in held}


def _colleges(rule: Regle, there: dict[str, int]) -> Compte:
    """« Collèges non réunis : collège des habitants 2, collège des acteurs locaux 0 ; il faut … de chacun. »"""
    if not there:
        return Compte(rule, "Collèges non comptés : aucun siège ne dit le sien.", None)
    met = all(there.values())
    word = "réunis" if met else "non réunis"
    return Compte(rule, f"Collèges {word} : {', '.join(_each(there))} ; il faut un organisme présent de chacun.", met)


def _each(there: dict[str, int]) -> Iterator[str]:
    for college, count in there.items():
        said = f"{count} {accord(count, 'organisme')}" if count else "aucun organisme"
        yield f"{College(college).label}, {said}"


def _told(rule: Regle, word: str, what: str, *, met: bool, feminine: bool = False) -> Compte:
    state = "atteinte" if feminine else "atteint"
    return Compte(rule, f"{word} {state if met else f'non {state}'} : {what}.", met)
