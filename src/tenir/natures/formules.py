"""What must hold of how a kind makes an indicator. Part of `coherence`: each rule is one sentence, with what to do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenir.fichier.coherence import Incoherence
from tenir.natures.enums import Unite
from tenir.natures.modeles import MEMBRES, SUITES

if TYPE_CHECKING:
    from tenir.natures.modeles import Alimentation, Mesure, NatureEntiere

Ecart = tuple[str, str, str]
"""The field at fault, what is wrong, what to do."""
OF_A_MEASURE = ("somme", "dernier", "max", "part")
TAKES = {
    "compte": {"etat", "quartier"},
    "somme": {"mesure", "modalite", "quartier"},
    "max": {"mesure", "modalite", "quartier"},
    "dernier": {"mesure", "modalite"},
    "objets": {"etat"},
    "distincts": {"de", "quartier"},
    "part": {"mesure", "modalite", "sur", "quartier"},
    "actions": set(),
    "preconisations": {"de"},
    "conseil": {"de"},
}
"""What each way of counting may be told beside the indicator."""
WORDS = ("mesure", "modalite", "etat", "de", "sur", "quartier")


def feeds(fed: "tuple[Alimentation, ...]", whole: "NatureEntiere") -> Iterator[Incoherence]:
    """Yield what is wrong in how a kind feeds indicators."""
    for rank, one in enumerate(fed):
        if fault := _unfed(one, whole):
            field, message, remedy = fault
            yield Incoherence(("alimente", rank, field), message, remedy)
        elif one in fed[:rank]:
            yield Incoherence(("alimente", rank), "cela est déjà dit plus haut.", "Gardez-le une fois.")


def _unfed(fed: "Alimentation", whole: "NatureEntiere") -> Ecart | None:
    """Why an indicator cannot be fed so."""
    return next(iter((*_too_much(fed, lasts=whole.lasts), *_of_things(fed, whole), *_of_measures(fed, whole))), None)


def _too_much(fed: "Alimentation", *, lasts: bool) -> Iterator[Ecart]:
    for name in WORDS:
        if getattr(fed, name) and (name not in TAKES[fed.calcul] or (name == "quartier" and lasts)):
            if fed.calcul == "compte" and name in ("mesure", "modalite"):
                said = "« compte » compte les entrées, sans regarder leurs nombres."
                yield name, said, f"Retirez « {name} », ou écrivez « somme »."
            else:
                yield name, f"« {fed.calcul} » ne prend pas « {name} ».", f"Retirez « {name} »."


def _of_things(fed: "Alimentation", whole: "NatureEntiere") -> Iterator[Ecart]:
    if fed.calcul == "objets" and not whole.lasts:
        yield "calcul", "seul un registre a des objets.", "Écrivez « compte »."
    if fed.calcul == "distincts" and not fed.de:
        yield "calcul", "« distincts » demande ce que l’on distingue.", "Ajoutez « de » : organismes, lieux ou objets."
    if fed.calcul == "distincts" and fed.de in (*SUITES, *MEMBRES):
        yield "de", "« distincts » compte des organismes, des lieux ou des objets.", "Écrivez l’un des trois."
    if fed.calcul == "preconisations" and fed.de not in SUITES:
        yield "calcul", "« preconisations » demande ce que l’on en compte.", f"Ajoutez « de » : {', '.join(SUITES)}."
    if fed.calcul == "conseil" and fed.de not in MEMBRES:
        yield "calcul", "« conseil » demande quels membres on compte.", f"Ajoutez « de » : {', '.join(MEMBRES)}."
    if fed.de == "objets" and not whole.lasts:
        yield "de", "seul un registre a des objets.", "Écrivez organismes ou lieux."
    if fed.etat and whole.etat(fed.etat) is None:
        given = ", ".join(one.code for one in whole.etats) or "aucun"
        yield "etat", f"elle n’a pas d’état « {fed.etat} ».", f"États : {given}."


def _of_measures(fed: "Alimentation", whole: "NatureEntiere") -> Iterator[Ecart]:
    if fed.calcul not in OF_A_MEASURE:
        return
    if not fed.mesure:
        yield "calcul", f"« {fed.calcul} » demande une mesure.", "Ajoutez « mesure »."
        return
    yield from _number(fed.mesure, fed.modalite, whole, ("mesure", "modalite"))
    mesure = whole.mesure(fed.mesure)
    if mesure and fed.calcul in ("somme", "part") and mesure.unite == Unite.PERSONNES:
        message = "des personnes différentes ne s’ajoutent pas."
        yield "calcul", message, "Écrivez « max », ou comptez en « passages »."
    if fed.calcul == "part" and fed.sur is None:
        yield "calcul", "« part » demande à quoi l’on rapporte.", "Ajoutez « sur », avec sa mesure."
    if fed.sur:
        yield from _number(fed.sur.mesure, fed.sur.modalite, whole, ("sur", "sur"))


def _number(code: str, modalite: str | None, whole: "NatureEntiere", fields: tuple[str, str]) -> Iterator[Ecart]:
    mesure = whole.mesure(code)
    if mesure is None:
        given = ", ".join(one.code for one in whole.mesures) or "aucune"
        yield fields[0], f"elle n’a pas de mesure « {code} ».", f"Mesures : {given}."
    elif fault := _part(mesure, modalite):
        field, message, remedy = fault
        yield fields[("mesure", "modalite").index(field)], message, remedy


def _part(mesure: "Mesure", modalite: str | None) -> Ecart | None:
    offered = f"Parts : {', '.join(mesure.modalites) or 'aucune'}."
    if modalite and modalite not in mesure.modalites:
        return "modalite", f"« {mesure.code} » n’a pas de part « {modalite} ».", offered
    if mesure.choix and not modalite:
        return "mesure", f"« {mesure.code} » se compte par choix, sans total.", f"Ajoutez « modalite ». {offered}"
    return None
