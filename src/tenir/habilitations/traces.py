"""Reading the trace of a contract or of the platform, and erasing what it holds of a person."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tenir.acteurs.models import Personne
from tenir.core import trace
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.core.trace import Auteur
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

OF_A_PERSON = frozenset({"personne", "référent", "habilitation"})
"""The kinds of objects that the trace designates by the number of a person."""


class EffacementRefuse(Exception):
    """Nothing is erased; the message is the French sentence to show."""


def entries_of(espace: EspaceDeContrat | None) -> QuerySet[EntreeDeTrace]:
    """The trace of a contract, or of the platform, the latest first."""
    return EntreeDeTrace.objects.filter(chaine__nom=trace_of(espace)).order_by("-rang")


def about(personne: Personne) -> Q:
    """The entries that tell something of a person."""
    return Q(genre__in=OF_A_PERSON, objet=str(personne.pk))


def touching(personne: Personne) -> Q:
    """The entries that tell something of a person, or that she left."""
    return about(personne) | Q(acteur=personne.pk)


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    """The names of persons by their number in the trace, read where they live; an erased person has none."""
    found = Personne.objects.filter(pk__in=set(numbers), effacee_le__isnull=True)
    return dict(found.values_list("pk", "nom"))


def shown(entries: QuerySet[EntreeDeTrace]) -> Lu:
    """What a page shows of entries about to be erased: how many, up to which."""
    last = entries.order_by("-rang").values_list("rang", flat=True).first()
    return {"entrées à effacer": str(entries.count()), "la dernière": f"n° {last}" if last else ""}


def erase(
    *,
    by: Acces,
    espace: EspaceDeContrat | None,
    entries: QuerySet[EntreeDeTrace],
    motif: str,
    lu: Lu | None = None,
) -> int:
    """Clear the values of entries of one trace, which leaves its own entry; return how many were cleared.

    Raises:
        Refus: she may not.
        Perime: what would be erased is no more what was read.
        EffacementRefuse: no reason is given.
    """
    require(by, "trace.erase", espace)
    if not motif.strip():
        raise EffacementRefuse("Dites pourquoi ces valeurs sont effacées.")
    refuse_unread(lu, shown(entries))
    rangs = entries.filter(chaine__nom=trace_of(espace)).values_list("rang", flat=True)
    return trace.erase(trace_of(espace), rangs, by.auteur(espace), motif=motif.strip())


def erase_about(personne: Personne, marques: Marques, auteur: Auteur, motif: str) -> int:
    """Clear what every trace tells about a person who is being erased, and what else holds an address or a telephone
    of hers alone; return how many entries were cleared."""
    about_her = set(EntreeDeTrace.objects.filter(about(personne)).values_list("pk", flat=True))
    wanted: dict[str, list[int]] = {}
    named: dict[str, list[int]] = {}
    for entry in erasable(EntreeDeTrace.objects.select_related("chaine").order_by("chaine__nom", "rang")).iterator():
        if entry.pk in about_her or any(map(marques.reaches, (entry.avant, entry.apres, entry.motif, entry.champ))):
            wanted.setdefault(entry.chaine.nom, []).append(entry.rang)
            if marques.names(entry.champ):
                named.setdefault(entry.chaine.nom, []).append(entry.rang)
    return sum(
        trace.erase(chain, rangs, auteur, motif=motif, fields_of=named.get(chain, ()))
        for chain, rangs in wanted.items()
    )


def erasable(entries: QuerySet[EntreeDeTrace]) -> QuerySet[EntreeDeTrace]:
    """Among entries, those that still hold values and may lose them."""
    return entries.filter(efface=False).exclude(genre=trace.ERASURE)
