"""What changes from one file of a kind to another, in French: for its history, an import, two people at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenir.fichier.canonique import as_data
from tenir.natures.modeles import Alimentation, Mesure, Nature

CHAMPS = {
    "est": "part de la nature",
    "libelle": "nom",
    "pluriel": "pluriel",
    "page": "explication",
    "forme": "forme",
    "sujet": "une entrée parle de",
    "periode": "rythme",
    "themes": "thèmes",
    "actions": "actions",
    "principale": "réponse obligatoire",
    "visible": "qui lit",
    "generique": "sert de modèle",
    "etats": "états",
    "champs": "champs",
    "nom": "se nomme par",
    "echeance": "échéance",
    "prevenir": "jours d’avance",
    "grille": "tableau",
    "seuil": "à regarder dès",
    "annuaire": "dans l’annuaire",
    "garde": "mois gardés",
}
"""The fields of a kind, in the order and in the words in which a change of them is told."""
TAKEN_BACK = ("annuaire",)
"""What a kind may say no to, though the one it is says yes."""
DE_LA_MESURE = {
    "libelle": "nom",
    "question": "question",
    "unite": "se compte en",
    "cumul": "plusieurs valeurs",
    "parts": "marges",
    "choix": "choix",
    "decimales": "à virgule",
    "vraisemblable": "attendu",
}


@dataclass(frozen=True, slots=True)
class Ecart:
    """One thing that changes: its name, what was said, what is said now; empty where nothing is."""

    champ: str
    avant: str
    apres: str

    def __str__(self) -> str:
        return f"{self.champ} : {' → '.join(filter(None, (self.avant, self.apres or 'retiré')))}"


def differences(before: Nature | None, after: Nature) -> list[Ecart]:
    """What changes from a kind to another of its code, all of it when there was none; nothing when nothing does."""
    former = as_data(before) if before else {}
    return [
        *_fields("", CHAMPS, former, as_data(after)),
        *_measures(before.mesures if before else (), after.mesures),
        *_feeds(before.alimente if before else (), after.alimente),
    ]


def _fields(
    of: str, names: Mapping[str, str], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Ecart]:
    for name, words in names.items():
        told = _said(name, before.get(name)), _said(name, after.get(name))
        if told[0] != told[1]:
            yield Ecart(f"{of}{words}", *told)


def _measures(before: tuple[Mesure, ...], after: tuple[Mesure, ...]) -> Iterator[Ecart]:
    former, now = {one.code: one for one in before}, {one.code: one for one in after}
    for code, mesure in now.items():
        if code not in former:
            yield Ecart("nombre ajouté", "", _of(mesure))
        else:
            yield from _fields(f"« {mesure.libelle} », ", DE_LA_MESURE, as_data(former[code]), as_data(mesure))
    for code, mesure in former.items():
        if code not in now:
            yield Ecart("nombre retiré", _of(mesure), "")
    kept = [code for code in former if code in now], [code for code in now if code in former]
    if kept[0] != kept[1]:
        yield Ecart("ordre des nombres", ", ".join(kept[0]), ", ".join(kept[1]))


def _of(mesure: Mesure) -> str:
    return f"« {mesure.libelle} », en {mesure.unite}"


def _feeds(before: tuple[Alimentation, ...], after: tuple[Alimentation, ...]) -> Iterator[Ecart]:
    for fed in after:
        if fed not in before:
            yield Ecart("nourrit", "", _fed(fed))
    for fed in before:
        if fed not in after:
            yield Ecart("ne nourrit plus", _fed(fed), "")
    kept = [one for one in before if one in after], [one for one in after if one in before]
    if kept[0] != kept[1]:
        yield Ecart("ordre des indicateurs", *(", ".join(map(_fed, one)) for one in kept))


def _fed(fed: Alimentation) -> str:
    over = f"sur {fed.sur.mesure} {fed.sur.modalite or ''}".rstrip() if fed.sur else ""
    where = "dans le quartier" if fed.quartier else ""
    said = (fed.indicateur, fed.calcul, fed.de, fed.mesure, fed.modalite, fed.etat, over, where)
    return ", ".join(filter(None, said))


def _said(name: str, value: Any) -> str:
    return "non" if name in TAKEN_BACK and value is False else _told(value)


def _told(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "oui"
        case {"code": code, "libelle": libelle}:
            more = ", ".join(filter(None, (_told(one) for key, one in value.items() if key not in ("code", "libelle"))))
            return f"{libelle} ({code}{f' : {more}' if more else ''})"
        case {"lignes": lignes, "colonnes": colonnes}:
            return f"{lignes} × {colonnes}"
        case dict():
            return ", ".join(f"{words} ({code})" for code, words in value.items())
        case list() | tuple():
            return ", ".join(map(_told, value))
        case _:
            return str(value)
