"""The sentence above the list: what was held, how many people, what is still to be read.

Visits add up; different people never do: there are at least as many as in the greatest entry, at most their sum.
"""

from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from tenir.activite.ecrans.mesures import people_measure
from tenir.activite.enums import Confiance, Forme, Statut
from tenir.activite.models import Entree, Valeur, VersionDeNature
from tenir.activite.mois import Compte, of_unit
from tenir.activite.services.valeurs import exact
from tenir.core.typographie import accord, pluriel, typo
from tenir.natures.enums import Unite

EMPTY = "Rien n’est encore inscrit : la première entrée se note en une minute."
OTHERS = (
    (Forme.DECOMPTE, "décompte", "décomptes"),
    (Forme.ETAT, "état", "états"),
    (Forme.OBJET, "note de registre", "notes de registre"),
)
"""What is told beside sessions."""


def lede(rows: QuerySet[Entree], on: date, *, asked: bool) -> str:
    """« 34 séances tenues cette année, 412 passages ; 3 à lire. »; of what is shown when something is asked."""
    period = rows if asked else rows.filter(fin__year=on.year)
    found = _counts(rows, period)
    if not found["toutes"]:
        return typo("Rien ne répond à ces filtres." if asked else EMPTY)
    when = "dans cette vue" if asked else "cette année"
    said = ", ".join([f"{_held(found)} {when}", *people_in(period)])
    waiting = _waiting(found)
    return typo(f"{said} ; {waiting}." if waiting else f"{said}.")


def _counts(rows: QuerySet[Entree], period: QuerySet[Entree]) -> dict[str, int]:
    """How many there are, how many of each form count, how many wait or are contested; two queries."""
    counted = period.order_by().filter(statut=Statut.TENUE, confiance=Confiance.RETENUE)
    forms = dict(counted.values_list("forme").annotate(Count("pk", distinct=True)))
    every = rows.order_by().aggregate(
        toutes=Count("pk", distinct=True),
        a_lire=Count("pk", filter=Q(confiance=Confiance.DECLAREE), distinct=True),
        contestees=Count("pk", filter=Q(confiance=Confiance.CONTESTEE), distinct=True),
    )
    return {**forms, **every}


def _held(found: dict[str, int]) -> str:
    """« 34 séances tenues, 2 décomptes et un état »."""
    sessions = found.get(Forme.SEANCE.value, 0)
    first = f"{pluriel(sessions, 'séance', genre='f')} {accord(sessions, 'tenue')}"
    others = [pluriel(count, *nouns) for form, *nouns in OTHERS if (count := found.get(form.value, 0))]
    said = [first, *others] if sessions or not others else others
    text = " et ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    return text[:1].upper() + text[1:]


def people_in(rows: QuerySet[Entree]) -> list[str]:
    """The people that the entries that count tell of: « 412 passages », « entre 14 et 61 personnes différentes ».

    Two queries.
    """
    counted = rows.order_by().filter(statut=Statut.TENUE, confiance=Confiance.RETENUE)
    given = Valeur.objects.filter(entree__in=counted.values("pk"), modalite="").order_by()
    sums = list(given.values_list("entree__mots", "mesure").annotate(Sum("valeur"), Max("valeur")))
    kinds = VersionDeNature.objects.in_bulk({mots for mots, *_ in sums})
    found: dict[Unite, Compte] = {}
    for mots, mesure, somme, most in sums:
        for unite in Unite:
            if people_measure(kinds[mots].nature, unite) == mesure:
                found.setdefault(unite, Compte()).add(exact(somme), exact(most))
    return [of_unit(unite, found[unite]) for unite in Unite if unite in found]


def _waiting(found: dict[str, int]) -> str:
    contested = found["contestees"]
    said = [f"{found['a_lire']} à lire"] if found["a_lire"] else []
    return ", ".join([*said, *([f"{contested} {accord(contested, 'contestée')}"] if contested else [])])
