"""What a column of a table of entries may hold, and the words by which its heading gives it away."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenir.activite.services.valeurs import Cle, asked_of, field_of, name_of
from tenir.core.tableur.colonnes import Colonne
from tenir.core.typographie import capital
from tenir.natures.enums import MODALITES, Ventilation
from tenir.natures.modeles import Mesure, NatureEntiere

JOUR, DU, AU, NATURE, ORGANISME, LIEU, TITRE = "jour", "debut", "fin", "nature", "organisme", "lieu", "titre"
MINUTES, HEURES, QUARTIER, STATUT, PRINCIPAL = "minutes", "heures", "quartier", "statut", "principal"
PRINCIPAUX = {
    f"{PRINCIPAL}__{margin.value}__{code}": f"{margin.value}:{code}"
    for margin, parts in MODALITES.items()
    for code in parts
}
"""The parts of the main number of each kind, by their keys in a plan."""
CHAMPS = {
    JOUR: "Le jour, ou le mois d’un décompte",
    DU: "Le début de la période",
    AU: "La fin de la période",
    NATURE: "La nature",
    ORGANISME: "L’organisme",
    LIEU: "Le lieu",
    TITRE: "Le titre",
    MINUTES: "La durée, en minutes",
    HEURES: "La durée, en heures",
    QUARTIER: "Dans le quartier : oui ou non",
    STATUT: "Tenue, prévue ou annulée",
}
"""What a column may hold beside a number, in the order in which it is offered."""
SOMEONE = "nb nombre total effectif dont combien"
PEOPLE = (
    *("participants", "participantes", "présents", "personnes présentes", "personnes", "nombre", "effectif"),
    *("fréquentation", "venus", "public touché", "bénéficiaires", "habitants", "passages"),
)
"""How people who came are called, whatever the kind."""
PARTS = {
    "sexe:f": ("femmes", "filles", "F"),
    "sexe:h": ("hommes", "garçons", "H"),
    "quartier:oui": ("habitent le quartier", "du quartier", "habitants du quartier", "du QPV", "issus du QPV"),
    "quartier:non": ("n’habitent pas le quartier", "hors quartier", "hors QPV"),
}
"""Usual words of parts, beside their own."""


def _hours(values: Sequence[str]) -> bool:
    """Whether lengths are told in hours: small bare numbers."""
    bare = [float(one.replace(",", ".")) for one in values if re.fullmatch(r"\d{1,3}([.,]\d+)?", one)]
    return bool(bare) and max(bare) <= 12


def _minutes(values: Sequence[str]) -> bool:
    return not _hours(values)


OF_WHAT = "séance atelier activité permanence rencontre réunion formation intervention sortie action"
FIXES = (
    Colonne(JOUR, ("date", "jour", "quand", "mois", "trimestre", "période"), autour=f"{OF_WHAT} tenue"),
    Colonne(DU, ("du", "début", "depuis", "à partir du"), autour=f"date période {OF_WHAT}"),
    Colonne(AU, ("au", "fin", "jusqu’au"), autour=f"date période {OF_WHAT}"),
    Colonne(NATURE, ("nature", "type", "activité", "catégorie", "genre"), autour=OF_WHAT),
    Colonne(
        ORGANISME,
        ("organisme", "structure", "association", "porteur", "opérateur", "partenaire"),
        autour="nom porteuse opératrice organisateur",
    ),
    Colonne(LIEU, ("lieu", "salle", "endroit", "site", "équipement"), autour=f"nom accueil où {OF_WHAT}"),
    Colonne(
        TITRE, ("titre", "thème", "intitulé", "sujet", "objet", "libellé"), autour=f"abordé traité principal {OF_WHAT}"
    ),
    Colonne(MINUTES, ("minutes", "durée", "temps"), autour=f"en min minute {OF_WHAT}", sauf=_hours),
    Colonne(HEURES, ("heures", "durée", "temps"), autour=f"en h heure {OF_WHAT}", sauf=_minutes),
    Colonne(QUARTIER, ("dans le quartier", "en QPV", "lieu en QPV"), autour="oui non"),
    Colonne(STATUT, ("statut", "état", "tenue"), autour=OF_WHAT),
)
"""The columns that any kind may have."""


@dataclass(frozen=True, slots=True)
class Nombre:
    """A number that a column may hold: its key in a plan, its words."""

    cle: str
    mot: str


def numbers_of(kinds: Iterable[NatureEntiere]) -> list[Nombre]:
    """The numbers that kinds ask, once each, in their order."""
    found: dict[str, str] = {}
    for kind in kinds:
        for key in keys_of(kind):
            found.setdefault(field_of(key), capital(name_of(kind, key)))
    return [Nombre(*one) for one in found.items()]


def keys_of(kind: NatureEntiere) -> list[Cle]:
    """Every number that a kind asks."""
    return [key for mesure in kind.mesures for key in asked_of(mesure)]


def main_numbers() -> list[Nombre]:
    """The main number of each kind, whatever it counts, and its parts: for a table of several kinds."""
    whole = Nombre(PRINCIPAL, "Le nombre principal de chaque nature")
    return [whole, *(Nombre(key, f"Le nombre principal : {_word_of(part)}") for key, part in PRINCIPAUX.items())]


def part_of(cle: str) -> str | None:
    """The part of the main number that a key names, empty for everyone; none when it is of another number."""
    return "" if cle == PRINCIPAL else PRINCIPAUX.get(cle)


def _word_of(part: str) -> str:
    margin, _, code = part.partition(":")
    return MODALITES[Ventilation(margin)][code]


def columns_of(kinds: Sequence[NatureEntiere]) -> list[Colonne]:
    """The columns that a table of these kinds may have, known by the words of their measures.

    Of one kind, its main number is known by usual words too; of several, those mean the main number of each.
    """
    alone = len(kinds) == 1
    found: dict[str, Colonne] = {}
    for one in (one for kind in kinds for one in _numbers(kind, usual=alone)):
        before = found.get(one.cle)
        words = dict.fromkeys((*before.noms, *one.noms)) if before else one.noms
        found[one.cle] = _column(one.cle, tuple(words), one.autour)
    return [*FIXES, *found.values(), *([] if alone else _main())]


def _main() -> list[Colonne]:
    around = f"{SOMEONE} {OF_WHAT}"
    parts = [_column(key, _usual_part(part), around) for key, part in PRINCIPAUX.items()]
    return [Colonne(PRINCIPAL, PEOPLE, autour=around), *parts]


def _numbers(kind: NatureEntiere, *, usual: bool) -> Iterable[Colonne]:
    for mesure in kind.mesures:
        around = f"{SOMEONE} {mesure.libelle} {mesure.unite} {OF_WHAT}"
        for key in asked_of(mesure):
            more = _usual(mesure, key[1]) if usual and mesure == kind.main else ()
            yield _column(field_of(key), (name_of(kind, key), *more), around)


def _column(cle: str, noms: tuple[str, ...], autour: str) -> Colonne:
    return Colonne(cle, noms, autour=autour, chiffres=bool(re.search(r"\d", "".join(noms))))


def _usual(mesure: Mesure, part: str) -> tuple[str, ...]:
    """Usual words of a main number, or of one of its parts."""
    if part.startswith("choix:"):
        return (mesure.modalites[part],)
    if part:
        return _usual_part(part)
    return PEOPLE if mesure.of_people else ()


def _usual_part(part: str) -> tuple[str, ...]:
    margin, _, code = part.partition(":")
    ages = (code.replace("-", " "), f"{code.replace('-', ' ')} ans") if margin == Ventilation.AGE.value else ()
    return (_word_of(part), *PARTS.get(part, ()), *ages)
