"""What the contract is: its title, its years, its territory; the document that it expects."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from pydantic import ValidationError as NotAnIdentity

from tenir.atelier.arbre import Arbre, joined
from tenir.atelier.fautes import sentences
from tenir.atelier.libelles import label
from tenir.atelier.libelles import shown as in_words
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import OUVERT, RIGHT, Dit, Etabli, faire
from tenir.atelier.services.creation import Compris, Depose, keep_document
from tenir.core.marques import Lu
from tenir.fichier.canonique import as_data
from tenir.fichier.modeles import ContratPrecedent, DocumentSigne, Enseignement, Identite, Periode
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage, parse_source
from tenir.habilitations.rights import Acces, require

MOVED = "Ses mots ne sont pas les mêmes dans le document joint depuis : relisez-les."


def shown(etabli: Etabli) -> Lu:
    """What a page shows of the identity of a contract."""
    racine = etabli.arbre.racine
    told = {label(name): in_words(value) for name, value in as_data(racine.identite).items()}
    before = racine.contrat_precedent
    years = f"{before.periode.debut}-{before.periode.fin}" if before else "aucun"
    return {**told, "Contrat fictif": "oui" if racine.fictif else "non", "Contrat d’avant": years}


def corriger_identite(
    *,
    by: Acces,
    brouillon: Brouillon,
    valeurs: Mapping[str, Any],
    fictif: bool,
    precedent: Mapping[str, Any] | None = None,
    lu: Lu | None = None,
) -> GesteDAtelier | None:
    """Correct what the contract is. `valeurs`: by field, as the contract file writes them; `precedent`: the years of
    the contract before, none when there was none.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: what the model refuses, by field.
    """

    def agir(etabli: Etabli) -> Dit:
        data = etabli.arbre.racine.identite.model_dump(mode="json", exclude_defaults=True) | dict(valeurs)
        try:
            identite = Identite.model_validate({name: value for name, value in data.items() if value is not None})
        except NotAnIdentity as error:
            raise ValidationError(sentences(error, data)) from error
        before = _former(etabli, precedent)
        given = {"identite": identite, "fictif": fictif, "contrat_precedent": before}
        etabli.arbre.racine = etabli.arbre.racine.model_copy(update=given)
        return Dit("Correction de l’identité du contrat")

    return faire(by=by, brouillon=brouillon, agir=agir, montre=shown, lu=lu)


def _former(etabli: Etabli, precedent: Mapping[str, Any] | None) -> ContratPrecedent | None:
    held = etabli.arbre.racine.contrat_precedent
    if precedent is None:
        lessons = [one for one in etabli.arbre.noeuds if isinstance(one.item, Enseignement)]
        if held and lessons:
            raise ValidationError({"avant_debut": "Des enseignements de ce contrat sont là : retirez-les d’abord."})
        return None
    try:
        periode = Periode.model_validate(dict(precedent))
    except NotAnIdentity as error:
        raise ValidationError({"avant_fin": "Donnez la première et la dernière année du contrat d’avant."}) from error
    return held.model_copy(update={"periode": periode}) if held else ContratPrecedent(periode=periode)


@transaction.atomic
def joindre_document(
    *, by: Acces, brouillon: Brouillon, depose: Depose, compris: Compris | None = None
) -> GesteDAtelier | None:
    """Let the draft expect a document, and number its lines. What cites the former one follows its words where they
    are in both; what no longer has any is doubted. `compris`: what was understood of it, which fills an empty draft.

    Raises:
        Refus: she may not.
        ValidationError: the draft is over.
    """
    require(by, RIGHT, brouillon.espace)
    kept = keep_document(brouillon, depose)

    def agir(etabli: Etabli) -> Dit:
        lines = depose.document.lignes
        spans = parse_source(depose.lu["noms_masques"]) if depose.lu.get("noms_masques") else ()
        former = etabli.arbre.racine.document
        if former is not None and former.sha256 == kept.sha256:
            return Dit(f"Document « {kept.nom} » : le même")
        expected = DocumentSigne(
            titre=former.titre if former else etabli.arbre.racine.identite.titre,
            sha256=kept.sha256,
            lignes=max(1, len(lines)),
            noms_masques=spans,
        )
        if compris is not None and not etabli.arbre.noeuds:
            _fill(etabli, compris)
        elif etabli.document is not None:
            _follow(etabli, etabli.document.lignes_brutes, tuple(line.texte for line in lines))
        etabli.arbre.racine = etabli.arbre.racine.model_copy(update={"document": expected})
        return Dit(f"Document joint : {kept.nom}")

    return faire(by=by, brouillon=brouillon, agir=agir)


def _fill(etabli: Etabli, compris: Compris) -> None:
    """Let an empty draft say what was understood of its document; its title and its address stay."""
    own = etabli.arbre.racine
    etabli.arbre = Arbre.of(compris.contrat.model_copy(update={"slug": own.slug, "identite": own.identite}))
    etabli.doutes |= compris.doutes
    etabli.brouillon.raisons = compris.raisons


def _follow(etabli: Etabli, avant: tuple[str, ...], apres: tuple[str, ...]) -> None:
    """Let every source point at the same words in another document."""
    moved = _moved(avant, apres)
    for noeud in list(etabli.arbre.noeuds):
        given = {
            name: _numbered(getattr(noeud.item, name), moved)
            for name in ("source", "source_protocole")
            if getattr(noeud.item, name, ())
        }
        if not given:
            continue
        whole = all(_lines(getattr(noeud.item, name), avant) <= moved.keys() for name in given)
        _renumber(etabli.arbre, noeud.item, given)
        if not whole:
            code = noeud.item.code
            etabli.doutes[code] = {"niveau": "basse", "phrase": MOVED, "etat": OUVERT}


def _moved(avant: tuple[str, ...], apres: tuple[str, ...]) -> dict[int, int]:
    """The number that each line has in another document, where its words are the same, blanks apart."""
    one, other = (
        [(n, " ".join(line.split())) for n, line in enumerate(lines, 1) if line.strip()] for lines in (avant, apres)
    )
    said = [[text for _, text in lines] for lines in (one, other)]
    blocks = SequenceMatcher(None, said[0], said[1], autojunk=False).get_matching_blocks()
    return {one[b.a + rank][0]: other[b.b + rank][0] for b in blocks for rank in range(b.size)}


def _numbered(source: tuple[Plage, ...], moved: dict[int, int]) -> tuple[Plage, ...]:
    found = []
    for plage in source:
        if plage.colonne_debut is not None:
            at = moved.get(plage.debut)
            found += [Plage(at, at, plage.colonne_debut, plage.colonne_fin)] if at else []
        else:
            found += [Plage(moved[number], moved[number]) for number in plage.lignes if number in moved]
    return joined(found)


def _lines(source: tuple[Plage, ...], lines: tuple[str, ...]) -> set[int]:
    """The lines of a source that say something."""
    numbers = (number for plage in source for number in plage.lignes)
    return {number for number in numbers if number <= len(lines) and lines[number - 1].strip()}


def _renumber(arbre: Arbre, item: Item, given: dict[str, tuple[Plage, ...]]) -> None:
    arbre.ecrire(item.code, item.model_copy(update=given))
