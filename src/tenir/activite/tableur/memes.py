"""Which rows say the same as another, or as an entry of the register: nothing is written twice.

Two things are the same when their kind, body, days, place, title and numbers are. ADR 0045 says why.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tenir.activite.droits import niveau_of
from tenir.activite.models import Entree, EntreeQuerySet, Valeur
from tenir.activite.services.valeurs import Cle, Valeurs
from tenir.activite.tableur.lignes import Lue
from tenir.fichier.mots import comparable, plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

Identite = tuple[str, int, date, date, str, str, tuple[tuple[Cle, Decimal], ...]]


def identities(lue: Lue) -> list[Identite]:
    """What a row says, of the body that it would be written for first, then of those it may mean."""
    return [identity(lue.nature, one.pk, *lue.du_au, lue.ou, lue.titre, lue.valeurs) for one in lue.corps]


def identity(nature: str, corps: int, debut: date, fin: date, ou: str, titre: str, valeurs: Valeurs) -> Identite:
    """What two rows, or a row and an entry, share when they say the same."""
    return nature, corps, debut, fin, comparable(ou), plain(titre), tuple(sorted(valeurs.items()))


def keys_of(whole: Mapping[int, list[Identite]], bodies: Mapping[int, str]) -> dict[int, str]:
    """The key of each row: made of what it says, and of its rank among those of the table that say the same."""
    seen: Counter[Identite] = Counter()
    found: dict[int, str] = {}
    for rang, (mine, *_) in whole.items():
        seen[mine] += 1
        nature, corps, *said, values = mine
        numbers = [[*key, f"{value.normalize():f}"] for key, value in values]
        told_of = [nature, bodies[corps], *map(str, said), numbers, seen[mine]]
        found[rang] = hashlib.sha256(json.dumps(told_of, ensure_ascii=False).encode()).hexdigest()
    return found


def known(
    by: Acces,
    espace: EspaceDeContrat,
    whole: Mapping[int, list[Identite]],
    keys: Mapping[int, str],
    du: date,
    au: date,
) -> dict[int, int]:
    """The number of the entry that says already what a row does: the one that it made, even corrected since, or another
    that says the same; each entry answers for one row."""
    rows = Entree.objects.filter(espace=espace).up_to(niveau_of(by, espace)).order_by("numero")
    made = dict(rows.filter(cle__in=set(keys.values())).values_list("cle", "numero"))
    found = {rang: made[cle] for rang, cle in keys.items() if cle in made}
    taken = set(found.values())
    pool = _pool(rows.filter(fin__range=(du, au)))
    for rang, mine in whole.items():
        same = (numero for one in mine for numero in pool.get(one, ()) if numero not in taken)
        if rang not in found and (numero := next(same, None)):
            found[rang] = numero
            taken.add(numero)
    return found


def _pool(rows: EntreeQuerySet) -> dict[Identite, list[int]]:
    """Entries by what they say; two queries."""
    values: dict[int, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    given = Valeur.objects.filter(entree__in=rows.order_by().values("pk")).order_by()
    for pk, mesure, modalite, value in given.values_list("entree", "mesure", "modalite", "valeur"):
        values[pk][mesure, modalite] = value
    found: dict[Identite, list[int]] = defaultdict(list)
    told_of = rows.values_list(
        "pk", "numero", "mots__code", "organisme", "debut", "fin", "lieu__nom", "autre_lieu", "titre"
    )
    for pk, numero, nature, corps, debut, fin, lieu, elsewhere, titre in told_of:
        found[identity(nature, corps, debut, fin, lieu or elsewhere, titre, values[pk])].append(numero)
    return found
