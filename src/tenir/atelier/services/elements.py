"""What is done to one item: corrected, added, withdrawn, moved, split, joined to another, its doubt accepted."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from pydantic import ValidationError as NotAnItem

from tenir.atelier.arbre import Arbre, joined
from tenir.atelier.coupe import CoupeImpossible, cut_at
from tenir.atelier.fautes import sentences
from tenir.atelier.genres import PAR_CLE, Genre, SansLettre, held_by, name_field, said
from tenir.atelier.libelles import called, words
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import ACCEPTE, OUVERT, Dit, Etabli, faire
from tenir.atelier.services.organismes import names
from tenir.core.marques import Lu
from tenir.core.typographie import pluriel
from tenir.fichier.enums import NatureDePartie
from tenir.fichier.modeles import Partie, Signataire
from tenir.fichier.mots import comparable
from tenir.fichier.objet import Item
from tenir.fichier.organisations import recognise
from tenir.fichier.source import Plage
from tenir.habilitations.rights import Acces


def shown(etabli: Etabli, code: str) -> Lu:
    """What a page shows of an item that it acts on: what it says, where it is, its doubt."""
    noeud = etabli.arbre.noeud(code)
    doubt = etabli.doutes.get(code)
    told = {"Doute": f"{doubt['phrase']} ({doubt['etat']})"} if doubt else {}
    return {**words(noeud.item), "Rangé dans": noeud.dans, **told}


def corriger(
    *, by: Acces, brouillon: Brouillon, code: str, valeurs: Mapping[str, Any], lu: Lu | None = None
) -> GesteDAtelier | None:
    """Correct an item; its doubt is settled. `valeurs`: by field, as the contract file writes them.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: what its model refuses, by field; or it holds no more.
    """

    def agir(etabli: Etabli) -> Dit:
        noeud = etabli.arbre.noeud(code)
        data = noeud.item.model_dump(mode="json", exclude_defaults=True) | dict(valeurs)
        item = built(noeud.genre, matched(etabli.arbre, data))
        etabli.arbre.ecrire(code, item)
        etabli.settle(code)
        return Dit(f"Correction de {called(item)}", (code,))

    proposed = _proposed(brouillon, code, valeurs) if lu is not None else None
    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, code), lu=lu, propose=proposed)


def ajouter(
    *, by: Acces, brouillon: Brouillon, genre: str, dans: str, valeurs: Mapping[str, Any], apres: str | None = None
) -> GesteDAtelier | None:
    """Add an item under the next free code of its place.

    Raises:
        Refus: she may not.
        ValidationError: what its model refuses, or nothing of that code holds it.
    """
    kind = PAR_CLE[genre]

    def agir(etabli: Etabli) -> Dit:
        code = free_code(etabli, kind, dans)
        item = built(kind, matched(etabli.arbre, {**with_body(kind, valeurs), "code": code}))
        etabli.arbre.ajouter(kind, dans, item, apres=apres)
        return Dit(f"Ajout de {called(item)} ({said(kind)})", (code,))

    return faire(by=by, brouillon=brouillon, agir=agir)


def retirer(*, by: Acces, brouillon: Brouillon, code: str, lu: Lu | None = None) -> GesteDAtelier | None:
    """Withdraw an item with all that it holds: their lines have no place any more.

    Unless an avenant withdraws it: the document that was signed still prints them, and a part keeps them.

    Raises:
        Refus, Perime, ValidationError: as every gesture of the workshop.
    """

    def agir(etabli: Etabli) -> Dit:
        noeud = etabli.arbre.noeud(code)
        item, held = noeud.item, [one.item for one in (noeud, *etabli.arbre.sous(code))]
        gone = etabli.arbre.retirer(code)
        if etabli.brouillon.objet == Brouillon.Objet.AVENANT:
            _keep_lines(etabli, noeud.dans, held)
        more = f" et de {pluriel(len(gone) - 1, 'élément')} dessous" if len(gone) > 1 else ""
        return Dit(f"Retrait de {called(item)}{more}", tuple(gone))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, code), lu=lu)


def part_of(arbre: Arbre, dans: str) -> Genre | None:
    """The kind of the parts that an item holds, or the document when `dans` is empty; None if it holds none."""
    holder = type(arbre.noeud(dans).item) if dans else None
    return next((one for one in held_by(holder) if one.modele is Partie), None)


def into_a_part(etabli: Etabli, kind: Genre, source: tuple[Plage, ...], dans: str, nature: str) -> str:
    """Give lines to the part of a nature that an item holds, made if there is none; its code. `kind`: see `part_of`."""
    arbre = etabli.arbre
    same = (one.item for one in arbre.freres(kind, dans))
    found = next((one for one in same if isinstance(one, Partie) and one.nature == nature), None)
    if found is not None:
        arbre.ecrire(found.code, with_lines(found, source))
        return found.code
    code = free_code(etabli, kind, dans)
    arbre.ajouter(kind, dans, built(kind, {"code": code, "nature": nature, "source": as_written(source)}))
    return code


def with_lines(item: Item, source: tuple[Plage, ...]) -> Item:
    """An item with more lines of the document."""
    return item.model_copy(update={"source": joined(item.source, source), "texte": None})


def as_written(source: tuple[Plage, ...]) -> str:
    """Ranges as a contract file writes them."""
    return ", ".join(str(plage) for plage in source)


def _keep_lines(etabli: Etabli, dans: str, held: list[Item]) -> None:
    """Give what withdrawn items had of the document to the nearest item above that holds parts."""
    fields = ("source", "source_protocole")
    spans = tuple(plage for one in held for name in fields for plage in getattr(one, name, ()))
    while dans and part_of(etabli.arbre, dans) is None:
        dans = etabli.arbre.noeud(dans).dans
    if spans and (kind := part_of(etabli.arbre, dans)):
        into_a_part(etabli, kind, joined(spans), dans, NatureDePartie.AUTRE)


def deplacer(
    *, by: Acces, brouillon: Brouillon, code: str, dans: str, apres: str | None, lu: Lu | None = None
) -> GesteDAtelier | None:
    """Move an item after another of its place, or to another place, where it takes the next free code.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: nothing of that code may hold it.
    """

    def agir(etabli: Etabli) -> Dit:
        noeud = etabli.arbre.noeud(code)
        genre = kind_in(etabli, noeud.item, dans)
        moved = etabli.arbre.deplacer(code, genre, dans, apres=apres)
        where = f", qui devient {moved}" if moved != code else ""
        return Dit(f"Déplacement de {called(noeud.item)}{where}", tuple(dict.fromkeys((code, moved))))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, code), lu=lu)


def scinder(
    *, by: Acces, brouillon: Brouillon, code: str, debut: str, titre: str, lu: Lu | None = None
) -> GesteDAtelier | None:
    """Make two items of one. `debut`: the first words of the second, as the document prints them; `titre`: its name.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: these words are not among those of the item, or begin it.
    """

    def agir(etabli: Etabli) -> Dit:
        noeud = etabli.arbre.noeud(code)
        first, second = _cut(etabli, noeud.item, debut)
        new = free_code(etabli, noeud.genre, noeud.dans)
        kept = {"code": new, "source": second, **_named(noeud.item, titre)}
        drafted = noeud.item.model_copy(update=kept)
        item = built(noeud.genre, drafted.model_dump(mode="json", exclude_defaults=True))
        etabli.arbre.ecrire(code, noeud.item.model_copy(update={"source": first}))
        etabli.arbre.ajouter(noeud.genre, noeud.dans, item, apres=code)
        etabli.settle(code)
        return Dit(f"Scission de {called(noeud.item)}, dont la suite est {called(item)}", (code, new))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, code), lu=lu)


def reunir(*, by: Acces, brouillon: Brouillon, code: str, autre: str, lu: Lu | None = None) -> GesteDAtelier | None:
    """Make one item of two of one kind and one place: the first keeps its name, takes the lines of the other and all
    that it holds.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: they are not of one kind and one place.
    """

    def agir(etabli: Etabli) -> Dit:
        kept, gone = etabli.arbre.noeud(code), etabli.arbre.noeud(autre)
        if kept.genre != gone.genre or kept.dans != gone.dans or code == autre:
            raise ValidationError({"autre": "Choisissez un autre élément du même genre, rangé au même endroit."})
        source = joined(kept.item.source, gone.item.source)
        etabli.arbre.ecrire(code, kept.item.model_copy(update={"source": source}))
        etabli.arbre.recevoir(code, autre)
        etabli.settle(code)
        return Dit(f"Réunion de {called(kept.item)} et de {called(gone.item)}", (code, autre))

    def montre(etabli: Etabli) -> Lu:
        return shown(etabli, code)

    return faire(by=by, brouillon=brouillon, agir=agir, montre=montre, lu=lu)


def accepter(*, by: Acces, brouillon: Brouillon, code: str, lu: Lu | None = None) -> GesteDAtelier | None:
    """Say that an item is right as it was read, whatever the reader doubted.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: nothing is doubted of it any more.
    """

    def agir(etabli: Etabli) -> Dit:
        if etabli.doutes.get(code, {}).get("etat") != OUVERT:
            raise ValidationError("Ce doute est déjà tranché.")
        etabli.settle(code, ACCEPTE)
        return Dit(f"Doute tranché, {called(etabli.arbre.noeud(code).item)} est juste tel que lu", (code,))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, code), lu=lu)


def free_code(etabli: Etabli, genre: Genre, dans: str) -> str:
    """The code of a new item.

    Raises:
        ValidationError: no letter is left for an axis, or nothing of that kind may be held there.
    """
    if "." in genre.champ and etabli.arbre.racine.contrat_precedent is None:
        raise ValidationError({"dans": "Dites d’abord quel contrat a précédé celui-ci, dans l’identité du contrat."})
    if genre.dans and not isinstance(etabli.arbre.noeud(dans).item, genre.dans):
        raise ValidationError({"dans": f"{dans} ne contient pas cela : choisissez un autre endroit."})
    try:
        return etabli.arbre.libre(genre, dans)
    except SansLettre as error:
        raise ValidationError("Vingt-six axes sont déjà là : il n’y a plus de lettre pour un autre.") from error


def kind_in(etabli: Etabli, item: Item, dans: str) -> Genre:
    """The kind that an item is where it is moved to.

    Raises:
        ValidationError: it may not be held there.
    """
    holder = type(etabli.arbre.noeud(dans).item) if dans else None
    found = next((one for one in PAR_CLE.values() if one.modele is type(item) and one.dans is holder), None)
    if found is None:
        raise ValidationError({"dans": "Cet élément ne se range pas là : choisissez un autre endroit."})
    return found


def matched(arbre: Arbre, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are said; a body named as elsewhere in the draft is the body that it is there."""
    known = {comparable(one.nom): one.organisme for one in names(arbre) if one.organisme}
    found = {name: value for name, value in data.items() if value is not None}
    for name, value in found.items():
        for one in value if isinstance(value, list) and name != "dispositifs" else ():
            if isinstance(one, dict) and is_a_body(one) and not one.get("organisme"):
                one["organisme"] = known.get(comparable(one["nom"]))
    return found


def is_a_body(one: Mapping[str, Any]) -> bool:
    """Whether a value of a list is a body that is named."""
    return "nom" in one and set(one) <= {"nom", "organisme", "fonction"}


def with_body(genre: Genre, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new item, the body that a signatory is guessed from its name until someone says which it is."""
    given = {name: value for name, value in valeurs.items() if value is not None}
    if genre.modele is Signataire and given.get("nom") and not given.get("organisme"):
        body = recognise(given["nom"])
        given["organisme"] = body.id if body else slugify(given["nom"])[:60] or "a-designer"
    return given


def built(genre: Genre, data: dict[str, Any]) -> Item:
    """An item from its values as the contract file writes them.

    Raises:
        ValidationError: what its model refuses, in French, by field.
    """
    try:
        return genre.modele.model_validate(data)
    except NotAnItem as error:
        raise ValidationError(sentences(error, data)) from error


def _named(item: Item, titre: str) -> dict[str, Any]:
    return {name_field(type(item)): titre}


def _cut(etabli: Etabli, item: Item, debut: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    if etabli.document is None:
        raise ValidationError("Le document n’est pas joint : un élément se scinde par ses mots.")
    try:
        return cut_at(etabli.document, item.source, debut)
    except CoupeImpossible as error:
        raise ValidationError({"debut": str(error)}) from error


def _proposed(brouillon: Brouillon, code: str, valeurs: Mapping[str, Any]) -> Lu | None:
    """What was about to be written, noun by noun, to be shown beside what stands."""
    item = brouillon.lire().items.get(code)
    if item is None:
        return None
    try:
        data = item.model_dump(mode="json", exclude_defaults=True) | dict(valeurs)
        return words(type(item).model_validate({name: one for name, one in data.items() if one is not None}))
    except NotAnItem:
        return None
