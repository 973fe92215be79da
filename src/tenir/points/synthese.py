"""The synthesis of a point d'étape: what was answered, by axis, the late and the unanswered first, and its gaps.

It names bodies, never persons: it goes round the table of a committee. Difficulties stay out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from tenir.acteurs.models import Organisation
from tenir.activite.seuils import late_before
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.carres import Carre, Rang, picture, ranked
from tenir.core.courriels import DECIDED
from tenir.core.documents import Document, Image, Partie, Tableau, picture_of
from tenir.core.models import Courriel
from tenir.core.typographie import accord, date_fr, nombre, pluriel, typo
from tenir.ecran.champs import told
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.situation import get_situation
from tenir.fichier.mots import plain
from tenir.habilitations.correspondance import whom_to_write
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import awaited
from tenir.points.demande import NombreDemande
from tenir.points.models import Dispense, PointDEtape, Question
from tenir.points.services.envoi import INVITATION
from tenir.points.services.reponses import told_answer
from tenir.points.signes import DE_L_ETAT, ORDRE

Etat = Question.Etat
Sujet = FicheAction | SuiviDEngagement | SuiviDIndicateur | NombreDemande
PROMISES, INDICATORS, NUMBERS = "Engagements des signataires", "Indicateurs", "Ce qui se compte par période"
UNANSWERED = "sans réponse"
NOT_READ = {
    Etat.POSEE: UNANSWERED,
    Etat.RENVOYEE: "sans réponse à la question de l’équipe",
    Etat.REPONDUE: "réponse non lue",
    Etat.ECARTEE: "réponse écartée par l’équipe",
}
"""What is said in place of an answer that the team did not accept."""
LOST = DECIDED
"""The states of a message that surely or maybe never arrived."""
COLUMNS, SHARES = ("Code", "Intitulé", "Où il en est", "En retard", "Réponses"), (6, 13, 8, 10, 20)


@dataclass(frozen=True, slots=True)
class Chose:
    """One thing asked about: what is late of it on the day, and what each body answered."""

    sujet: Sujet
    questions: tuple[Question, ...]
    retard: str

    @property
    def muette(self) -> bool:
        """Whether nobody answered."""
        return not any(one.etat == Etat.ACCEPTEE for one in self.questions)

    @property
    def groupe(self) -> str:
        """The part of the synthesis it belongs to."""
        if isinstance(self.sujet, NombreDemande):
            return NUMBERS
        if isinstance(self.sujet, FicheAction):
            axe = self.sujet.action.orientation.axe
            return f"Axe {axe.code} : {axe.titre}"
        return PROMISES if isinstance(self.sujet, SuiviDEngagement) else INDICATORS

    @property
    def ligne(self) -> tuple[str, ...]:
        """Its row; each body answers on a line of its own."""
        answers = "\n".join(f"{_body(one)} : {_answer(one)}" for one in self.questions)
        standing = _given(self.questions) if isinstance(self.sujet, NombreDemande) else _standing(self.sujet)
        cells = (_title(self.sujet), standing, self.retard or "non", answers)
        code = self.sujet.nature.nature if isinstance(self.sujet, NombreDemande) else self.sujet.code
        return (code, *(typo(cell) for cell in cells))


def synthesis_of(point: PointDEtape, on: date) -> Document:
    """The synthesis of a point d'étape on a day; the number of queries does not grow with it."""
    espace, groups = point.espace, _groups(_things(point, on))
    return Document(
        titre=typo(f"Synthèse : {point.titre}"),
        surtitre=typo(f"{espace.titre} : au {date_fr(on)}"),
        chapeau=tuple(typo(told) for told in (*_lede(point, groups), whom_to_write(espace)) if told),
        parties=(_summary(groups), *(_part(name, things) for name, things in groups.items()), _gaps(point, groups)),
        avertissement=typo("Contrat fictif : rien de ce que dit cette synthèse n’existe.") if espace.fictif else "",
    )


def _things(point: PointDEtape, on: date) -> list[Chose]:
    """What was asked about, in the order of the contract: actions, promises, indicators, then numbers by kind."""
    rows = Question.objects.with_things().filter(destinataire__point=point)
    rows = rows.order_by(alphabetical("destinataire__organisation__nom"), "pk").prefetch_related(
        Prefetch("fiche__jalons", Jalon.objects.by_date()),
        Prefetch("indicateur__releves", ReleveDIndicateur.objects.filter(correction=None).order_by("-fin", "-pk")),
    )
    asked: dict[Sujet | str, tuple[Sujet, list[Question]]] = {}
    for question in rows:
        sujet = question.sujet
        key = sujet.code if isinstance(sujet, NombreDemande) else sujet
        asked.setdefault(key, (sujet, []))[1].append(question)
    return sorted((_thing(sujet, questions, on) for sujet, questions in asked.values()), key=_rank)


def _thing(sujet: Sujet, questions: list[Question], on: date) -> Chose:
    late = _late_numbers(sujet, questions, on) if isinstance(sujet, NombreDemande) else _late(sujet, on)
    return Chose(sujet, tuple(questions), late)


def _rank(chose: Chose) -> tuple[int, int | str, date]:
    """Where a thing comes; the day keeps the periods of one kind in order."""
    sujet, always = chose.sujet, date.min
    if isinstance(sujet, NombreDemande):
        return (3, plain(sujet.nature.libelle), sujet.du)
    if isinstance(sujet, FicheAction):
        return (0, sujet.action.ordre, always)
    if isinstance(sujet, SuiviDEngagement):
        return (1, sujet.engagement.ordre, always)
    return (2, sujet.indicateur.ordre, always)


def _groups(things: Iterable[Chose]) -> dict[str, list[Chose]]:
    """Things by part; in each, the late ones, then the unanswered, then the others."""
    found: dict[str, list[Chose]] = {}
    for chose in things:
        found.setdefault(chose.groupe, []).append(chose)
    return {name: sorted(held, key=lambda one: (not one.retard, not one.muette)) for name, held in found.items()}


def _lede(point: PointDEtape, groups: dict[str, list[Chose]]) -> Iterator[str]:
    questions = [one for held in groups.values() for chose in held for one in chose.questions]
    answered = sum(one.etat == Etat.ACCEPTEE for one in questions)
    people = {one.destinataire_id for one in questions}
    bodies = {one.organisme_id or one.destinataire.organisation_id for one in questions} - {None}
    sent = f"envoyé le {date_fr(horloge.day_of(point.envoye_le))}, " if point.envoye_le else ""
    asked = f"{pluriel(len(people), 'personne', genre='f')} de {pluriel(len(bodies), 'organisme')}"
    verb = accord(len(people), "sollicitée")
    yield (
        f"Point d’étape {sent}{asked} {verb} : {pluriel(answered, 'réponse', genre='f')} sur "
        f"{pluriel(len(questions), 'question', genre='f')}."
    )
    yield "Une réponse est ce que l’organisme déclare : l’équipe l’a lue, personne ne l’a vérifiée sur place."


def _summary(groups: dict[str, list[Chose]]) -> Partie:
    titre = "L’essentiel"
    if not groups:
        return Partie(titre, vide="Rien n’a été demandé.")
    columns = ("Partie", "Demandé", "Avec une réponse", "Sans réponse", "En retard")
    lines = tuple(
        (
            typo(name),
            nombre(len(held)),
            nombre(sum(not one.muette for one in held)),
            nombre(sum(one.muette for one in held)),
            nombre(sum(bool(one.retard) for one in held)),
        )
        for name, held in groups.items()
    )
    table = Tableau("Demandes, réponses et retards par partie", columns, (20, 8, 8, 8, 8), lines)
    return Partie(titre, tableau=table, image=_image(groups))


def _image(groups: dict[str, list[Chose]]) -> Image | None:
    """Each question of each part, where its answer stands: one square, one question put to someone."""
    rows = [
        Rang(typo(name), ranked((_square(one) for chose in held for one in chose.questions), ORDRE), ordre=ORDRE)
        for name, held in groups.items()
    ]
    columns = ("Partie", "Une question, un carré", "En toutes lettres")
    return picture_of(picture(rows, ORDRE), resume="Les réponses, partie par partie", colonnes=columns)


def _square(question: Question) -> Carre:
    return Carre(DE_L_ETAT[question.etat], "")


def _part(name: str, held: list[Chose]) -> Partie:
    late, silent = sum(bool(one.retard) for one in held), sum(one.muette for one in held)
    sentence = f"En retard : {late or 'aucun'} ; sans réponse : {silent or 'aucun'}. Ce qui l’est vient d’abord."
    lines = tuple(one.ligne for one in held)
    return Partie(typo(name), (typo(sentence),), Tableau(typo(name), COLUMNS, SHARES, lines))


def _gaps(point: PointDEtape, groups: dict[str, list[Chose]]) -> Partie:
    """What the synthesis does not say, and why."""
    sentences = [*_silent_bodies(groups), *_waived(point), *_lost_messages(point)]
    if point.actions:
        sentences.append("Une action réalisée, suspendue ou abandonnée avant l’envoi n’a pas été demandée.")
    asked = {
        "actions": point.actions,
        "engagements": point.engagements,
        "indicateurs": point.indicateurs,
        "nombres par période": point.nombres,
    }
    if left_out := [name for name, on in asked.items() if not on]:
        sentences.append(f"Ce point d’étape ne portait pas sur les {' ni les '.join(left_out)}.")
    return Partie("Ce que cette synthèse ne dit pas", tuple(typo(one) for one in sentences))


def _silent_bodies(groups: dict[str, list[Chose]]) -> Iterator[str]:
    said: dict[str, bool] = {}
    for question in (one for held in groups.values() for chose in held for one in chose.questions):
        body = _body(question)
        said[body] = said.get(body, False) or question.etat == Etat.ACCEPTEE
    if silent := sorted(body for body, answered in said.items() if not answered):
        yield f"N’ont donné aucune réponse : {', '.join(silent)}."


def _waived(point: PointDEtape) -> Iterator[str]:
    """What the team passed over; a person is never named."""
    waived = list(point.dispenses.all())
    keys = [one.cle.rpartition("/")[2] for one in waived if one.cle.startswith(("organisme/", "nombre/"))]
    names = dict(Organisation.objects.filter(identifiant__in=keys).values_list("identifiant", "nom"))
    kinds = _kinds(point, waived)
    by_reason: dict[str, list[str]] = {}
    for one in waived:
        kind, key = one.cle.split("/", 1)
        what = "une personne en charge" if kind == "personne" else names.get(key, f"{kind} {key}")
        if kind in ("nature", "nombre"):
            code, _, body = key.partition("/")
            what = ", ".join(filter(None, [kinds.get(code, code), names.get(body, body)]))
        by_reason.setdefault(one.motif.rstrip("."), []).append(what)
    for reason, left_out in by_reason.items():
        yield f"Laissé de côté avant l’envoi ({reason}) : {', '.join(left_out)}."


def _kinds(point: PointDEtape, waived: list[Dispense]) -> dict[str, str]:
    """What the kinds are called whose numbers were passed over."""
    if not any(one.cle.startswith(("nature/", "nombre/")) for one in waived):
        return {}
    from tenir.points.services.demandes import names_of_kinds  # the kinds are slow to start

    return names_of_kinds(point.espace)


def _lost_messages(point: PointDEtape) -> Iterator[str]:
    asked = [str(pk) for pk in point.destinataires.values_list("pk", flat=True)]
    lost = Courriel.objects.filter(genre=INVITATION, cible__in=asked, etat__in=LOST).count()
    if lost:
        verb = accord(lost, "n’est pas arrivé", "ne sont pas arrivés")
        yield f"{pluriel(lost, 'message')} {verb}, ou rien ne le prouve."


def _late_numbers(demande: NombreDemande, questions: Iterable[Question], on: date) -> str:
    """That a number was not given, once its period is far behind."""
    given = all(one.etat == Etat.ACCEPTEE and one.nombres for one in questions)
    return "" if given or demande.au >= late_before(on) else f"la période a fini le {date_fr(demande.au)}"


def _late(sujet: FicheAction | SuiviDEngagement | SuiviDIndicateur, on: date) -> str:
    """What is late of it, in words; empty when nothing is."""
    if isinstance(sujet, FicheAction):
        late = get_situation(sujet, sujet.jalons.all(), on).retards
        return " ; ".join(f"{one.quoi}, attendu le {date_fr(one.attendu_le)}" for one in late)
    if isinstance(sujet, SuiviDEngagement):
        due = sujet.attendu_pour
        return f"attendu pour le {date_fr(due)}" if due and sujet.is_late(on) else ""
    return _late_reading(sujet, on)


def _late_reading(suivi: SuiviDIndicateur, on: date) -> str:
    latest = _latest(suivi)
    if latest is None:
        return "aucun relevé n’a été donné"
    due = awaited(suivi.frequence, latest.fin, suivi.ouvert_le)
    return f"relevé attendu depuis le {date_fr(due.le)}" if due and due.late(on) else ""


def _latest(suivi: SuiviDIndicateur) -> ReleveDIndicateur | None:
    return next(iter(suivi.releves.all()), None)


def _title(sujet: Sujet) -> str:
    if isinstance(sujet, NombreDemande):
        return str(sujet)
    if isinstance(sujet, FicheAction):
        return sujet.action.titre
    if isinstance(sujet, SuiviDEngagement):
        return f"{sujet.engagement.titre} ({sujet.engagement.signataire.nom})"
    return f"{sujet.indicateur.libelle}{f' ({sujet.unite})' if sujet.unite else ''}"


def _given(questions: tuple[Question, ...]) -> str:
    """How many of those who were asked a number gave it, and the team accepted it."""
    given = sum(one.etat == Etat.ACCEPTEE and bool(one.nombres) for one in questions)
    return f"donné par {given or 'aucun'} sur {pluriel(len(questions), 'organisme')}"


def _standing(sujet: FicheAction | SuiviDEngagement | SuiviDIndicateur) -> str:
    if isinstance(sujet, FicheAction):
        return sujet.get_statut_display() or UNDECLARED
    if isinstance(sujet, SuiviDEngagement):
        return sujet.get_etat_display() or UNDECLARED
    latest = _latest(sujet)
    return f"{told('reference', latest.valeur, SuiviDIndicateur)} au {date_fr(latest.fin)}" if latest else UNDECLARED


def _body(question: Question) -> str:
    return str(question.pour or "personne en charge")


def _answer(question: Question) -> str:
    return NOT_READ.get(Etat(question.etat)) or told_answer(question)
