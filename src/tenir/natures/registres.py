"""What must hold of a kind whose things last: their states, what describes them, its grid.

Part of `coherence`; every rule is one sentence, with what to do.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tenir.fichier.coherence import Incoherence
from tenir.natures.enums import Forme, Lecteurs, TypeDeChamp
from tenir.natures.sujets import names_one_case

if TYPE_CHECKING:
    from tenir.natures.modeles import Champ, Etat, Nature, NatureEntiere

MOIS, OBJETS, LIEUX, SEMAINES = "mois", "objets", "lieux", "semaines"
"""What a grid may cross beside measures and fields."""
WRITTEN = (TypeDeChamp.MOT, TypeDeChamp.TELEPHONE)
"""What is typed freely, and could tell of someone."""
OF_THINGS = ("etats", "champs", "nom", "echeance", "prevenir", "annuaire")
"""What only a kind of things says."""


def things(nature: "Nature", whole: "NatureEntiere", former: "Iterable[NatureEntiere]") -> Iterator[Incoherence]:
    """Yield what is wrong in what a kind says of its things; `former`: what it is, and itself as it was."""
    yield from _only_of_things(whole) if whole.forme is not Forme.OBJET else _register(nature, whole)
    yield from _grid(whole)
    yield from _kept(whole)
    for one in former:
        yield from _same_states(whole, one)
        yield from _same_fields(nature, one)


def _only_of_things(whole: "NatureEntiere") -> Iterator[Incoherence]:
    for field in OF_THINGS:
        if getattr(whole, field):
            message = f"seul un objet a « {field} » : une entrée d’une autre forme ne dure pas."
            yield Incoherence((field,), message, "Retirez-le, ou écrivez « forme: objet ».")


def _register(nature: "Nature", whole: "NatureEntiere") -> Iterator[Incoherence]:
    if not whole.etats and not whole.generique:
        remedy = "Ajoutez « etats », le premier étant celui dans lequel il entre."
        yield Incoherence(("forme",), "un objet a au moins un état.", remedy)
    if not whole.nom and not whole.generique:
        message = "il faut dire comment on demande ce qui nomme un objet."
        yield Incoherence(("forme",), message, "Ajoutez « nom », comme « nom: Quelle entreprise ? ».")
    if whole.prevenir is not None and not whole.echeance:
        message = "on prévient avant une échéance, et il n’y en a pas."
        yield Incoherence(("prevenir",), message, "Ajoutez « echeance », ou retirez « prevenir ».")
    if whole.annuaire and whole.visible is Lecteurs.EQUIPE:
        message = "les habitants ne trouvent pas ce que l’équipe seule lit."
        yield Incoherence(("annuaire",), message, "Retirez « annuaire », ou « visible: équipe ».")
    if whole.visible is Lecteurs.EQUIPE and (free := [one for one in whole.champs if one.type in WRITTEN]):
        message = f"un registre que l’équipe seule lit n’a pas de texte libre (« {free[0].code} »)."
        yield Incoherence(("champs",), f"{message} Il finirait par parler de quelqu’un.", "Faites-en un choix.")
    yield from _once(nature.etats, "etats")
    yield from _once(nature.champs, "champs")
    for rank, champ in enumerate(nature.champs):
        for field, message, remedy in _field(champ, whole):
            yield Incoherence(("champs", rank, field), message, remedy)


def _once(rows: "Iterable[Etat | Champ]", field: str) -> Iterator[Incoherence]:
    codes: set[str] = set()
    words: set[str] = set()
    for rank, one in enumerate(rows):
        if one.code in codes:
            yield Incoherence((field, rank, "code"), f"« {one.code} » est écrit deux fois.", "Changez ce code.")
        if one.libelle in words:
            yield Incoherence((field, rank, "libelle"), f"deux se disent « {one.libelle} ».", "Distinguez-les.")
        codes.add(one.code)
        words.add(one.libelle)


def _field(champ: "Champ", whole: "NatureEntiere") -> Iterator[tuple[str, str, str]]:
    if champ.listed and not champ.choix:
        yield "type", "un choix se fait entre des mots.", "Ajoutez « choix »."
    if champ.choix and not champ.listed:
        yield "choix", "seuls « choix » et « plusieurs » ont des mots.", "Retirez « choix », ou changez le type."
    if champ.type is TypeDeChamp.MOT and (word := names_one_case(champ.libelle)):
        message = f"ce texte parlerait d’une personne (« {word} »)."
        yield "libelle", message, "Retirez-le : le registre n’en suit aucune."
    if whole.mesure(champ.code) or champ.code in (MOIS, OBJETS):
        yield "code", f"« {champ.code} » désigne déjà autre chose.", "Changez ce code."


def _grid(whole: "NatureEntiere") -> Iterator[Incoherence]:
    if whole.grille is None:
        if whole.seuil:
            yield Incoherence(("seuil",), "il n’y a pas de tableau à regarder.", "Ajoutez « grille », ou retirez-le.")
        return
    given = {"lignes": whole.grille.lignes, "colonnes": whole.grille.colonnes}
    offered = sorted(axes(whole))
    for field, axis in given.items():
        if axis not in offered:
            message = f"le tableau ne peut pas croiser « {axis} »."
            yield Incoherence(("grille", field), message, f"Choisissez entre : {', '.join(offered)}.")
    if given["lignes"] == given["colonnes"]:
        yield Incoherence(("grille",), "le tableau croise deux fois la même chose.", "Changez les colonnes.")
    elif not crosses(whole) and set(given.values()) <= set(offered):
        message = "ce croisement ne montre rien : un champ décrit un objet, une mesure une entrée."
        pairs = (
            "deux champs ; un champ, ou une mesure, et « mois » ; une mesure et « objets » ; « lieux » et « semaines »"
        )
        remedy = f"Croisez {pairs}."
        yield Incoherence(("grille",), message, remedy)


def axes(whole: "NatureEntiere") -> set[str]:
    """What the grid of a kind may cross."""
    fields = {one.code for one in whole.champs if one.listed}
    counted = {one.code for one in whole.mesures if one.choix}
    return {MOIS, *fields, *counted, *([OBJETS] if whole.lasts else [LIEUX, SEMAINES])}


def crosses(whole: "NatureEntiere") -> bool:
    """Whether the two axes of a grid are told by the same rows: things, or entries."""
    assert whole.grille is not None  # noqa: S101 (who asks has one)
    given = {whole.grille.lignes, whole.grille.colonnes}
    described = {one for one in given if whole.champ(one)}
    counted = {one for one in given if whole.mesure(one)}
    if described or given & {LIEUX, SEMAINES}:
        return len(described) == 2 or (described and MOIS in given) or given == {LIEUX, SEMAINES}
    return len(counted) == 1 or given == {MOIS, OBJETS}


def _kept(whole: "NatureEntiere") -> Iterator[Incoherence]:
    if whole.garde and not whole.lasts:
        yield Incoherence(("garde",), "seul un registre se réduit à ses totaux.", "Retirez « garde ».")
    if whole.garde and whole.visible is not Lecteurs.EQUIPE:
        message = "« garde » efface ce que l’équipe seule lit, une fois le temps passé."
        yield Incoherence(("garde",), message, "Retirez-la, ou écrivez « visible: équipe ».")


def _same_states(whole: "NatureEntiere", former: "NatureEntiere") -> Iterator[Incoherence]:
    """Entries were given under the former states: none goes, whatever the kind now comes from."""
    gone = [one for one in former.etats if whole.etat(one.code) is None]
    for one in gone:
        message = f"l’état « {one.code} » a pu servir, et ne se retire pas."
        yield Incoherence(("etats",), message, "Reprenez-le ; son libellé peut changer.")


def _same_fields(nature: "Nature", former: "NatureEntiere") -> Iterator[Incoherence]:
    for rank, champ in enumerate(nature.champs):
        before = former.champ(champ.code)
        if before and before.type is not champ.type:
            message = f"le champ « {champ.code} » existe déjà, et son type ne change pas."
            yield Incoherence(("champs", rank, "type"), message, "Reprenez-le, ou donnez un autre code au champ.")
        elif before and (gone := before.choix.keys() - champ.choix.keys()):
            message = f"le choix « {min(gone)} » a pu servir, et ne se retire pas."
            yield Incoherence(("champs", rank, "choix"), message, "Reprenez-le ; ses mots peuvent changer.")
