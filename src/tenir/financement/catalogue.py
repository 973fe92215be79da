"""The catalogue of schemes: opened at each load, found by need, with the funders and the orientations of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tenir.contrat.models import Dispositif, Orientation
from tenir.core import horloge
from tenir.fichier.mots import words
from tenir.financement.models import FicheDeDispositif
from tenir.habilitations.models import EspaceDeContrat


@dataclass(slots=True)
class Annonce:
    """Who announces a scheme, and in which orientations."""

    financeurs: dict[str, None] = field(default_factory=dict)
    orientations: dict[str, Orientation] = field(default_factory=dict)
    graphies: dict[str, None] = field(default_factory=dict)


def open_schemes(espace: EspaceDeContrat) -> int:
    """Give a card to each scheme that the contract names and that has none; how many were opened."""
    held = set(FicheDeDispositif.objects.filter(espace=espace).values_list("cle", flat=True))
    named = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False).order_by("ligne__ordre", "rang")
    first: dict[str, str] = {}
    for cle, nom in named.values_list("cle", "nom_usuel"):
        first.setdefault(cle, nom)
    new, today = {cle: nom for cle, nom in first.items() if cle not in held}, horloge.today(espace)
    made = [FicheDeDispositif(espace=espace, cle=cle, nom=nom, suivie_depuis=today) for cle, nom in new.items()]
    return len(FicheDeDispositif.objects.bulk_create(made))


def announced(espace: EspaceDeContrat) -> dict[str, Annonce]:
    """Who announces each scheme and where, by its key; one query."""
    rows = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False)
    found: dict[str, Annonce] = {}
    for one in rows.select_related("ligne__orientation__axe", "ligne__organisation").order_by("ligne__ordre", "rang"):
        kept, line = found.setdefault(one.cle, Annonce()), one.ligne
        kept.financeurs[line.organisation.nom if line.organisation else line.financeur] = None
        kept.orientations[line.orientation.code] = line.orientation
        kept.graphies[one.nom] = None
    return found


@dataclass(frozen=True, slots=True)
class Besoin:
    """What a need finds: the schemes, and what the question was also read as, in the words of contracts."""

    fiches: tuple[FicheDeDispositif, ...]
    aussi: tuple[str, ...] = ()


def for_need(fiches: Iterable[FicheDeDispositif], where: dict[str, Annonce], question: str) -> Besoin:
    """The schemes whose words, or those of the orientations that name them, hold every word of a need.

    Those that say what is asked in the words of contracts come after (`fichier.synonymes`). One that is gone is left.
    """
    from tenir.contrat.recherche import query_words  # with the file of synonyms
    from tenir.fichier.synonymes import readings

    asked = query_words(question)
    alive = [(one, _words_of(one, where.get(one.cle, Annonce()))) for one in fiches if one.disparu_le is None]
    found = {one.pk: one for one, said in alive if asked and _holds(said, asked)}
    aussi = []
    for reading in readings(asked) if asked else ():
        more = {one.pk: one for one, said in alive if one.pk not in found and _holds(said, reading.mots)}
        aussi += [reading.ecrit] if more else []
        found |= more
    return Besoin(tuple(found.values()), tuple(dict.fromkeys(aussi)))


def _words_of(fiche: FicheDeDispositif, where: Annonce) -> list[str]:
    said = (fiche.nom, fiche.pour_quoi, fiche.pour_qui, *where.graphies, *where.financeurs)
    return words(" ".join((*said, *(one.titre for one in where.orientations.values()))))


def _holds(said: Sequence[str], asked: Iterable[str]) -> bool:
    return all(any(word.startswith(one) for word in said) for one in asked)
