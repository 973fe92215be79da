"""The columns of the table of fiches: what each shows on the page, writes in a file, and sorts by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import escape, format_html

from tenir.acteurs.models import Personne
from tenir.core.cellules import muted, second_line, stamp
from tenir.core.composants import Ton
from tenir.core.typographie import date_fr
from tenir.ecran.champs import label
from tenir.ecran.mots import UNDECLARED, capital
from tenir.ecran.navigation import address
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.classeur.modele import contract_name
from tenir.fiches.droits import niveau_of
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fiches.enums import TON_DU_CALCULE, TON_DU_STATUT, Calcule, Statut
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau

RESERVED = "réservé à qui porte l’action"
FIRST = (Calcule.EN_RETARD, Calcule.SANS_NOUVELLES, Calcule.RIEN, Calcule.A_VENIR, Calcule.DANS_LES_TEMPS)
"""What the facts say, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column. `value` is what a file holds; `cell`, escaped, what the page shows (the value, unless said); `key`
    what it sorts by (none: it does not sort; a line without one comes last)."""

    name: str
    titre: str
    value: Callable[[Ligne], str]
    cell: Callable[[Ligne], str] | None = None
    key: Callable[[Ligne], Any] | None = None
    css: str = ""

    def shown(self, line: Ligne) -> str:
        """The cell of a line, safe to write in the page."""
        return self.cell(line) if self.cell else escape(self.value(line))


def _title(line: Ligne) -> str:
    where = address("fiche", line.fiche.espace, line.code)
    return format_html('<a href="{}">{}</a>', where, line.fiche.action.titre)


def bodies(line: Ligne) -> str:
    """The bodies that carry a fiche."""
    return ", ".join(body.nom for body in line.porteurs)


def _bodies(line: Ligne) -> str:
    named = " ".join(filter(None, (escape(bodies(line)), stamp("à désigner") if line.a_designer else "")))
    return named or stamp("à désigner")


def _person(someone: Personne | None) -> str:
    return str(someone) if someone else ""


def _status(line: Ligne) -> str:
    return _STATUTS[line.fiche.statut]


def _facts(line: Ligne) -> str:
    late = line.situation.en_retard_depuis
    since = late or line.situation.silence_depuis
    return _CALCULES[line.situation.calcule] + second_line(f"depuis le {date_fr(since)}" if since else "")


def _next_jalon(line: Ligne) -> str:
    return f"{line.prochain.titre} ({date_fr(line.prochain.attendu_le)})" if line.prochain else ""


def _jalon(line: Ligne) -> str:
    if line.prochain is None:
        return muted("aucun")
    return escape(line.prochain.titre) + second_line(date_fr(line.prochain.attendu_le))


def _step(line: Ligne) -> str:
    day = line.fiche.prochaine_etape_le
    return escape(line.fiche.prochaine_etape) + second_line(date_fr(day) if day else "")


def _news(line: Ligne) -> str:
    day = line.fiche.derniere_nouvelle_le
    return date_fr(day) if day else _JAMAIS


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_day(name: str) -> Colonne:
    """A column of a date of the fiche: as it is sorted in a file, as it is read on the page."""

    def day(line: Ligne) -> date | None:
        found: date | None = getattr(line.fiche, name)
        return found

    def cell(line: Ligne) -> str:
        found = day(line)
        return date_fr(found) if found else ""

    return Colonne(name, capital(label(name, FicheAction)), lambda line: _iso(day(line)), cell, day, "jour")


def _of_text(name: str, *, sorts: bool = False) -> Colonne:
    def text(line: Ligne) -> str:
        return str(getattr(line.fiche, name))

    return Colonne(
        name, capital(label(name, FicheAction)), text, None, (lambda line: plain(text(line))) if sorts else None
    )


def _order(name: str) -> int:
    return FIRST.index(Calcule(name)) if name in FIRST else len(FIRST)


_STATUTS = {
    value: stamp(UNDECLARED if value == "" else Statut(value).label, tone) for value, tone in TON_DU_STATUT.items()
}
_CALCULES = {value: stamp(value.label, tone) for value, tone in TON_DU_CALCULE.items()}
_JAMAIS = stamp("jamais", Ton.MUET)
_RANK = {value: rank for rank, value in enumerate(Statut.values)}

COLONNES: dict[str, Colonne] = {
    one.name: one
    for one in (
        Colonne("code", "Code", lambda line: line.code, None, lambda line: line.fiche.action.ordre, "code"),
        Colonne(
            "action",
            "Action",
            lambda line: line.fiche.action.titre,
            _title,
            lambda line: plain(line.fiche.action.titre),
            "large",
        ),
        Colonne(
            "axe",
            "Axe",
            lambda line: f"{line.fiche.action.orientation.axe.code} {line.fiche.action.orientation.axe.titre}",
            None,
            lambda line: line.fiche.action.orientation.axe.ordre,
        ),
        Colonne(
            "orientation",
            "Orientation",
            lambda line: f"{line.fiche.action.orientation.code} {line.fiche.action.orientation.titre}",
            None,
            lambda line: line.fiche.action.orientation.ordre,
        ),
        Colonne("porteur", "En charge", bodies, _bodies, lambda line: plain(bodies(line))),
        Colonne(
            "personne_en_charge",
            "Personne",
            lambda line: _person(line.fiche.personne_en_charge),
            None,
            lambda line: plain(_person(line.fiche.personne_en_charge)),
        ),
        Colonne(
            "statut",
            "Statut",
            lambda line: line.fiche.get_statut_display() or UNDECLARED,
            _status,
            lambda line: _RANK.get(line.fiche.statut),
        ),
        _of_text("motif"),
        Colonne(
            "faits",
            "Les faits",
            lambda line: line.situation.calcule.label,
            _facts,
            lambda line: (_order(line.situation.calcule), line.situation.en_retard_depuis or date.max),
        ),
        Colonne("ecart", "Écart", lambda line: line.situation.ecart, None, lambda line: plain(line.situation.ecart)),
        *(
            _of_day(name)
            for name in ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle")
        ),
        Colonne(
            "jalon", "Prochain jalon", _next_jalon, _jalon, lambda line: line.prochain and line.prochain.attendu_le
        ),
        Colonne(
            "prochaine_etape",
            "Prochaine étape",
            lambda line: line.fiche.prochaine_etape,
            _step,
            lambda line: line.fiche.prochaine_etape_le,
        ),
        _of_day("prochaine_etape_le"),
        Colonne(
            "nouvelle",
            "Dernière nouvelle",
            lambda line: _iso(line.fiche.derniere_nouvelle_le),
            _news,
            lambda line: line.fiche.derniere_nouvelle_le,
        ),
        _of_text("public_vise"),
        _of_text("difficultes"),
        _of_text("aide_demandee"),
    )
}
"""Every column, in the order in which they can be shown."""

DEFAULT = ("code", "action", "porteur", "statut", "faits", "jalon", "prochaine_etape", "nouvelle")


def contract_column(espace: EspaceDeContrat) -> Colonne:
    """The first column of every file: the contract, which says « fictif » when it is."""
    name = contract_name(espace)
    return Colonne("contrat", "Contrat", lambda line: name)


def offered(acces: Any, espace: EspaceDeContrat, *, theirs: bool) -> dict[str, Colonne]:
    """The columns that someone may choose; those of the team go cell by cell to whoever carries some action."""
    team = niveau_of(acces, espace) >= Niveau.EQUIPE
    kept = {}
    for name, column in COLONNES.items():
        confided = NIVEAUX.get(name, Niveau.PUBLIC) > Niveau.PARTENAIRES
        if not confided or team:
            kept[name] = column
        elif theirs:
            kept[name] = _confided(column, acces, espace)
    return kept


def _confided(column: Colonne, acces: Any, espace: EspaceDeContrat) -> Colonne:
    def may_read(line: Ligne) -> bool:
        return niveau_of(acces, espace, line.fiche) >= Niveau.EQUIPE

    return Colonne(
        column.name,
        column.titre,
        lambda line: column.value(line) if may_read(line) else "",
        lambda line: column.shown(line) if may_read(line) else muted(RESERVED),
    )
