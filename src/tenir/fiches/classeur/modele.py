"""What the spreadsheet holds: its sheets, their columns, and how each value is written in a cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenir.core.tableur import comparable_cell
from tenir.core.typographie import capital
from tenir.ecran.champs import field, label
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction, Jalon
from tenir.fichier.mots import comparable
from tenir.habilitations.models import EspaceDeContrat

FICHES, JALONS, NOUVELLES, AIDE = "Fiches", "Jalons", "Nouvelles", "Mode d’emploi"
ORIGINE, LISTES = "Origine", "Listes"
"""The hidden sheets: what each cell held when the workbook left, and the values it may take."""
FORMAT = "tenir-fiches-1"
"""The first cell of the sheet « Origine »: what the others mean."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A column of a sheet. `ecrit`: its cells come back; the others are there to be read."""

    name: str
    titre: str
    genre: str = "texte"
    ecrit: bool = True
    largeur: int = 16
    aide: str = ""

    @property
    def comparable(self) -> str:
        """Its heading, case, accents and plurals forgiven."""
        return comparable(self.titre)


def _of_fiche(name: str) -> Champ:
    kind = type(field(name, FicheAction)).__name__
    genre = _GENRES.get(name) or ("date" if kind == "DateField" else "texte")
    width = {"date": 14, "texte": 34}.get(genre, 22)
    return Champ(name, capital(label(name, FicheAction)), genre, True, width, _AIDES[genre])


_GENRES = {"statut": "statut", "organisme_en_charge": "organisme", "personne_en_charge": "personne"}
_AIDES = {
    "texte": "Texte libre. Cellule vidée : le texte est retiré.",
    "date": "Une date : 12/03/2026. Cellule vidée : la date est retirée.",
    "statut": "Choisissez dans la liste.",
    "organisme": "Choisissez dans la liste, ou écrivez le nom ou le sigle d’un organisme du contrat.",
    "personne": "Choisissez dans la liste : une personne connue de ce contrat.",
}
_LU = "Pour lire : ce qui s’y change n’est pas repris."
CONTRAT = Champ("contrat", "Contrat", ecrit=False, largeur=28, aide=_LU)
CODE = Champ("code", "Code", ecrit=False, largeur=11, aide="Ne se change pas : il dit de quelle action il s’agit.")
ACTION = Champ("action", "Action", ecrit=False, largeur=44, aide=_LU)
PILOTES = Champ("pilotes", "Pilotes signés", ecrit=False, largeur=30, aide=f"Ceux que nomme le contrat. {_LU}")
VERSION = Champ("version", "Version", "nombre", False, 9, "Ne se change pas : elle dit si la fiche a changé depuis.")
NUMERO = Champ("numero", "N° du jalon", "nombre", False, 12, "Ne se change pas. Vide : un nouveau jalon.")

CHAMPS_DES_FICHES = tuple(_of_fiche(name) for name in NIVEAUX)
CHAMPS_DES_JALONS = (
    Champ("titre", "Jalon", "texte", True, 40, "Ce qui est attendu. Une ligne ajoutée : un nouveau jalon."),
    *(
        Champ(name, titre, "date", True, 14, _AIDES["date"])
        for name, titre in (
            ("prevu_le", "Prévu le"),
            ("revise_le", "Révisé au"),
            ("atteint_le", "Atteint le"),
            ("abandonne_le", "Abandonné le"),
        )
    ),
)
CHAMPS_DES_NOUVELLES = (
    Champ("le", "Date", "date", True, 14, "Le jour de la nouvelle. Vide : le jour où le classeur est appliqué."),
    Champ("texte", "Nouvelle", "texte", True, 80, "Ce qui s’est passé. Une ligne par nouvelle."),
)
FEUILLES: dict[str, tuple[Champ, ...]] = {
    FICHES: (CONTRAT, CODE, ACTION, PILOTES, *CHAMPS_DES_FICHES, VERSION),
    JALONS: (CONTRAT, CODE, ACTION, *CHAMPS_DES_JALONS, NUMERO),
    NOUVELLES: (CONTRAT, CODE, *CHAMPS_DES_NOUVELLES),
}
"""Each sheet that comes back, with its columns in order."""


def contract_name(espace: EspaceDeContrat) -> str:
    """The contract as each row of a file names it: « fictif » is in it when it is."""
    title = str(espace.titre)
    return f"{title} (fictif)" if espace.fictif and "fictif" not in title.casefold() else title


def file_name(espace: EspaceDeContrat) -> str:
    """The name of a file of fiches, without its ending."""
    fictif = "-fictif" if espace.fictif and "fictif" not in espace.slug else ""
    return f"{espace.slug}{fictif}-fiches"


def written(value: Any) -> str:
    """A value as the text that cells are compared by."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else comparable_cell(str(value))


def status_text(value: str) -> str:
    """A status as its cell writes it; nothing when none is declared."""
    return Statut(value).label if value else ""


def fiche_texts(fiche: FicheAction) -> dict[str, str]:
    """The written cells of a fiche, as text, by field."""
    return {champ.name: _text(champ, getattr(fiche, champ.name)) for champ in CHAMPS_DES_FICHES}


def jalon_texts(jalon: Jalon) -> dict[str, str]:
    """The written cells of a jalon, as text, by field."""
    return {champ.name: written(getattr(jalon, champ.name)) for champ in CHAMPS_DES_JALONS}


def _text(champ: Champ, value: Any) -> str:
    return _WRITE.get(champ.genre, written)(value)


_WRITE: dict[str, Callable[[Any], str]] = {"statut": status_text}
UNDECLARED_TEXTS = frozenset({"", comparable(UNDECLARED)})
"""What a cell of status may say when nothing is declared."""
