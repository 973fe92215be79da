"""What each question shows: what it is about, what was said the last time, what is awaited, and what one answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from tenir.core import horloge
from tenir.core.composants import Tampon
from tenir.core.marques import Lu
from tenir.core.typographie import date_fr, tense, typo
from tenir.ecran.champs import told
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import TON_DE_L_ETAT
from tenir.engagements.models import NouvelleDEngagement, SuiviDEngagement
from tenir.fiches.enums import TON_DU_STATUT
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.points.demande import NombreDemande
from tenir.points.ecrans.reponse.formulaires import ReponseForm
from tenir.points.ecrans.reponse.nombres import NombresForm
from tenir.points.models import Destinataire, Question
from tenir.points.services.demandes import Passe, past_of, told_entree
from tenir.points.services.reponses import shown_answer, told_answer
from tenir.points.titres import title_of

LONGEST = 90
"""How much of the last news a card recalls: two lines of a phone, so that the first button is in view."""


@dataclass(frozen=True, slots=True)
class Carte:
    """One question as its page shows it. `reponse`: what was answered; `lue`: the team has read it.

    `code`: its code, or the period of a number; `deja`: what is asked stands in the register already.
    """

    question: Question
    code: str
    titre: str
    tampon: Tampon | None
    derniere: str
    attendu: str
    reponse: str
    lue: bool
    form: ReponseForm | NombresForm | None
    deja: bool = False

    @property
    def lu(self) -> Lu:
        """What it shows of the answer, as its forms carry it."""
        return shown_answer(self.question)

    @property
    def ancre(self) -> str:
        """Where the card is on its page."""
        return f"q{self.question.pk}"


def form_of(question: Question, data: Any = None, files: Any = None) -> ReponseForm | NombresForm:
    """What one fills of a question: numbers, or what is new."""
    return (NombresForm if question.mots_id else ReponseForm)(question, data, files)


def cards(
    destinataire: Destinataire, *, failed: ReponseForm | NombresForm | None = None, open_: bool = True
) -> list[Carte]:
    """The cards of someone asked, in the order of the contract; those she handed over show what was answered since.

    `failed`: a form that was refused, shown again with what was typed. The number of queries does not grow.
    """
    holder = destinataire.transmis_a or destinataire
    rows = holder.questions.with_things().prefetch_related(
        Prefetch("fiche__nouvelles", Nouvelle.objects.order_by("-le", "-pk")),
        Prefetch("fiche__jalons", Jalon.objects.awaited().by_date()),
        Prefetch("engagement__nouvelles", NouvelleDEngagement.objects.order_by("-le", "-pk")),
        Prefetch("indicateur__releves", ReleveDIndicateur.objects.filter(correction=None).order_by("-fin", "-pk")),
    )
    past = past_of(rows, destinataire.point.espace)
    return [_card(question, past.get(question.pk), failed, open_) for question in rows]


def _card(question: Question, past: Passe | None, failed: ReponseForm | NombresForm | None, open_: bool) -> Carte:
    sujet, read = question.sujet, question.etat in (Question.Etat.ACCEPTEE, Question.Etat.ECARTEE)
    if isinstance(sujet, NombreDemande):
        code, (title, stamp, last, awaited) = sujet.periode, _number(sujet, question, past or Passe())
    else:
        code, (title, stamp, last, awaited) = sujet.code, _about(sujet)
    answered = told_answer(question) if question.repondu_le else ""
    form = None
    if open_ and not read:
        form = failed if failed and failed.prefix == f"q{question.pk}" else form_of(question)
    noted = bool(past and past.entre_temps)
    return Carte(question, typo(code), typo(title), stamp, typo(last), typo(awaited), typo(answered), read, form, noted)


def _about(sujet: FicheAction | SuiviDEngagement | SuiviDIndicateur) -> tuple[str, Tampon | None, str, str]:
    """Its title, where it stands, what was last said, what is awaited."""
    if isinstance(sujet, FicheAction):
        stamp = Tampon(sujet.get_statut_display() or UNDECLARED, TON_DU_STATUT[sujet.statut])
        return title_of(sujet), stamp, _last(sujet.nouvelles.all()), _jalon(sujet)
    if isinstance(sujet, SuiviDEngagement):
        stamp = Tampon(sujet.get_etat_display() or UNDECLARED, TON_DE_L_ETAT[sujet.etat])
        return title_of(sujet), stamp, _last(sujet.nouvelles.all()), _due(sujet)
    return title_of(sujet), None, _reading(sujet), ""


def _number(demande: NombreDemande, question: Question, past: Passe) -> tuple[str, None, str, str]:
    """The kind, and the body when it is another than hers; the last time; a year ago, and what stands already."""
    other = question.organisme_id != question.destinataire.organisation_id
    title = f"{demande.nature.libelle}{f' ({demande.organisme})' if other else ''}"
    last = "Ce nombre n’a encore jamais été donné ici."
    if past.derniere:
        last = f"La dernière fois, {told_entree(past.derniere, demande.nature)}."
    if past.il_y_a_un_an:
        last += f" Il y a un an, {told_entree(past.il_y_a_un_an, demande.nature)}."
    noted = f"Déjà inscrit : {told_entree(past.entre_temps, demande.nature)}." if past.entre_temps else ""
    return title, None, last, noted


def _last(nouvelles: Iterable[Nouvelle | NouvelleDEngagement]) -> str:
    latest = next(iter(nouvelles), None)
    if latest is None:
        return "Personne n’en a encore rien dit ici."
    text = latest.texte if len(latest.texte) <= LONGEST else f"{latest.texte[:LONGEST]}…"
    return f"La dernière fois, le {date_fr(latest.le)} : « {text} »"


def _jalon(fiche: FicheAction) -> str:
    awaited = next(iter(fiche.jalons.all()), None)
    if awaited is None:
        return ""
    verb = tense(awaited.attendu_le, horloge.today(fiche.espace), "est attendu", "était attendu")
    return f"Un jalon {verb} le {date_fr(awaited.attendu_le)} : {awaited.titre}."


def _due(suivi: SuiviDEngagement) -> str:
    day = suivi.attendu_pour
    if day is None:
        return ""
    return f"{tense(day, horloge.today(suivi.espace), 'Attendu', 'Était attendu')} pour le {date_fr(day)}."


def _reading(suivi: SuiviDIndicateur) -> str:
    latest = next(iter(suivi.releves.all()), None)
    if latest is None:
        return "Aucun relevé n’a encore été donné."
    value = told("reference", latest.valeur, SuiviDIndicateur)
    return f"Le dernier relevé, au {date_fr(latest.fin)} : {value}."
