"""What every page of a contract shares: the contract itself, its parts, the sentence that says it is fictitious."""

from functools import partial
from typing import Any, TypeVar

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404

from tenir.contrat import retires
from tenir.contrat.adresses import address
from tenir.contrat.models import ElementSigne
from tenir.contrat.models.element import ElementSigneQuerySet
from tenir.core import abreges, horloge
from tenir.core.adresses import route
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Lien
from tenir.equipe.glossaire import words_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.territoire.models import Territoire

M = TypeVar("M", bound=ElementSigne)

ONGLETS = {
    "contrat": "Le contrat",
    "en-ce-moment": "En ce moment",
    "actions": "Les actions",
    "signataires": "Les signataires",
    "credits": "Les crédits",
    "indicateurs": "Les indicateurs",
    "gouvernance": "La gouvernance",
    "quartier": "Le quartier",
}


def contract_or_404(slug: str) -> EspaceDeContrat:
    """The public contract of an address. What is not public does not exist for the public."""
    espace = EspaceDeContrat.objects.public().filter(slug=slug).first()
    if espace is None:
        raise Http404
    horloge.enter(espace)
    abreges.enter(partial(words_of, espace))
    return espace


def item_or_404(rows: ElementSigneQuerySet[M], espace: EspaceDeContrat, code: str) -> M:
    """The item in force of a code, among `rows` of its kind.

    Raises:
        Moved: the code was withdrawn and another took its place.
        Withdrawn: the code was withdrawn and nothing took its place.
        Http404: no such item.
    """
    found = rows.of(espace).filter(code=code).first()
    if found is None:
        raise moved_or_404(espace, code)
    return found


def moved_or_404(espace: EspaceDeContrat, code: str) -> Exception:
    """What to raise for a code that is not in force."""
    return retires.moved_or_404(espace, code, partial(address, espace.slug), working=False)


def context(espace: EspaceDeContrat, onglet: str = "", **more: Any) -> dict[str, Any]:
    """The context of a page of the contract; `onglet` is the part it belongs to."""
    links = [Lien(text, route(name, espace.slug), current=name == onglet) for name, text in ONGLETS.items()]
    return {"espace": espace, "onglets": links, "question": "", **more}


def places(espace: EspaceDeContrat) -> list[Territoire]:
    """The places of a contract, by kind; one query, the first time that they are asked for."""
    ordered = Territoire.objects.order_by("nature", alphabetical("nom"))
    prefetch_related_objects([espace], Prefetch("territoires", ordered))
    return list(espace.territoires.all())


def quarters(espace: EspaceDeContrat) -> list[Territoire]:
    """Its priority quarters."""
    return [territoire for territoire in places(espace) if territoire.nature == Territoire.Nature.QPV]


def crumbs(espace: EspaceDeContrat, *steps: Lien) -> list[Lien]:
    """The way to a page, from the contract; the last step is the page itself."""
    return [Lien("Le contrat", route("contrat", espace.slug)), *steps]
