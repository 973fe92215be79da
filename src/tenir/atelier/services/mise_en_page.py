"""A draft read again by what a person showed of the layout of its document: one gesture, undone like any other."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier.arbre import Arbre
from tenir.atelier.models import Brouillon, DocumentDepose, GesteDAtelier
from tenir.atelier.services.brouillon import Dit, Etabli, faire
from tenir.atelier.services.creation import Compris
from tenir.core.typographie import pluriel, typo
from tenir.fichier.modeles import ContratDeVille
from tenir.habilitations.rights import Acces

MEANWHILE = "Quelqu’un a corrigé ce texte pendant la lecture : rien n’est écrit. Montrez de nouveau la mise en page."


def its_document(brouillon: Brouillon) -> DocumentDepose | None:
    """The document that a draft expects, as it was dropped; none for a text that is signed already."""
    if brouillon.base_id or not brouillon.modifiable:
        return None
    expected = (brouillon.contrat.get("document") or {}).get("sha256")
    return brouillon.documents.filter(sha256=expected).first()


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
