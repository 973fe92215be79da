"""What the screens of comments share: the thing that an address names, its page, a comment as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from tenir.commentaires.lecteurs import CONTACTS
from tenir.commentaires.models import Chose, Commentaire, espace_of
from tenir.commentaires.services.commentaires import may_correct
from tenir.core import horloge
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.navigation import address
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.points.models import Question
from tenir.points.titres import title_of_question

FICHE, ENGAGEMENT, REPONSE = "action", "engagement", "reponse"
ANCHOR = "commentaires"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A comment: who wrote it and when, whom it tells, what became of it; the addresses are empty for who may not."""

    numero: int
    qui: str
    quand: str
    texte: str
    cites: str = ""
    retire: str = ""
    corriger: str = ""
    retirer: str = ""


def chose_or_404(espace: EspaceDeContrat, sorte: str, cle: str) -> Chose:
    """What an address names.

    Raises:
        Http404: no such thing in this contract.
    """
    found: Chose | None = None
    if sorte == FICHE:
        rows = FicheAction.objects.of(espace).select_related(
            "espace", "action__orientation__axe", "organisme_en_charge"
        )
        found = rows.filter(action__code=cle).first()
    elif sorte == ENGAGEMENT:
        promises = SuiviDEngagement.objects.of(espace).select_related("espace", "engagement__signataire__organisation")
        found = promises.filter(engagement__code=cle).first()
    elif sorte == REPONSE and cle.isdecimal():
        asked = Question.objects.with_things().filter(destinataire__point__espace=espace, pk=int(cle))
        found = asked.select_related("destinataire__point__espace").first() if len(cle) < 12 else None
    if found is None:
        raise Http404
    return found


def url_of(chose: Chose) -> str:
    """The page where it is read, at its comments."""
    espace = espace_of(chose)
    if isinstance(chose, FicheAction):
        page = address("fiche", espace, chose.code)
    elif isinstance(chose, SuiviDEngagement):
        page = address("suivi-engagement", espace, chose.code)
    else:
        page = address("point-lire", espace, chose.destinataire.point_id, chose.pk)
    return f"{page}#{ANCHOR}"


def title_of(chose: Chose) -> str:
    """What it is called."""
    if isinstance(chose, FicheAction):
        return chose.action.titre
    return chose.engagement.titre if isinstance(chose, SuiviDEngagement) else title_of_question(chose)


def told_thing(chose: Chose) -> str:
    """« l’action « Tenir une permanence » »."""
    noun = {FicheAction: "l’action", SuiviDEngagement: "l’engagement", Question: "la réponse sur"}[type(chose)]
    return f"{noun} « {title_of(chose)} »"


def sujet_of(chose: Chose) -> Sujet:
    """It as small pages show it."""
    tabs = {FicheAction: "fiches", SuiviDEngagement: "suivi-engagements", Question: "points"}
    code = "" if isinstance(chose, Question) else chose.code
    back = url_of(chose).partition("#")[0]  # at its top, where what was done is said, and undone
    return Sujet(espace_of(chose), code, title_of(chose), back, tabs[type(chose)], lambda _acces: [])


def lines(acces: Acces | None, comments: Iterable[Commentaire], *, withdraw: bool = False) -> list[Ligne]:
    """Comments as a page shows them, with what their reader may do of each."""
    return [_line(acces, one, withdraw) for one in comments]


def _line(acces: Acces | None, one: Commentaire, withdraw: bool) -> Ligne:
    def to(name: str, able: bool) -> str:
        return address(f"commentaire-{name}", one.espace, one.pk) if able and not one.retire_le else ""

    return Ligne(
        one.pk,
        who(one),
        _when(one),
        one.texte,
        _cited(one, acces is not None and may(acces, CONTACTS, one.espace)),
        typo(f"Retiré par l’équipe le {date_fr(horloge.day_of(one.retire_le))} : {one.motif}") if one.retire_le else "",
        to("corriger", acces is not None and may_correct(acces, one)),
        to("retirer", withdraw),
    )


def who(one: Commentaire) -> str:
    """« Cléo Relais, CCAS »."""
    return f"{one.auteur}{f', {one.pour}' if one.pour else ''}"


def _when(one: Commentaire) -> str:
    later = ", corrigé depuis" if one.corrige_le else ""
    by = ", par courriel" if one.par_lien else ""
    return typo(f"le {date_fr(horloge.day_of(one.ecrit_le))} {horloge.clock(one.ecrit_le)}{by}{later}")


def _cited(one: Commentaire, contacts: bool) -> str:
    """Whom it tells, in a few words; contacts, to who knows them."""
    if one.par_lien:  # its one reader is whoever wrote what it answers
        return ""
    names = [str(each.personne) for each in one.personnes_citees.all() if contacts or not each.par_lien]
    return typo(f"Prévenus : {', '.join(names)}") if names else ""
