"""The columns of the table of fiches: what each shows on the page, writes in a file, and sorts by."""

from dataclasses import replace
from datetime import date
from typing import Any

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.cellules import muted, second_line, stamp, together, written
from tenir.core.composants import Ton
from tenir.core.gestes import cell_of
from tenir.core.listes import Colonne, Place, day_column
from tenir.core.typographie import capital, date_fr
from tenir.ecran.champs import label
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.classeur.modele import contract_name
from tenir.fiches.droits import niveau_of
from tenir.fiches.ecrans.agir import Main
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fiches.enums import TON_DU_CALCULE, TON_DU_STATUT, Calcule, Statut
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, reach

RESERVED = "réservé à qui porte l’action"
FIRST = (Calcule.EN_RETARD, Calcule.SANS_NOUVELLES, Calcule.RIEN, Calcule.A_VENIR, Calcule.DANS_LES_TEMPS)
"""What the facts say, the most pressing first."""


def _title(line: Ligne) -> str:
    where = address("fiche", line.fiche.espace, line.code)
    return written('<a href="{}">{}</a>', where, line.fiche.action.titre)


def bodies(line: Ligne) -> str:
    """The bodies that carry a fiche."""
    return ", ".join(body.nom for body in line.porteurs)


def _bodies(line: Ligne) -> str:
    named, missing = bodies(line), line.a_designer or not line.porteurs
    return together([*([named] if named else []), *([stamp("à désigner")] if missing else [])])


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
    return together([line.prochain.titre, second_line(date_fr(line.prochain.attendu_le))], "")


def _step(line: Ligne) -> str:
    day = line.fiche.prochaine_etape_le
    return together([line.fiche.prochaine_etape, second_line(date_fr(day) if day else "")], "")


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

    heading = label(name, FicheAction)
    return day_column(name, capital(heading), day, key=day, place=Place.LIGNE, mot=heading, usual=False)


def _of_text(name: str) -> Colonne:
    def text(line: Ligne) -> str:
        return str(getattr(line.fiche, name))

    heading = label(name, FicheAction)
    return Colonne(name, capital(heading), text, place=Place.LIGNE, mot=f"{heading} :", usual=False)


def _order(name: str) -> int:
    return FIRST.index(Calcule(name)) if name in FIRST else len(FIRST)


_STATUTS = {
    value: stamp(UNDECLARED if value == "" else Statut(value).label, tone) for value, tone in TON_DU_STATUT.items()
}
_CALCULES = {value: stamp(value.label, tone) for value, tone in TON_DU_CALCULE.items()}
_JAMAIS = stamp("jamais", Ton.MUET)
_RANK = {value: rank for rank, value in enumerate(Statut.values)}


def _axis(line: Ligne) -> str:
    return f"{line.fiche.action.orientation.axe.code} {line.fiche.action.orientation.axe.titre}"


def _orientation(line: Ligne) -> str:
    return f"{line.fiche.action.orientation.code} {line.fiche.action.orientation.titre}"


_SIGNED = (
    Colonne(
        "code",
        "Code",
        lambda line: line.code,
        key=lambda line: line.fiche.action.ordre,
        css="code",
        place=Place.LIGNE,
    ),
    Colonne(
        "action",
        "Action",
        lambda line: line.fiche.action.titre,
        _title,
        key=lambda line: plain(line.fiche.action.titre),
        css="large",
        place=Place.TITRE,
    ),
    Colonne("axe", "Axe", _axis, key=lambda line: line.fiche.action.orientation.axe.ordre, usual=False),
    Colonne(
        "orientation", "Orientation", _orientation, key=lambda line: line.fiche.action.orientation.ordre, usual=False
    ),
)
_WHO = (
    Colonne("porteur", "En charge", bodies, _bodies, key=lambda line: plain(bodies(line)), place=Place.LIGNE),
    Colonne(
        "personne_en_charge",
        "Personne",
        lambda line: _person(line.fiche.personne_en_charge),
        key=lambda line: plain(_person(line.fiche.personne_en_charge)),
        place=Place.LIGNE,
        usual=False,
    ),
)
_STATE = (
    Colonne(
        "statut",
        "Statut",
        lambda line: line.fiche.get_statut_display() or UNDECLARED,
        _status,
        key=lambda line: _RANK.get(line.fiche.statut),
        place=Place.ETAT,
    ),
    _of_text("motif"),
    Colonne(
        "faits",
        "Les faits",
        lambda line: line.situation.calcule.label,
        _facts,
        key=lambda line: (_order(line.situation.calcule), line.situation.en_retard_depuis or date.max),
        place=Place.ETAT,
    ),
    Colonne(
        "ecart", "Écart", lambda line: line.situation.ecart, key=lambda line: plain(line.situation.ecart), usual=False
    ),
)
_COMING = (
    Colonne(
        "jalon",
        "Prochain jalon",
        _next_jalon,
        _jalon,
        key=lambda line: line.prochain and line.prochain.attendu_le,
        place=Place.LIGNE,
    ),
    Colonne(
        "prochaine_etape",
        "Prochaine étape",
        lambda line: line.fiche.prochaine_etape,
        _step,
        key=lambda line: line.fiche.prochaine_etape_le,
    ),
    _of_day("prochaine_etape_le"),
    Colonne(
        "nouvelle",
        "Dernière nouvelle",
        lambda line: _iso(line.fiche.derniere_nouvelle_le),
        _news,
        key=lambda line: line.fiche.derniere_nouvelle_le,
    ),
    *(_of_text(name) for name in ("public_vise", "difficultes", "aide_demandee")),
)
_DATES = ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle")

COLONNES: dict[str, Colonne] = {
    one.name: one for one in (*_SIGNED, *_WHO, *_STATE, *(_of_day(name) for name in _DATES), *_COMING)
}
"""Every column, in the order in which they can be shown."""


def of_the_contract(espace: EspaceDeContrat) -> Colonne:
    """The first column of every file: the contract, which says « fictif » when it is."""
    name = contract_name(espace)
    return contract_column(lambda line: name)


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


def acting(acces: Acces, espace: EspaceDeContrat) -> list[Colonne]:
    """Whom to call and what to do, in the line: for who keeps every fiche up to date, or reads contacts."""
    if not (may(acces, "contact.read", espace) or reach(acces, "fiche.update", espace)):
        return []
    main = Main(acces, espace, horloge.today(espace))
    return [
        Colonne(
            "agir", "Agir", lambda _: "", lambda line: _act(main, line), css="agir", place=Place.LIGNE, in_files=False
        )
    ]


def _act(main: Main, line: Ligne) -> str:
    return cell_of(main.calls(line.porteurs), main.last(line.fiche), main.gestures(line.fiche, line.situation))


def _confided(column: Colonne, acces: Any, espace: EspaceDeContrat) -> Colonne:
    def may_read(line: Ligne) -> bool:
        return niveau_of(acces, espace, line.fiche) >= Niveau.EQUIPE

    return replace(
        column,
        value=lambda line: column.value(line) if may_read(line) else "",
        cell=lambda line: column.shown(line) if may_read(line) else muted(RESERVED),
        key=None,
    )
