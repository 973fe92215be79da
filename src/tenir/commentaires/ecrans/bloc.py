"""What comments bring to the pages of what they are about, and to the desk: what is new among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tenir.commentaires.ecrans.commun import (
    ENGAGEMENT,
    FICHE,
    REPONSE,
    Ligne,
    lines,
    title_of,
    url_of,
    who,
)
from tenir.commentaires.ecrans.formulaires import CommentaireForm
from tenir.commentaires.lecteurs import whom
from tenir.commentaires.models import Chose, Commentaire
from tenir.commentaires.services.commentaires import CREATE, WITHDRAW
from tenir.core.emplacements import Bloc
from tenir.core.noms import de_personne
from tenir.core.typographie import typo
from tenir.ecran.blocs import Nouveaute, excerpt
from tenir.ecran.navigation import address
from tenir.engagements.ecrans.blocs import hers
from tenir.fiches.ecrans.blocs import read_by
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.points.models import Question

READ_BY = {
    FICHE: "Lu par celles et ceux qui ont un rôle dans ce contrat, jamais public.",
    REPONSE: "Lu par l’équipe, et par les personnes prévenues ; jamais public.",
}
GABARIT = "commentaires/includes/bloc.html"


@dataclass(frozen=True, slots=True)
class Fil:
    """The comments on a thing, and the form that adds one, for who may."""

    lignes: list[Ligne]
    form: CommentaireForm | None
    url: str
    lu_par: str


def said(acces: Acces, espace: EspaceDeContrat, chose: Chose) -> Bloc:
    """The comments on a thing, the oldest first."""
    rows = Commentaire.objects.on(chose).whole().prefetch_related("personnes_citees__personne")
    found = lines(acces, rows, withdraw=may(acces, WITHDRAW, espace))
    return Bloc(GABARIT, Fil(found, form_of(acces, espace, chose), where_to_write(espace, chose), read_by_whom(chose)))


def form_of(acces: Acces, espace: EspaceDeContrat, chose: Chose) -> CommentaireForm | None:
    """The empty form, for who may comment."""
    if not may(acces, CREATE, espace):
        return None
    return CommentaireForm(whom(acces, chose).values())


def where_to_write(espace: EspaceDeContrat, chose: Chose) -> str:
    """Where a comment on it is sent."""
    if isinstance(chose, Question):
        return address("commentaire-nouveau", espace, REPONSE, str(chose.pk))
    return address("commentaire-nouveau", espace, FICHE if isinstance(chose, FicheAction) else ENGAGEMENT, chose.code)


def read_by_whom(chose: Chose) -> str:
    """Who reads what is said of it, in a sentence."""
    return typo(READ_BY[REPONSE if isinstance(chose, Question) else FICHE])


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """What others commented on what concerns her, and what tells her; one query."""
    actions: Q = Q(fiche__in=read_by(acces, espace).order_by().values("pk"))
    promises = Q(engagement__in=hers(acces, espace).order_by().values("pk"))
    told = Q(personnes_citees__personne=acces.personne, question=None)
    answers = Q(question__isnull=False) if may(acces, "point.update", espace) else Q(pk__in=())
    rows = Commentaire.objects.filter(espace=espace, ecrit_le__gt=since, retire_le=None).exclude(auteur=acces.personne)
    for one in rows.filter(actions | promises | told | answers).distinct().whole():
        chose = one.chose
        code = "" if isinstance(chose, Question) else chose.code
        what = typo(f"Commentaire {de_personne(who(one))} : {excerpt(one.texte)}")
        yield Nouveaute(one.ecrit_le, code, title_of(chose), url_of(chose), what, one.auteur_id, str(one.pour or ""))
