"""What is worth a second look before an entry counts: each doubt is a sentence, and may be wrong.

Who writes on the site looks again and confirms; what comes by another door waits for the team.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tenir.activite.enums import Statut
from tenir.activite.models import Entree
from tenir.activite.services.valeurs import Valeurs, name_of, told
from tenir.activite.seuils import late_before
from tenir.core import horloge
from tenir.core.typographie import date_fr, nombre
from tenir.fichier.mots import CIVILITES, plain
from tenir.lecteur.coordonnees import coordonnees
from tenir.natures.modeles import NatureEntiere

NIR = re.compile(r"\b[12] ?\d{2} ?(0[1-9]|1[0-2]|[2-9]\d) ?(\d{2}|2[AB]) ?\d{3} ?\d{3}( ?\d{2})?\b")
"""The number of the social security: sex, year, month, department, commune, order, key."""
WORD = re.compile(r"[^\W\d_]+\.?")


Pareilles = Callable[[Entree], int | None]
"""The number of another entry of the same kind, body, day and place, if there is one."""


def doubts(entree: Entree, nature: NatureEntiere, valeurs: Valeurs, pareilles: Pareilles | None = None) -> list[str]:
    """Why an entry is worth a second look, a sentence each; one query, unless those like it are known (`pareilles`)."""
    return [*_far(nature, valeurs), *_late(entree), *_named(entree), *_twice(entree, pareilles or _like)]


def doubts_of_asked(entree: Entree, nature: NatureEntiere, valeurs: Valeurs) -> list[str]:
    """The same of an entry that the team asks for: that it is late or noted already is told elsewhere; no query."""
    return [*_far(nature, valeurs), *_named(entree)]


def _far(nature: NatureEntiere, valeurs: Valeurs) -> Iterator[str]:
    for key, value in valeurs.items():
        mesure = nature.mesure(key[0])
        if mesure and mesure.vraisemblable and not key[1]:
            least, most = mesure.vraisemblable
            if not least <= value <= most:
                expected = f"de {nombre(least)} à {nombre(most)}"
                yield f"{told(value)} ({name_of(nature, key)}) sort de l’ordinaire : on attend {expected}."


def _late(entree: Entree) -> Iterator[str]:
    if entree.objet_id is None and entree.fin < late_before(horloge.today(entree.espace)):
        yield f"C’était il y a plus de trois mois, {date_fr(entree.fin)}."


def _named(entree: Entree) -> Iterator[str]:
    for text in (entree.titre, entree.note, entree.autre_lieu):
        if names_someone(text):
            yield f"« {text} » semble nommer quelqu’un : le registre ne nomme personne."


def names_someone(text: str) -> bool:
    """Whether a text looks as if it named someone: a civility before a capital, an address, a number."""
    if any(coordonnees(text)) or NIR.search(text):
        return True
    words = WORD.findall(text)
    return any(plain(one).strip(".") in CIVILITES and after[:1].isupper() for one, after in pairwise(words))


def _twice(entree: Entree, pareilles: Pareilles) -> Iterator[str]:
    """Another entry of the same kind, body, day and place: maybe the same, noted by someone else."""
    if found := pareilles(entree):
        yield f"Une entrée pareille existe déjà, n° {found} : même organisme, même jour, même lieu."


def _like(entree: Entree) -> int | None:
    same = Entree.objects.of(entree.espace).exclude(pk=entree.pk).exclude(statut=Statut.ANNULEE)
    found = same.filter(
        mots__code=entree.mots.code,
        organisme=entree.organisme_id,
        debut=entree.debut,
        fin=entree.fin,
        objet=entree.objet_id,
        etat=entree.etat,  # of a thing, one may say two states in a day
        lieu=entree.lieu_id,
        autre_lieu__iexact=entree.autre_lieu,
    )
    return found.values_list("numero", flat=True).first()
