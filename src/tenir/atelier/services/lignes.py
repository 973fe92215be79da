"""Giving lines of the document a place: a new item, the rest of an item, or a named part."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from tenir.atelier.arbre import Arbre, joined, without_lines
from tenir.atelier.genres import PAR_CLE, Genre, first_values, said
from tenir.atelier.libelles import called
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import Dit, Etabli, faire
from tenir.atelier.services.elements import (
    as_written,
    built,
    free_code,
    into_a_part,
    part_of,
    with_body,
    with_lines,
)
from tenir.core.marques import Lu
from tenir.core.typographie import pluriel
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import Partie
from tenir.fichier.source import Plage, written_lines
from tenir.habilitations.rights import Acces

MOST = 400
"""How many lines one gesture gives a place: more is a slip of the finger."""


def shown(etabli: Etabli, numero: int) -> Lu:
    """What a page shows of a line that it acts on: to what it belongs."""
    codes = [code for code, plage in claims(etabli.arbre) if plage.debut <= numero <= plage.fin]
    return {f"Ligne {numero}": ", ".join(codes) or "sans place"}


def claims(arbre: Arbre) -> list[tuple[str, Plage]]:
    """The ranges that items take, by code."""
    fields = ("source", "source_protocole")
    return [(one.item.code, plage) for one in arbre.noeuds for name in fields for plage in getattr(one.item, name, ())]


def placer(
    *,
    by: Acces,
    brouillon: Brouillon,
    lignes: range,
    genre: str,
    dans: str,
    nom: str,
    plus: Mapping[str, Any] | None = None,
    lu: Lu | None = None,
) -> GesteDAtelier | None:
    """Make an item of lines, under the next free code of its place; the rest of what it says may come later.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: these lines are another item's, or its model refuses it.
    """
    kind = PAR_CLE[genre]

    def agir(etabli: Etabli) -> Dit:
        source = free_spans(etabli, lignes)
        code = free_code(etabli, kind, dans)
        data = with_body(kind, {**first_values(kind, nom), **(plus or {})})
        item = built(kind, {**data, "code": code, "source": as_written(source)})
        _release(etabli.arbre, lignes)
        etabli.arbre.ajouter(kind, dans, item, apres=_above(etabli.arbre, kind, dans, lignes.start))
        return Dit(f"{_lines(lignes)}, {said(kind)} {called(item)}", (code,))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, lignes.start), lu=lu)


def rattacher(
    *, by: Acces, brouillon: Brouillon, lignes: range, code: str, lu: Lu | None = None
) -> GesteDAtelier | None:
    """Give lines to an item that is there already: they are the rest of what it says.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: these lines are another item's.
    """

    def agir(etabli: Etabli) -> Dit:
        source = free_spans(etabli, lignes)
        item = etabli.arbre.noeud(code).item
        _release(etabli.arbre, lignes)
        etabli.arbre.ecrire(code, with_lines(item, source))
        etabli.settle(code)
        return Dit(f"{_lines(lignes)}, suite de {called(item)}", (code,))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, lignes.start), lu=lu)


def ranger(
    *, by: Acces, brouillon: Brouillon, lignes: range, dans: str, nature: str, lu: Lu | None = None
) -> GesteDAtelier | None:
    """Put lines that promise nothing in a named part: the one of that nature there, or a new one.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: these lines are another item's, or nothing there holds parts.
    """

    def agir(etabli: Etabli) -> Dit:
        source = free_spans(etabli, lignes)
        kind = part_of(etabli.arbre, dans)
        if kind is None:
            raise ValidationError(
                {"dans": f"{dans} ne contient pas de partie : choisissez une orientation ou un signataire."}
            )
        _release(etabli.arbre, lignes)
        code = into_a_part(etabli, kind, source, dans, nature)
        return Dit(f"{_lines(lignes)}, dans la partie {code} ({nature})", (code,))

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, lignes.start), lu=lu)


def masquer(*, by: Acces, brouillon: Brouillon, numero: int, mots: str, lu: Lu | None = None) -> GesteDAtelier | None:
    """Mask words of a line that name a person, or say how to reach her: they show nowhere any more.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: no document, no such line, or these words are not on it.
    """

    def agir(etabli: Etabli) -> Dit:
        line, wanted = _line(etabli, numero), mots.strip()
        found = [m.start() + 1 for m in re.finditer(re.escape(wanted), line)] if wanted else []
        if not found:
            raise ValidationError({"mots": "Ces mots ne sont pas sur cette ligne : copiez-les tels quels."})
        new = (Plage(numero, numero, at, at + len(wanted) - 1) for at in found)
        _mask(etabli, (*_masks(etabli), *new))
        return Dit(f"Ligne {numero}, un passage masqué")

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown_masks(on, numero), lu=lu)


def demasquer(*, by: Acces, brouillon: Brouillon, numero: int, lu: Lu | None = None) -> GesteDAtelier | None:
    """Mask nothing any more on a line: what was masked there names nobody.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: no document, or nothing is masked there.
    """

    def agir(etabli: Etabli) -> Dit:
        _line(etabli, numero)
        kept = tuple(one for one in _masks(etabli) if not one.debut <= numero <= one.fin)
        if kept == _masks(etabli):
            raise ValidationError("Rien n’est masqué sur cette ligne.")
        _mask(etabli, kept)
        return Dit(f"Ligne {numero}, plus rien n’est masqué")

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown_masks(on, numero), lu=lu)


def shown_masks(etabli: Etabli, numero: int) -> Lu:
    """What a page shows of what is masked on a line."""
    count = sum(one.debut <= numero <= one.fin for one in _masks(etabli))
    return {f"Ligne {numero}": pluriel(count, "passage masqué", "passages masqués")}


def _line(etabli: Etabli, numero: int) -> str:
    lines = etabli.document.lignes_brutes if etabli.document else ()
    if not 1 <= numero <= len(lines):
        raise ValidationError("Le document joint n’a pas cette ligne.")
    return lines[numero - 1]


def _masks(etabli: Etabli) -> tuple[Plage, ...]:
    return etabli.arbre.racine.spans_of_names


def _mask(etabli: Etabli, spans: tuple[Plage, ...]) -> None:
    document = etabli.arbre.racine.document
    assert document is not None  # noqa: S101 (a line of it was read)
    kept = document.model_copy(update={"noms_masques": tuple(sorted(set(spans), key=_place))})
    etabli.arbre.racine = etabli.arbre.racine.model_copy(update={"document": kept})


def _place(plage: Plage) -> tuple[int, int]:
    return plage.debut, plage.colonne_debut or 0


def free_spans(etabli: Etabli, lignes: range) -> tuple[Plage, ...]:
    """What of these lines no item has: whole lines, or the columns that are left. A part gives back what it has.

    Raises:
        ValidationError: no document, no such line, or nothing of them is free.
    """
    document = etabli.document
    if document is None:
        raise ValidationError("Le document n’est pas joint : ses lignes n’ont pas encore de place à recevoir.")
    if not (1 <= lignes.start < lignes.stop <= len(document.lignes_brutes) + 1) or len(lignes) > MOST:
        raise ValidationError({"au": f"Le document va de la ligne 1 à la ligne {len(document.lignes_brutes)}."})
    spans = [plage for numero in lignes for plage in _free(etabli.arbre, document, numero)]
    if not spans:
        raise ValidationError("Ces lignes sont vides : elles n’ont pas besoin de place.")
    return joined(spans)


def _free(arbre: Arbre, document: DocumentNormalise, numero: int) -> list[Plage]:
    line = document.lignes_brutes[numero - 1]
    spans = [(1, len(line))] if line.strip() else []
    for one in arbre.noeuds:
        if isinstance(one.item, Partie):
            continue
        for plage in (*one.item.source, *getattr(one.item, "source_protocole", ())):
            if not plage.debut <= numero <= plage.fin:
                continue
            if plage.colonne_debut is None:
                raise ValidationError(
                    f"La ligne {numero} est déjà celle de {called(one.item)} : scindez-le, ou retirez-le d’abord."
                )
            spans = [left for span in spans for left in _without(span, plage)]
    kept = [span for span in spans if any(map(str.isalnum, line[span[0] - 1 : span[1]]))]
    return [Plage(numero, numero) if span == (1, len(line)) else Plage(numero, numero, *span) for span in kept]


def _without(span: tuple[int, int], plage: Plage) -> list[tuple[int, int]]:
    first, last = plage.colonne_debut or 1, plage.colonne_fin or 1
    if last < span[0] or first > span[1]:
        return [span]
    return [(a, b) for a, b in ((span[0], first - 1), (last + 1, span[1])) if a <= b]


def _above(arbre: Arbre, genre: Genre, dans: str, numero: int) -> str:
    """The item of a place that the document prints just above a line; « » when it is the first."""
    printed = [(one.item.source[0].debut, one.item.code) for one in arbre.freres(genre, dans) if one.item.source]
    return max((place for place in printed if place[0] < numero), default=(0, ""))[1]


def _release(arbre: Arbre, lignes: range) -> None:
    """Take lines out of the parts that hold them; a part left without a line leaves."""
    for one in [noeud for noeud in arbre.noeuds if isinstance(noeud.item, Partie)]:
        if not any(plage.debut < lignes.stop and plage.fin >= lignes.start for plage in one.item.source):
            continue
        left = without_lines(one.item.source, lignes)
        if left:
            arbre.ecrire(one.item.code, one.item.model_copy(update={"source": left, "texte": None}))
        else:
            arbre.retirer(one.item.code)


def _lines(lignes: range) -> str:
    last = lignes.stop - 1
    told = written_lines((Plage(lignes.start, last),))
    return f"Ligne {told}" if last == lignes.start else f"Lignes {told}"
