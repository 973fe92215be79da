"""A draft read again by what a person showed of its layout: seen first, accepted in one gesture, which is undone."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier.arbre import Arbre
from tenir.atelier.models import Brouillon, DocumentDepose, GesteDAtelier
from tenir.atelier.services.brouillon import RIGHT, Dit, Etabli, faire, locked
from tenir.atelier.services.creation import Compris
from tenir.core.marques import Lu, refuse_unread
from tenir.core.typographie import pluriel, typo
from tenir.fichier.comparaison import name_of
from tenir.fichier.modeles import ContratDeVille, Partie
from tenir.fichier.objet import Item
from tenir.habilitations.rights import Acces, require

MEANWHILE = "Quelqu’un a corrigé ce texte depuis la lecture : rien n’est écrit. Montrez de nouveau la mise en page."
GONE = "Cette lecture n’attend plus : montrez de nouveau la mise en page."


@dataclass(frozen=True)
class Relecture:
    """What a document is understood as by a layout that was told, beside what its draft says now.

    `viennent` and `partent`: the items of each kind that only one of the two holds, by kind and name.
    """

    avant: ContratDeVille
    apres: ContratDeVille

    @property
    def viennent(self) -> list[tuple[str, str]]:
        """What would come."""
        return _more(self.apres, self.avant)

    @property
    def partent(self) -> list[tuple[str, str]]:
        """What would go."""
        return _more(self.avant, self.apres)


def _more(one: ContratDeVille, other: ContratDeVille) -> list[tuple[str, str]]:
    held = Counter(_named(item) for item in other.items.values())
    found = []
    for item in one.items.values():
        if isinstance(item, Partie):  # prose that engages to nothing
            continue
        if held[name := _named(item)]:
            held[name] -= 1
        else:
            found.append(name)
    return found


def _named(item: Item) -> tuple[str, str]:
    return item.genre, name_of(item)


def its_document(brouillon: Brouillon) -> DocumentDepose | None:
    """The document that a draft expects, as it was dropped; none for a text that is signed already."""
    if brouillon.base_id or not brouillon.modifiable:
        return None
    expected = (brouillon.contrat.get("document") or {}).get("sha256")
    return brouillon.documents.filter(sha256=expected).first()


@transaction.atomic
def proposer(*, by: Acces, brouillon: Brouillon, compris: Compris, gabarit: dict[str, Any], revision: int) -> None:
    """Keep what is understood of the document of a draft by a layout, until someone accepts it: nothing changes yet.

    Raises:
        Refus: she may not.
        ValidationError: the draft is over, or was changed since `revision`.
    """
    require(by, RIGHT, brouillon.espace)
    found = locked(brouillon)
    if found.revision != revision:
        raise ValidationError(typo(MEANWHILE))
    found.relecture = {
        "contrat": compris.contrat.model_dump(mode="json", exclude_defaults=True),
        "doutes": compris.doutes,
        "raisons": compris.raisons,
        "gabarit": gabarit,
        "revision": revision,
    }
    found.save(update_fields=["relecture"])


def relecture_of(brouillon: Brouillon) -> Relecture | None:
    """The reading that waits to be accepted; none when the draft was changed since."""
    kept = brouillon.relecture
    if not kept or kept["revision"] != brouillon.revision:
        return None
    return Relecture(brouillon.lire(), ContratDeVille.model_validate(kept["contrat"]))


def shown(etabli: Etabli) -> Lu:
    """What the page of a reading that waits shows: the draft that it would replace."""
    return {"dernière révision": str(etabli.brouillon.revision)}


@transaction.atomic
def accepter(*, by: Acces, brouillon: Brouillon, lu: Lu | None = None) -> GesteDAtelier | None:
    """Let a draft say what the reading that waits understands.

    Raises:
        Refus: she may not.
        Perime: it was changed since it was read.
        ValidationError: no reading waits.
    """
    require(by, RIGHT, brouillon.espace)
    found = locked(brouillon)
    refuse_unread(lu, shown(Etabli.of(found)))
    kept = found.relecture
    if not kept:
        raise ValidationError(GONE)
    compris = Compris(ContratDeVille.model_validate(kept["contrat"]), kept["doutes"], kept["raisons"])
    made = relire_autrement(by=by, brouillon=found, compris=compris, gabarit=kept["gabarit"], revision=kept["revision"])
    Brouillon.objects.filter(pk=found.pk).update(relecture={})
    return made


@transaction.atomic
def relire_autrement(
    *, by: Acces, brouillon: Brouillon, compris: Compris, gabarit: dict[str, Any], revision: int
) -> GesteDAtelier | None:
    """Let a draft say what is understood of its document by a layout. What it is and how it is called stay.

    Raises:
        Refus: she may not.
        ValidationError: the draft is over, or was changed since `revision`.
    """

    def agir(etabli: Etabli) -> Dit:
        if etabli.brouillon.revision != revision:
            raise ValidationError(typo(MEANWHILE))
        own = etabli.arbre.racine
        kept = {name: getattr(own, name) for name in ("slug", "identite", "fictif", "document", "note")}
        told = what_changes(etabli.contrat, compris.contrat)
        etabli.arbre = Arbre.of(compris.contrat.model_copy(update=kept))
        etabli.doutes = dict(compris.doutes)
        etabli.brouillon.raisons, etabli.brouillon.gabarit = compris.raisons, gabarit
        return Dit(told)

    return faire(by=by, brouillon=brouillon, agir=agir)


def what_changes(avant: ContratDeVille, apres: ContratDeVille) -> str:
    """How many of each kind are read now, and before."""
    said = []
    for name, (was, now) in {
        "orientation": (len(avant.orientations), len(apres.orientations)),
        "action": (_actions(avant), _actions(apres)),
        "signataire": (len(avant.signataires), len(apres.signataires)),
        "indicateur": (len(avant.indicateurs), len(apres.indicateurs)),
    }.items():
        said.append(f"{pluriel(now, name)}{f' (au lieu de {was})' if was != now else ''}")
    return f"Relu d’après la mise en page montrée : {', '.join(said)}."


def _actions(contrat: ContratDeVille) -> int:
    return sum(len(o.actions) for o in contrat.orientations)
