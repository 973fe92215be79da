"""What the screens of the room share: finding an évaluation, its stamp, its sentences, its picture."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.shortcuts import get_object_or_404

from tenir.contrat.models import Orientation
from tenir.contrat.retires import moved_or_404
from tenir.core.carres import Carre, Motif, Rang, Rangs, Signe, picture, ranked
from tenir.core.composants import Tampon
from tenir.core.noms import designe
from tenir.core.typographie import Genre, accord, date_fr, nombre, pluriel, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.evaluation.droits import read_by
from tenir.evaluation.enums import TON_DE_L_ETAT, TON_DU_MOUVEMENT, EtatDEvaluation, Mouvement, Sorte
from tenir.evaluation.instantane.comparer import Comparaison, Ecart
from tenir.evaluation.instantane.forme import Donnees
from tenir.evaluation.models import Evaluation, Instantane
from tenir.evaluation.services.commun import EVALUATION
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

EVALUATIONS = "evaluations"
"""The page of the navigation."""
SIGNES = {
    Mouvement.AVANCE: Signe(Motif.COCHE, "a avancé", "ont avancé"),
    Mouvement.CHANGE: Signe(Motif.RAYE, "a changé sans cible", "ont changé sans cible"),
    Mouvement.STABLE: Signe(Motif.CONTOUR, "n’a pas bougé", "n’ont pas bougé"),
    Mouvement.RECULE: Signe(Motif.MOITIE, "a reculé", "ont reculé"),
    Mouvement.ARRETE: Signe(Motif.CROIX_GRISE, "est arrêté", "sont arrêtés"),
    Mouvement.ENTRE: Signe(Motif.POINTS, "est entré depuis", "sont entrés depuis"),
    Mouvement.SORTI: Signe(Motif.BARRES, "est sorti du contrat", "sont sortis du contrat"),
    Mouvement.INCONNU: Signe(Motif.VIDE, "dont on ne peut rien dire", seul="on ne peut pas le dire"),
}
"""How what became of a thing is drawn: one square, one thing."""
ORDRE = [SIGNES[one] for one in Mouvement]
ACROSS = "Le contrat dans son ensemble"
"""What things that are of no orientation are put under."""


def evaluation_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Evaluation:
    """One of this contract that she reads; any other does not exist."""
    return get_object_or_404(read_by(acces, espace), numero=numero)


def instantane_or_404(evaluation: Evaluation, numero: int) -> Instantane:
    """A snapshot of an évaluation; any other does not exist."""
    rows = Instantane.objects.filter(evaluation=evaluation).select_related("evaluation__espace", "fige_par")
    return get_object_or_404(rows, numero=numero)


def snapshots(evaluation: Evaluation) -> list[Instantane]:
    """The snapshots of an évaluation, the latest first."""
    rows = Instantane.objects.filter(evaluation=evaluation).select_related("evaluation__espace", "fige_par")
    return list(rows.order_by("-numero"))


def orientation_or_404(evaluation: Evaluation, code: str) -> Orientation:
    """An orientation in force of its contract.

    Raises:
        Moved, Withdrawn: an avenant or a correction withdrew it.
        Http404: no such orientation.
    """
    found = Orientation.objects.of(evaluation.espace).select_related("axe").filter(code=code).first()
    if found is None:
        page = partial(address, "evaluation-orientation", evaluation.espace, evaluation.numero)
        raise moved_or_404(evaluation.espace, code, page)
    return found


def about(evaluation: Evaluation) -> Sujet:
    """An évaluation as its small pages show it."""
    espace = evaluation.espace
    return Sujet(
        espace,
        evaluation.code,
        evaluation.titre,
        address("evaluation", espace, evaluation.numero),
        EVALUATIONS,
        lambda _: history_of(espace, EVALUATION, evaluation.code),
    )


def stamp_of(evaluation: Evaluation) -> Tampon:
    """Where it stands."""
    etat = EtatDEvaluation(evaluation.etat)
    return Tampon(str(etat.label), TON_DE_L_ETAT[etat])


def stamp_of_move(ecart: Ecart) -> Tampon:
    """What became of a thing."""
    return Tampon(str(ecart.mouvement.label), TON_DU_MOUVEMENT[ecart.mouvement])


def sentence_of(evaluation: Evaluation) -> str:
    """« Évaluation à mi-parcours, conduite par la Ville, depuis le 1er janvier 2024 ; à figer le 1er mars 2027. »"""
    days = [("à figer le", evaluation.a_figer_le), ("à rendre le", evaluation.a_rendre_le)]
    told = ", ".join(f"{word} {date_fr(day)}" for word, day in days if day)
    head = f"Évaluation {evaluation.get_genre_display()}, conduite par {designe(evaluation.conduite_par)}"
    return typo(f"{head}, depuis le {date_fr(evaluation.depart)}{f' ; {told}' if told else ''}.")


def lede_of(found: Comparaison) -> str:
    """What moved and what nobody can tell, in one sentence."""
    things = distinct(found.ecarts)
    unknown = sum(one.mouvement == Mouvement.INCONNU for one in things)
    moved = sum(one.mouvement == Mouvement.AVANCE for one in things)
    told = f"{nombre(moved)} {accord(moved, 'a avancé', 'ont avancé')}" if moved else "aucune n’a avancé"
    rest = f"de {nombre(unknown)}, on ne peut rien dire" if unknown else "de chacune, on sait quelque chose"
    return typo(f"Sur {pluriel(len(things), 'chose suivie', 'choses suivies', genre='f')}, {told} ; {rest}.")


def unmeasured_of(found: Comparaison) -> list[str]:
    """What cannot be measured, each sentence with its count and its reason, the most frequent first."""
    reasons = Counter(_reason(one) for one in distinct(found.inconnus))
    ranked_ones = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return [typo(f"{pluriel(count, noun, genre=gender)} : {why}.") for (noun, gender, why), count in ranked_ones]


def _reason(one: Ecart) -> tuple[str, Genre, str]:
    """Of what something cannot be told, and why."""
    if one.sorte in (Sorte.ARGENT, Sorte.DROIT_COMMUN):
        return "orientation", "f", f"{one.sorte.label}, {one.raison}"
    if not one.code:
        return "orientation", "f", one.raison
    return str(one.sorte.label), "f" if one.sorte == Sorte.ACTION else "m", one.raison


def several_of(found: Comparaison) -> str:
    """Why there are more squares than things: what serves several orientations is under each. Empty when none does."""
    squares, things = len(found.ecarts), len(distinct(found.ecarts))
    if squares == things:
        return ""
    count = f"{pluriel(squares, 'carré')} pour {pluriel(things, 'chose', genre='f')}"
    return typo(f"Ce qui sert plusieurs orientations est sous chacune : {count}.")


def distinct(ecarts: Iterable[Ecart]) -> list[Ecart]:
    """Each thing once: an engagement or an indicator that serves several orientations is told under each."""
    found: dict[tuple[str, str], Ecart] = {}
    for one in ecarts:
        found.setdefault((one.sorte.value, one.code or one.orientation), one)
    return list(found.values())


def drawn(found: Comparaison, evaluation: Evaluation) -> Rangs:
    """A row for each orientation, one square for each thing, which leads to what is judged of it."""
    espace, numero = evaluation.espace, evaluation.numero
    return bars_of(found, lambda code: address("evaluation-orientation", espace, numero, code))


def bars_of(found: Comparaison, page_of: Callable[[str], str]) -> Rangs:
    """A row for each orientation, one square for each thing; it leads to the page of its code."""
    rows = [_row(found.of(one["code"]), one, page_of(one["code"])) for one in found.orientations]
    across = [_square(one) for one in found.of("")]
    if across:
        rows.append(Rang(ACROSS, ranked(across, ORDRE), ordre=tuple(ORDRE)))
    return picture(rows, ORDRE)


def _row(ecarts: Sequence[Ecart], orientation: Donnees, url: str) -> Rang:
    squares = ranked([_square(one) for one in ecarts], ORDRE)
    return Rang(orientation["titre"], squares, url, orientation["code"], "Rien n’y est suivi.", tuple(ORDRE))


def _square(one: Ecart) -> Carre:
    return Carre(SIGNES[one.mouvement], f"{one.sorte.label} {one.code} {one.titre}".strip())
