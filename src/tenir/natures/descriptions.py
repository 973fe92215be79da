"""What a kind says of its things, in French: their states, what describes one, when it is due, what crosses what."""

from tenir.natures.enums import D_AVANCE, TypeDeChamp
from tenir.natures.modeles import Champ, Etat, NatureEntiere
from tenir.natures.registres import OBJETS

REPONSES = {
    TypeDeChamp.NOMBRE: "un nombre",
    TypeDeChamp.DATE: "un jour",
    TypeDeChamp.OUI_NON: "oui ou non",
    TypeDeChamp.CHOIX: "un choix",
    TypeDeChamp.PLUSIEURS: "un ou plusieurs choix",
    TypeDeChamp.TELEPHONE: "un numéro",
    TypeDeChamp.MOT: "quelques mots",
}


def answer(champ: Champ) -> str:
    """What is given for a field: « un jour », « un choix : T1, T2 »."""
    return " : ".join(filter(None, (REPONSES[champ.type], ", ".join(champ.choix.values()))))


def state(etat: Etat, nature: NatureEntiere) -> str:
    """A state, and what it changes: « Signée », « Échue (plus rien n’est attendu) »."""
    first = "à l’entrée" if nature.etats[0] == etat else ""
    more = ", ".join(filter(None, (first, "plus rien n’est attendu" if etat.clos else "")))
    return f"{etat.libelle} ({more})" if more else etat.libelle


def deadline(nature: NatureEntiere) -> str:
    """What falls due and when one is warned of it: « Fin de la convention ; on prévient 60 jours avant »."""
    days = D_AVANCE if nature.prevenir is None else nature.prevenir
    when = f"{days} jour{'s' if days > 1 else ''} avant" if days else "le jour même"
    return f"{nature.echeance} ; on prévient {when}" if nature.echeance else ""


def crossing(nature: NatureEntiere) -> str:
    """What its grid crosses, in words: « Âges × Passages accompagnés »."""
    if nature.grille is None:
        return ""
    return f"{_axis(nature, nature.grille.lignes)} × {_axis(nature, nature.grille.colonnes)}"


def _axis(nature: NatureEntiere, code: str) -> str:
    one = nature.champ(code) or nature.mesure(code)
    said = one.libelle if one else {OBJETS: nature.pluriel}.get(code, code)
    return f"{said[:1].upper()}{said[1:]}"


def told(nature: NatureEntiere) -> list[tuple[str, str]]:
    """What a kind says of its things beside their states and their fields: names, and what is said; nothing of none."""
    said = (
        ("On demande", nature.nom or ""),
        ("Échéance", deadline(nature)),
        ("Tableau", crossing(nature)),
        ("Annuaire", "les habitants y trouvent ce qui n’est pas clos" if nature.annuaire else ""),
        ("À regarder", f"dès {nature.seuil} dans une case du tableau" if nature.seuil else ""),
        ("Garde", f"{nature.garde} mois, puis seuls restent les totaux" if nature.garde else ""),
    )
    return [(name, words) for name, words in said if words]
