"""What is compared with the trace: each entry, its numbers; each thing, its description; what carnets say."""

from collections.abc import Iterator

from tenir.activite.champs import WRITTEN
from tenir.activite.models import Carnet, Entree, Objet
from tenir.core.tenue import Tenu
from tenir.ecran.versions import held_now
from tenir.habilitations.services import trace_of


def held() -> Iterator[Tenu]:
    """What every entry, every thing and every carnet hold now, in the words of the trace (`core.tenue`)."""
    from tenir.activite.services import attributs, carnets, objets
    from tenir.activite.services.entree import GENRE  # the kinds are slow to start
    from tenir.activite.services.valeurs import given_of, name_of, told

    # The words of a kind are read apart, once for all its entries: what they say is checked when they are read.
    rows = Entree.objects.select_related("espace", "lieu").prefetch_related("mots", "valeurs").order_by("pk")
    yield from held_now(GENRE, rows.iterator(500), (*WRITTEN, "confiance"))
    held = Carnet.objects.select_related("espace", "organisme", "lieu").order_by("pk")
    yield from held_now(carnets.GENRE, held.iterator(500), carnets.TOLD)
    for entree in rows.iterator(500):
        kind, chaine = entree.mots.nature, trace_of(entree.espace)
        for key, value in given_of(entree).items():
            yield Tenu(chaine, GENRE, entree.code, name_of(kind, key), told(value))
    things = Objet.objects.select_related("espace", "organisme", "lieu").prefetch_related("mots").order_by("pk")
    yield from held_now(objets.GENRE, things.iterator(500), objets.WRITTEN)
    for objet in things.iterator(500):
        for name, said in attributs.in_words(objet.mots.nature, objet.attributs).items():
            yield Tenu(trace_of(objet.espace), objets.GENRE, objet.code, name, said)
