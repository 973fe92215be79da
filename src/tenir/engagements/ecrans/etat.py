"""The statement of a signatory: a page, a Word file, an accessible PDF, which say the same thing."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.contrat.models import Signataire
from tenir.contrat.retires import moved_or_404
from tenir.core import horloge
from tenir.core.carres import Rang, picture
from tenir.core.documents import Document, Partie, Tableau, document_response, picture_of
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.mots import UNDECLARED, UNDEFINED
from tenir.ecran.navigation import address, context
from tenir.engagements.ecrans.commun import ONGLET
from tenir.engagements.ecrans.image import NO_PROMISE, squares
from tenir.engagements.etat import EtatDesEngagements, state_of
from tenir.engagements.models import PreuveDEngagement, SuiviDEngagement
from tenir.engagements.signes import ORDRE
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

REPLY = (
    "Une nouvelle, une preuve, une erreur : ouvrez l’engagement dans l’espace du contrat, ou écrivez à l’équipe qui "
    "suit le contrat."
)


class Colonne(NamedTuple):
    """A column of a part: its name, its share of the width, what it says of a promise."""

    nom: str
    part: int
    told: Callable[[SuiviDEngagement], str]


@needs("fiche.read")
def etat(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, format: str = "") -> HttpResponse:
    """What a signatory promised and what becomes of it, or the file of it."""
    signataire = Signataire.objects.of(espace).filter(code=code).first()
    if signataire is None:
        raise moved_or_404(espace, code, partial(address, "suivi-engagements-etat", espace))
    document = document_of(state_of(signataire, horloge.today()))
    if format:
        return document_response(document, name=f"{espace.slug}-{code}-etat-des-engagements", format=format)
    given = context(
        acces,
        espace,
        ONGLET,
        document=document,
        pdf=address("suivi-engagements-etat-fichier", espace, code, "pdf"),
        docx=address("suivi-engagements-etat-fichier", espace, code, "docx"),
        liste=f"{address('suivi-engagements', espace)}?signataire={code}",
    )
    return render(request, "engagements/etat.html", given)


def document_of(state: EtatDesEngagements) -> Document:
    """The statement as a document. What is said in it is for the partenaires: difficulties stay out."""
    espace = state.signataire.espace
    return Document(
        titre=typo(f"{state.signataire.nom} : engagements"),
        surtitre=typo(f"{espace.titre} : état au {date_fr(state.le)}"),
        chapeau=tuple(typo(told) for told in (_sentence(state), REPLY, whom_to_write(espace)) if told),
        parties=_parts(state),
        avertissement=typo("Contrat fictif : rien de ce que dit cette feuille n’existe.") if espace.fictif else "",
    )


def _parts(state: EtatDesEngagements) -> tuple[Partie, ...]:
    return (
        _drawn(state),
        _part("Ce qui est en retard", state.en_retard, (DUE, AWAITED, STANDING), "Rien n’est en retard."),
        _part(
            "Ce qui est attendu de vous cette année",
            state.attendus,
            (DUE, AWAITED, JUDGED),
            "Rien de plus n’est demandé pour cette année.",
        ),
        _part("Ce qui est fait", state.faits, (STANDING, NEWS, PROOFS), "Rien n’est encore déclaré tenu."),
        _part(
            "Tout ce que vous avez promis",
            list(state.promis),
            (STANDING, DUE, ACTIONS),
            "Le contrat n’écrit aucun engagement pour ce signataire.",
        ),
    )


def _drawn(state: EtatDesEngagements) -> Partie:
    """All of it in one picture: one square, one promise."""
    rows = [Rang(state.signataire.nom, squares(state.promis, state.le), vide=NO_PROMISE, ordre=ORDRE)]
    columns = ("Signataire", "Ses engagements", "En toutes lettres")
    image = picture_of(picture(rows, ORDRE), resume="Où en sont les engagements", colonnes=columns)
    return Partie("D’un coup d’œil", image=image, vide=typo(NO_PROMISE))


def _part(titre: str, rows: list[SuiviDEngagement], columns: tuple[Colonne, ...], vide: str) -> Partie:
    if not rows:
        return Partie(titre, vide=typo(vide))
    lines = tuple((one.code, one.engagement.titre, *(typo(column.told(one)) for column in columns)) for one in rows)
    names, shares = tuple(column.nom for column in columns), tuple(column.part for column in columns)
    return Partie(titre, tableau=Tableau(titre, ("Code", "Engagement", *names), (6, 14, *shares), lines))


def _sentence(state: EtatDesEngagements) -> str:
    """How many promises; how many done, late, untold."""
    total = pluriel(len(state.promis), "engagement", lettres=True)
    kept, late = len(state.faits) or "aucun", len(state.en_retard) or "aucun"
    told = f"{total[:1].upper()}{total[1:]} au contrat : {kept} tenu en tout ou en partie, {late} en retard"
    if kept not in (1, "aucun"):
        told = told.replace(" tenu ", " tenus ")
    return f"{told} ; rien n’est annoncé pour {len(state.muets)}." if state.muets else f"{told}."


def _standing(one: SuiviDEngagement) -> str:
    since = f" depuis le {date_fr(one.etat_depuis)}" if one.etat_depuis else ""
    why = f" : {one.motif}" if one.motif else ""
    return f"{one.get_etat_display() or UNDECLARED}{since}{why}"


def _due(one: SuiviDEngagement) -> str:
    return date_fr(one.attendu_pour) if one.attendu_pour else UNDEFINED


def _awaited(one: SuiviDEngagement) -> str:
    return one.attendu_cette_annee or UNDEFINED


def _judged(one: SuiviDEngagement) -> str:
    return one.jugement or UNDEFINED


def _news(one: SuiviDEngagement) -> str:
    last = next(iter(one.nouvelles.all()), None)
    return f"{date_fr(last.le)} : {last.texte}" if last else "aucune"


def _proofs(one: SuiviDEngagement) -> str:
    return " ; ".join(_proof(proof) for proof in one.preuves.all()) or "aucune"


def _proof(proof: PreuveDEngagement) -> str:
    return f"{proof.titre} ({proof.chiffre}, {proof.source})" if proof.chiffre else proof.titre


def _actions(one: SuiviDEngagement) -> str:
    return ", ".join(fiche.code for fiche in one.actions.all()) or "aucune"


STANDING = Colonne("Où il en est", 13, _standing)
DUE = Colonne("Attendu pour le", 8, _due)
AWAITED = Colonne("Attendu de vous", 14, _awaited)
JUDGED = Colonne("Comment on jugera", 13, _judged)
NEWS = Colonne("Dernière nouvelle", 13, _news)
PROOFS = Colonne("Preuves", 8, _proofs)
ACTIONS = Colonne("Actions liées", 8, _actions)
