"""What became of answers: those just given, and those of the last time, each with where it is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from tenir.core import horloge
from tenir.core.composants import Tampon
from tenir.core.typographie import date_fr, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.reponses import told_answer
from tenir.points.signes import TONS
from tenir.points.titres import title_of_question

Etat = Question.Etat
TOLD = {
    Etat.POSEE: "restée sans réponse",
    Etat.REPONDUE: "pas encore lue par l’équipe",
    Etat.RENVOYEE: "l’équipe vous a posé une question",
    Etat.ACCEPTEE: "acceptée : elle est dans le suivi du contrat",
    Etat.ECARTEE: "écartée par l’équipe : elle n’est pas dans le suivi",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One answer and what became of it; `url`: the public page of what it is about, once it may be read there;
    `pourquoi`: the reason that the team gave when it set it aside."""

    titre: str
    reponse: str
    tampon: Tampon
    url: str
    pourquoi: str = ""


@dataclass(frozen=True, slots=True)
class Fois:
    """The answers of another point d'étape, and its name."""

    titre: str
    issues: list[Issue]


def outcomes(destinataire: Destinataire) -> list[Issue]:
    """What she answered, in the order of the contract."""
    return _issues(destinataire.point.espace, destinataire.questions.with_things())


def last_time(destinataire: Destinataire) -> Fois | None:
    """What became of what she answered to the point d'étape before this one; none where there was none."""
    espace = destinataire.point.espace
    points = PointDEtape.objects.filter(
        espace=espace, envoye_le__isnull=False, destinataires__personne=destinataire.personne
    )
    before = points.exclude(pk=destinataire.point_id).order_by("-envoye_le", "-pk")
    if destinataire.point.envoye_le:
        before = before.filter(envoye_le__lt=destinataire.point.envoye_le)
    last = before.first()
    if last is None:
        return None
    rows = Question.objects.with_things().filter(destinataire__point=last, destinataire__personne=destinataire.personne)
    return Fois(last.titre, _issues(espace, rows))


def _issues(espace: EspaceDeContrat, questions: Iterable[Question]) -> list[Issue]:
    return [_issue(espace, one) for one in questions]


def _issue(espace: EspaceDeContrat, one: Question) -> Issue:
    state = Etat(one.etat)
    when = f", le {date_fr(horloge.day_of(one.traitee_le))}" if one.traitee_le else ""
    said = typo(told_answer(one)) if one.repondu_le else ""
    stamp = Tampon(typo(f"{TOLD[state]}{when}"), TONS[state])
    why = typo(f"« {one.pourquoi} »") if state is Etat.ECARTEE and one.pourquoi else ""
    return Issue(typo(title_of_question(one)), said, stamp, _public(espace, one), why)


def _public(espace: EspaceDeContrat, one: Question) -> str:
    """The public page of the thing, once the contract is public and the answer is in its life."""
    if one.etat != Etat.ACCEPTEE or espace.etat != EspaceDeContrat.Etat.PUBLIE:
        return ""
    if one.fiche:
        return reverse("action", args=[espace.slug, one.code])
    return reverse("engagement", args=[espace.slug, one.code]) if one.engagement else ""
