"""The kinds of a contract: those shipped with Tenir, and its own over them."""

import logging
from functools import lru_cache

from tenir.activite.models import Nature, Objet, VersionDeNature
from tenir.activite.models.nature import definition_of
from tenir.core import horloge
from tenir.fichier import canonique
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.natures import modeles
from tenir.natures.catalogue import Catalogue, Insoluble, catalogue, shipped
from tenir.natures.enums import Lecteurs

log = logging.getLogger(__name__)
NIVEAUX = {
    Lecteurs.PARTENAIRES: Niveau.PARTENAIRES,
    Lecteurs.EQUIPE: Niveau.EQUIPE,
}
"""Who reads the entries of a kind, as the site counts levels."""
KEPT = 64
"""How many catalogues, and how many kinds, a process keeps."""


def catalogue_of(espace: EspaceDeContrat) -> Catalogue:
    """Every kind of a contract, withdrawn ones included; one query."""
    own = Nature.objects.filter(espace=espace).order_by("code").values_list("texte", flat=True)
    return _made_of(tuple(own))


def offered_in(
    espace: EspaceDeContrat, niveau: Niveau = Niveau.EQUIPE, *, lasting: bool = False
) -> list[modeles.NatureEntiere]:
    """Those under which something may be written now, in the order of their words, and whose entries someone of a
    level reads; one query. `lasting`: the registers of things that last, instead of what is done."""
    own = Nature.objects.filter(espace=espace).order_by("code").values_list("code", "texte", "retiree")
    gone = {code for code, _, withdrawn in own if withdrawn}
    known = _made_of(tuple(texte for _, texte, _ in own))
    usable = [one for one in known.usable() if one.lasts == lasting]
    return [one for one in usable if one.nature not in gone and NIVEAUX[one.visible] <= niveau]


@lru_cache(maxsize=KEPT)
def _made_of(textes: tuple[str, ...]) -> Catalogue:
    """The kinds that files make over those of Tenir: the same files make the same kinds.

    One that a new version of Tenir makes no more, because the kind it was is gone, is left out: its entries keep their
    words, and its page says why (`services.natures.checked`).
    """
    own = {one.nature: one for one in map(read, textes)}
    while own:
        try:
            return catalogue(own.values())
        except Insoluble as error:
            if own.pop(error.nature, None) is None:
                raise
            log.error("La nature « %s » d’un contrat ne se fait plus : %s", error.nature, error)
    return shipped()


@lru_cache(maxsize=KEPT)
def read(texte: str) -> modeles.Nature:
    """The kind that a file says; it was checked when it was written."""
    data, _ = canonique.parse(texte)
    return modeles.Nature.model_validate(data)


def freeze(espace: EspaceDeContrat, nature: modeles.NatureEntiere) -> VersionDeNature:
    """The words of a kind as they are now, kept for good: a new version when it never said this."""
    definition, empreinte = definition_of(nature)
    versions = VersionDeNature.objects.of(espace).filter(code=nature.nature)
    if found := versions.filter(empreinte=empreinte).first():
        return found
    last = versions.order_by("-numero").values_list("numero", flat=True).first() or 0
    return VersionDeNature.objects.create(
        espace=espace,
        code=nature.nature,
        numero=last + 1,
        libelle=nature.libelle,
        definition=definition,
        empreinte=empreinte,
        le=horloge.now(),
    )


def kind_of(objet: Objet) -> modeles.NatureEntiere:
    """The register of a thing, withdrawn or not; as it stood when the thing was written, if it is made no more."""
    found = catalogue_of(objet.espace).get(objet.nature)
    return found if found and found.lasts else objet.mots.nature


def codes_of(kinds: Catalogue, code: str) -> list[str]:
    """A kind and those that are it; a code that is none any more stands for itself."""
    return kinds.with_children(code) or [code]
