"""An évaluation is prepared: written down, its questions; then shared with those of the contract, or published."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import designe
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import words_of
from tenir.evaluation.champs import EVALUATION as WRITTEN
from tenir.evaluation.champs import QUESTION
from tenir.evaluation.enums import EtatDEvaluation, GenreDEvaluation
from tenir.evaluation.models import Evaluation, Instantane, QuestionDEvaluation
from tenir.evaluation.services.commun import (
    EVALUATION,
    PUBLISH,
    RIGHT,
    about,
    add,
    locked,
    locked_row,
    remove,
    rewrite,
)
from tenir.gouvernance.services.commun import same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

Etat = EtatDEvaluation
PROPOSEES = (
    "Qu’est-ce qui a changé pour les habitants depuis le départ ?",
    "Ce qui était promis est-il fait ? Sinon, pourquoi ?",
    "Que faut-il garder, changer ou arrêter d’ici à la fin du contrat ?",
)
"""Three questions of Tenir, for a team that has none yet: few, that anyone understands."""


@transaction.atomic
def write_down(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    titre: str,
    depart: date,
    conduite_par: Organisation,
    genre: str = GenreDEvaluation.MI_PARCOURS,
    a_figer_le: date | None = None,
    a_rendre_le: date | None = None,
    questions: Sequence[str] = (),
) -> Evaluation:
    """Prepare an évaluation, with its first questions.

    Raises:
        Refus: she may not, or not for that body.
        ValidationError: it has no title, or its days are not in order.
    """
    made = Evaluation(
        espace=espace, genre=genre, titre=titre.strip(), depart=depart, a_figer_le=a_figer_le,
        a_rendre_le=a_rendre_le, conduite_par=conduite_par,
    )  # fmt: skip
    require(by, RIGHT, espace, made)
    made.numero = next_number(Evaluation, espace)
    made.full_clean()
    with geste(by, about(made), "évaluation inscrite") as g:
        g.keep(made)
        made.save()
        for rang, texte in enumerate(questions, 1):
            asked = QuestionDEvaluation(evaluation=made, rang=rang, texte=texte)
            asked.full_clean(exclude=["evaluation"])
            g.keep(asked)
            asked.save()
        g.tell([Fait(EVALUATION, made.code, "évaluation", "", _told(made))])
    return made


def _told(made: Evaluation) -> str:
    start = f"départ au {date_fr(made.depart)}"
    return f"{made.titre}, {made.get_genre_display()}, {start}, conduite par {designe(made.conduite_par)}"


@transaction.atomic
def rewrite_evaluation(*, by: Acces, evaluation: Evaluation, version: int, changes: Mapping[str, Any]) -> Evaluation:
    """Change its title, its kind, its days, who leads it.

    Raises:
        Refus: she may not, before or after.
        Conflit: someone changed it since that version.
        ValidationError: no title, days not in order, or the start of one that is frozen.
    """
    require(by, RIGHT, evaluation.espace, evaluation)
    found = locked(evaluation)
    moved = changes.get("depart", found.depart) != found.depart
    if moved and found.instantanes.exists():
        raise ValidationError({"depart": "La situation est figée depuis ce départ : il ne change plus."})
    rewrite(by, about(found), found, version, changes, WRITTEN)
    require(by, RIGHT, found.espace, found)
    return found


@transaction.atomic
def ask_question(
    *, by: Acces, evaluation: Evaluation, texte: str, orientation: Orientation | None = None
) -> QuestionDEvaluation:
    """Add what the évaluation should answer.

    Raises:
        Refus: she may not.
        ValidationError: it asks nothing, or is of an orientation of another contract.
    """
    require(by, RIGHT, evaluation.espace, evaluation)
    found = locked(evaluation)
    same_contract(found.espace.pk, orientation=orientation)
    last: int | None = found.questions.aggregate(last=Max("rang"))["last"]
    made = QuestionDEvaluation(
        evaluation=found, orientation=orientation, rang=(last or 0) + 1, texte=texte.strip()
    )  # fmt: skip
    add(by, about(found), made, "question ajoutée", Fait(EVALUATION, found.code, "question", "", made.texte))
    return made


@transaction.atomic
def rewrite_question(
    *, by: Acces, question: QuestionDEvaluation, version: int, changes: Mapping[str, Any]
) -> QuestionDEvaluation:
    """Change a question, or answer it.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it asks nothing, or is of an orientation of another contract.
    """
    require(by, RIGHT, question.evaluation.espace, question.evaluation)
    found = locked_row(question)
    same_contract(found.evaluation.espace.pk, orientation=changes.get("orientation"))
    rewrite(by, about(found.evaluation), found, version, changes, QUESTION, f" (question {found.rang})")
    return found


@transaction.atomic
def remove_question(*, by: Acces, question: QuestionDEvaluation, lu: Lu | None = None) -> None:
    """Take a question out, with its answer.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, question.evaluation.espace, question.evaluation)
    found = locked_row(question)
    refuse_unread(lu, shown_question(found))
    evaluation = found.evaluation
    said = Fait(EVALUATION, evaluation.code, f"question {found.rang}", found.texte, "retirée")
    remove(by, about(evaluation), found, "question retirée", said)


def shown_question(question: QuestionDEvaluation) -> Lu:
    """What a page shows of a question."""
    return words_of(question, QUESTION)


@transaction.atomic
def share(*, by: Acces, evaluation: Evaluation, lu: Lu | None = None) -> Evaluation:
    """Let those of the contract read it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: nothing is frozen yet, or they read it already.
    """
    require(by, PUBLISH, evaluation.espace)
    found = locked(evaluation)
    refuse_unread(lu, shown(found))
    if found.etat != Etat.FIGEE:
        already = found.etat != Etat.EN_PREPARATION
        raise ValidationError("Elle est déjà partagée." if already else "Figez d’abord la situation.")
    _become(by, found, Etat.PARTAGEE, "partagée")
    return found


@transaction.atomic
def publish(*, by: Acces, evaluation: Evaluation, lu: Lu | None = None) -> Evaluation:
    """Let anyone read what its last snapshot holds; of one that is published, its later snapshot.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: nothing is frozen, or its last snapshot is published.
    """
    require(by, PUBLISH, evaluation.espace)
    found = locked(evaluation)
    refuse_unread(lu, shown(found))
    last = last_of(found)
    if last is None:
        raise ValidationError("Figez d’abord la situation.")
    if found.instantane_publie_id == last.pk:
        raise ValidationError("Son dernier instantané est déjà publié.")
    _become(by, found, Etat.PUBLIEE, f"publiée, instantané {last.code}", last)
    return found


@transaction.atomic
def take_back(*, by: Acces, evaluation: Evaluation, lu: Lu | None = None) -> Evaluation:
    """Take it off the public site, or, of one that is only shared, keep it to those who make it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: nobody else reads it.
    """
    require(by, PUBLISH, evaluation.espace)
    found = locked(evaluation)
    refuse_unread(lu, shown(found))
    if found.etat == Etat.PUBLIEE:
        _become(by, found, Etat.PARTAGEE, "retirée du site public")
    elif found.etat == Etat.PARTAGEE:
        _become(by, found, Etat.FIGEE, "n’est plus partagée")
    else:
        raise ValidationError("Seuls ceux qui la conduisent la lisent.")
    return found


def _become(by: Acces, found: Evaluation, etat: Etat, phrase: str, publie: Instantane | None = None) -> None:
    before = str(found.get_etat_display())
    with geste(by, about(found, PUBLISH), phrase) as g:
        g.keep(found)
        found.etat, found.instantane_publie, found.version = etat, publie, found.version + 1
        found.full_clean()
        found.save()
        g.tell([Fait(EVALUATION, found.code, "état", before, phrase)])


def last_of(evaluation: Evaluation) -> Instantane | None:
    """Its last snapshot."""
    return evaluation.instantanes.order_by("-numero").first()


def shown(evaluation: Evaluation) -> Lu:
    """What is read of an évaluation before it is shared, published or taken back."""
    last = last_of(evaluation)
    frozen = f"{last.code}, {last.sha256[:12]}" if last else "aucun"
    return {**words_of(evaluation, WRITTEN), "état": str(evaluation.get_etat_display()), "instantané": frozen}
