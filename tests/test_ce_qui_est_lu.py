"""What a page prints of what is replied to is in its mark: changed between page and answer, nothing is written.

`REPONDU` says, by address, what the page prints of it that someone else may change; each is changed in turn. Every mark
of the rooms where one answers is there, or says in `AUTREMENT` why not.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.test import Client

from tenir.appels.models import DossierDeDemande, PartDemandee
from tenir.commentaires.services import liens as citations
from tenir.conseil.models import QuestionDuConseil
from tenir.conseil.services import avis
from tenir.contrat.models import Orientation
from tenir.evaluation.models import Evaluation
from tenir.financement.models import ReponseDeFinanceur, ReponseSurDispositif
from tenir.gouvernance.models import CorrectionDeCompteRendu, PointDOrdreDuJour, Proposition, Reunion, Sondage
from tenir.gouvernance.services import liens, sondages
from tenir.habilitations.models import EspaceDeContrat
from tenir.marches.models import Arret, Marche
from tenir.points.models import Question
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.liens import find_asked
from tests.ecrits import written
from tests.pret import made_ready
from tests.salle import (  # noqa: F401 (fixtures)
    Salle,
    _contrats,
    _people,
    _room,
    _signed_in,
    _the_other_contract,
    _this_contract,
    _this_room,
    walk,
)
from tests.test_portes import APART, address_of, filled, form_of, reader_of

ROOMS = (
    *("appels", "commentaires", "conseil", "evaluation", "financement", "gouvernance", "marches", "points"),
    "preconisations",
)
"""Where something is answered that another wrote."""
Row = Callable[[EspaceDeContrat, list[Any]], Model]


@dataclass(frozen=True)
class Change:
    """Something that the page prints, and what it becomes while the page is open."""

    row: Row
    values: dict[str, Any]


@dataclass(frozen=True)
class Repondu:
    """The mark of a page, and what its page prints."""

    marque: str
    changes: tuple[Change, ...]


def _of(model: type[Model], at: int = 0) -> Row:
    """The row that an address numbers."""
    return lambda espace, args: model._base_manager.get(pk=args[at])


def _numbered(model: type[Model]) -> Row:
    return lambda espace, args: model._base_manager.get(espace=espace, numero=args[0])


def _each(row: Row, **values: Any) -> tuple[Change, ...]:
    return tuple(Change(row, {name: value}) for name, value in values.items())


def _item(of: Row) -> Row:
    """An item of the agenda of a meeting, made before the page when it has none."""

    def found(espace: EspaceDeContrat, args: list[Any]) -> Model:
        meeting: Any = of(espace, args)
        return meeting.points.first() or meeting.points.create(rang=1, titre="Bilan")

    return found


def _added(of: Row) -> Row:
    """Nothing before the page: an item comes while it is open (`rang` is none of a row that stands)."""
    return lambda espace, args: PointDOrdreDuJour(reunion=of(espace, args), rang=9, titre="Arrivé depuis")  # type: ignore[misc]


def _part(espace: EspaceDeContrat, args: list[Any]) -> PartDemandee:
    return PartDemandee.objects.get(pk=args[1])


def _dossier(espace: EspaceDeContrat, args: list[Any]) -> DossierDeDemande:
    return _part(espace, args).dossier


def _read(espace: EspaceDeContrat, args: list[Any]) -> DossierDeDemande:
    return DossierDeDemande.objects.get(espace=espace, numero=args[1])


def _beside(of: Callable[..., Any], what: str) -> Row:
    """A file, or a line of the budget, of a dossier."""
    return lambda espace, args: getattr(of(espace, args), what).order_by("pk")[0]


def _invited(espace: EspaceDeContrat, args: list[Any]) -> Reunion:
    found = liens.find(args[0])
    assert found
    return found.reunion


def _polled(espace: EspaceDeContrat, args: list[Any]) -> Sondage:
    found = sondages.find(args[0])
    assert found
    return found.sondage


def _asked(espace: EspaceDeContrat, args: list[Any]) -> Preconisation:
    found = find_asked(args[0])
    assert found
    return found


def _opinion(espace: EspaceDeContrat, args: list[Any]) -> Model:
    found = avis.find(args[0])
    assert found
    return found


def _minutes(espace: EspaceDeContrat, args: list[Any]) -> Reunion:
    found = PointDOrdreDuJour.objects.get(pk=args[1]).compte_rendu
    assert found
    return found


def _comment(espace: EspaceDeContrat, args: list[Any]) -> Model:
    found = citations.find(args[0])
    assert found
    return found.commentaire


def _orientation(espace: EspaceDeContrat, args: list[Any]) -> Model:
    """What is frozen: an orientation of the contract."""
    return Orientation.objects.of(espace)[0]


OTHER = "Autres mots"
MEETING = _of(Reunion)
OF_A_MEETING = {"jour": date(2030, 3, 5), "debut": time(7, 45), "lieu": OTHER, "objet": OTHER}
WORDS: dict[str, Any] = {"texte": OTHER, "lieu": OTHER}
DOSSIER = {"intitule": OTHER, "description": OTHER, "nom": OTHER, "lieux": OTHER, "moins_de_12": 77}


def _whole(row: Callable[..., Any]) -> tuple[Change, ...]:
    """A dossier as whoever answers it reads it."""
    money = Change(_beside(row, "budget"), {"montant": 17})
    return (*_each(row, **DOSSIER), money, Change(_beside(row, "pieces"), {"intitule": OTHER}))


def _meeting(row: Row) -> tuple[Change, ...]:
    """A meeting as whoever answers about it, or publishes it, reads it."""
    agenda = (Change(_item(row), {"titre": OTHER}), Change(_added(row), {}))
    return (*_each(row, **OF_A_MEETING), *agenda)


SHOWN = "gouvernance.services.reunions.shown"
MINUTES = "gouvernance.services.comptes_rendus.shown_minutes"
ASKED = "preconisations.services.recevoir.shown"
ONE = _numbered(Preconisation)
REPONDU = {
    "convocation": Repondu("gouvernance.services.liens.shown_answer", _meeting(_invited)),
    "reunion-publier": Repondu(SHOWN, _meeting(MEETING)),
    "reunion-annuler": Repondu(SHOWN, _meeting(MEETING)),
    "reunion-tenir": Repondu(SHOWN, (Change(_item(MEETING), {"titre": OTHER}), *_each(MEETING, lieu=OTHER))),
    "reunion-diffuser": Repondu(MINUTES, (Change(_item(MEETING), {"notes": OTHER}), *_each(MEETING, objet=OTHER))),
    "reunion-point-approuver": Repondu(
        MINUTES, (Change(_item(_minutes), {"notes": OTHER}), *_each(_minutes, objet=OTHER))
    ),
    "reunion-point-retirer": Repondu(
        "gouvernance.services.points.shown_point", _each(_of(PointDOrdreDuJour, 1), titre=OTHER, notes=OTHER)
    ),
    "reunion-correction": Repondu(
        "gouvernance.services.comptes_rendus.shown_correction", _each(_of(CorrectionDeCompteRendu, 1), texte=OTHER)
    ),
    "proposition-ecarter": Repondu(
        "gouvernance.services.suites.shown_proposal", _each(_numbered(Proposition), texte=OTHER)
    ),
    "sondage-reponse": Repondu(
        "gouvernance.services.sondages.shown_answer", _each(_polled, objet=OTHER, reponse_avant=date(2030, 3, 5))
    ),
    "sondage-clore": Repondu("gouvernance.services.sondages.shown", _each(_of(Sondage), objet=OTHER)),
    "avis": Repondu("conseil.services.avis.shown", _each(_opinion, objet=OTHER, source=OTHER, delai=3)),
    "conseil-question-repondre": Repondu(
        "conseil.services.questions.shown", _each(_numbered(QuestionDuConseil), texte=OTHER)
    ),
    "preconisation-publier": Repondu(ASKED, _each(ONE, **WORDS)),
    "preconisation-ecarter": Repondu(ASKED, _each(ONE, **WORDS)),
    "preconisation-repondre": Repondu(ASKED, _each(ONE, **WORDS)),
    "preconisation-reponse": Repondu(ASKED, _each(_asked, **WORDS)),
    "preconisation-rouvrir": Repondu(ASKED, _each(ONE, **WORDS)),
    "instruction-dossier": Repondu("appels.services.lecture.shown", _whole(_read)),
    "dossier-de-demande-noter": Repondu("appels.services.lecture.shown", _whole(_dossier)),
    "dossier-de-demande-decider": Repondu(
        "appels.services.instruction.shown", (*_whole(_dossier), *_each(_part, motif=OTHER, montant=17))
    ),
    "marche-publier": Repondu(
        "marches.services.marches.shown",
        (
            *_each(_numbered(Marche), titre=OTHER),
            *_each(_beside(_numbered(Marche), "arrets"), constat=OTHER, suite=OTHER),
        ),
    ),
    "arret-demander": Repondu("marches.services.arrets.shown", _each(_of(Arret, 1), constat=OTHER, lieu=OTHER)),
    **dict.fromkeys(
        ("financement-inscrire", "financement-ecarter"),
        Repondu(
            "financement.services.demandes.shown_answer",
            _each(_of(ReponseDeFinanceur), motif=OTHER, preuve=OTHER, montant=17, le=date(2024, 3, 5)),
        ),
    ),
    **dict.fromkeys(
        ("financement-correction-inscrire", "financement-correction-ecarter"),
        Repondu(
            "financement.services.dispositifs.shown_answer", _each(_of(ReponseSurDispositif), ferme_le=date(2031, 3, 5))
        ),
    ),
    "point-lire": Repondu(
        "points.services.lecture.shown", _each(_of(Question, 1), phrase=OTHER, source=OTHER, retour=OTHER)
    ),
    "evaluation-publier": Repondu("evaluation.services.evaluations.shown", _each(_numbered(Evaluation), titre=OTHER)),
    "evaluation-figer": Repondu("evaluation.services.instantanes.shown", _each(_orientation, titre=OTHER)),
    "commentaire": Repondu("commentaires.services.liens.shown", _each(_comment, texte=OTHER)),
}
AUTREMENT = {
    **dict.fromkeys(
        ("appels.services.dossiers.shown_whole", "appels.services.comptes_rendus.shown_whole"),
        "elle porte la version, qui change avec tout",
    ),
    **dict.fromkeys(
        (
            "appels.services.appels.shown",
            "appels.services.appels.shown_document",
            "appels.services.comptes_rendus.shown",
            "appels.services.dossiers.shown",
            "appels.services.dossiers.shown_file",
            "appels.services.lecture.shown_request",
            "appels.services.suites.shown_dates",
            "appels.services.suites.shown_grant",
            "appels.services.suites.shown_report",
            "commentaires.services.commentaires.shown",
            "conseil.services.appels.shown",
            "conseil.services.candidatures.shown",
            "conseil.services.espace.shown_means",
            "conseil.services.espace.shown_piece",
            "conseil.services.mandats.shown",
            "conseil.services.presences.shown",
            "financement.services.decisions.shown",
            "financement.services.demandes.shown_request",
            "financement.services.dispositifs.shown",
            "financement.services.liens.shown",
            "financement.services.rapprochements.shown",
            "financement.services.scenarios.shown",
            "financement.services.tableau.shown",
            "evaluation.services.appreciations.shown_figure",
            "evaluation.services.contributions.shown",
            "evaluation.services.evaluations.shown_question",
            "gouvernance.services.dossiers.shown",
            "gouvernance.services.instances.shown_rule",
            "gouvernance.services.instances.shown_seat",
            "gouvernance.services.registre.shown",
            "gouvernance.services.reponses_d_agenda.shown_answers",
            "gouvernance.services.reunions.shown_attendance",
            "points.services.envoi.shown",
            "points.services.envoi.shown_link",
            "points.services.envoi.shown_plan",
            "points.services.etats.shown",
            "points.services.reponses.shown_answer",
            "points.services.synthese.shown",
        ),
        "elle porte ce que le geste écrit, et rien n’y répond à ce qu’un autre a écrit : tests/test_portes.py",
    ),
}
"""The marks of these rooms that no page of `REPONDU` carries, and why."""


def marks() -> Iterator[str]:
    """Every function of these rooms that makes the mark of a page."""
    for room in ROOMS:
        for path in sorted(Path("src/tenir", room).rglob("*.py")):
            for node in ast.parse(path.read_text()).body:
                made = isinstance(node, ast.FunctionDef) and node.name.startswith("shown")
                if made and isinstance(node.returns, ast.Name) and node.returns.id == "Lu":
                    yield ".".join([*path.with_suffix("").parts[2:], node.name])


def test_every_mark_of_a_room_where_one_answers_is_walked_or_says_why_not() -> None:
    walked = {one.marque for one in REPONDU.values()}
    assert not walked & AUTREMENT.keys()
    assert set(marks()) == walked | AUTREMENT.keys()


def test_what_is_replied_to_and_changed_while_the_page_is_open_gets_no_reply(
    as_: Callable[[str], Client], room: Salle
) -> None:
    cases = [(name, rank) for name in room.names(REPONDU) for rank in range(len(REPONDU[name].changes))]
    with walk(cases) as steps:
        for (name, rank), step in steps:
            with step:
                nothing_is_answered(name, REPONDU[name].changes[rank], as_(reader_of(name)), room)


def nothing_is_answered(name: str, change: Change, client: Client, room: Salle) -> None:
    """A form whose page was read, then what it prints changed, then sent as it was filled."""
    vallon = EspaceDeContrat.objects.get(slug="vallon")
    url = address_of(name, vallon, room.arguments)
    made_ready(name, vallon)
    row = change.row(vallon, room.arguments[name])
    typed = filled(name, form_of(client, url), vallon)
    if change.values:
        type(row)._base_manager.filter(pk=row.pk).update(**change.values)
    else:
        row.save()
    with written(APART) as seen:
        answer = client.post(url, typed)
    assert answer.status_code == 409, (name, change.values, answer.status_code)
    assert not seen.changed(), (name, change.values)
