"""Freezing the state of a contract: once done, nothing changes it; a correction is another snapshot."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.gestes import ensemble, geste
from tenir.evaluation.enums import EtatDEvaluation
from tenir.evaluation.instantane.forme import SCHEMA, Donnees
from tenir.evaluation.instantane.forme import freeze as frozen
from tenir.evaluation.instantane.prendre import take
from tenir.evaluation.models import Evaluation, Instantane
from tenir.evaluation.services.commun import EVALUATION, RIGHT, about, locked
from tenir.habilitations.rights import Acces, require

DEFINITIF = "Un instantané ne se change ni ne s’annule : figez-en un autre, les deux restent."


@transaction.atomic
def freeze(*, by: Acces, evaluation: Evaluation, motif: str = "", lu: Lu | None = None) -> Instantane:
    """Freeze the contract as it stands now. `motif`: why again, where it was frozen before.

    Raises:
        Refus: she may not.
        Perime: the contract is no more what was read.
        ValidationError: there is nothing to freeze, it starts later than today, or nobody says why it is done again.
    """
    require(by, RIGHT, evaluation.espace, evaluation)
    found = locked(evaluation)
    data = now_of(found)
    refuse_unread(lu, shown(data))
    if not data["orientations"]:
        raise ValidationError("Ce contrat n’a pas d’orientation : il n’y a rien à figer.")
    last: int | None = found.instantanes.aggregate(last=Max("numero"))["last"]
    kept = frozen(data)
    made = Instantane(
        evaluation=found, numero=(last or 0) + 1, jour=horloge.today(found.espace), schema=SCHEMA,
        contenu=kept.contenu, sha256=kept.sha256, mots=kept.mots, motif=motif.strip(), fige_par=by.personne,
    )  # fmt: skip
    made.full_clean(exclude=["evaluation"])
    phrase = typo(f"Évaluation {found.code} : situation figée le {date_fr(made.jour)}.")
    with ensemble(by, found.espace, lambda _: phrase, definitif=DEFINITIF), geste(by, about(found), "figée") as g:
        g.keep(found)
        g.keep(made)
        if found.etat == EtatDEvaluation.EN_PREPARATION:
            found.etat = EtatDEvaluation.FIGEE
        found.version += 1
        found.full_clean()
        found.save()
        made.save()
        g.tell([Fait(EVALUATION, found.code, "instantané", "", f"{made.code}, empreinte {made.sha256[:12]}")])
    return made


def now_of(evaluation: Evaluation) -> Donnees:
    """What would be frozen now.

    Raises:
        ValidationError: the start is not gone by.
    """
    today = horloge.today(evaluation.espace)
    if evaluation.depart >= today:
        raise ValidationError("La situation de départ n’est pas encore passée : il n’y a rien à comparer.")
    return take(evaluation.espace, today, evaluation.depart)


def shown(data: Donnees) -> Lu:
    """What a page shows of a contract before it is frozen: the digest of all of it."""
    return {"situation": frozen(data).sha256[:12]}
