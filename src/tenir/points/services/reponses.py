"""Answering by a link: one question or all of them, transmitting, finishing, asking to be left alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction

from tenir.acteurs.models import Personne
from tenir.acteurs.personnes import known_as
from tenir.core import courriels, horloge
from tenir.core.fichiers import forget_once_certain, kept_with_its_row, read_file
from tenir.core.marques import Lu, digest, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.champs import told
from tenir.engagements.enums import EXPLAINED, EtatDEngagement
from tenir.engagements.services.engagement import tried as try_engagement
from tenir.fiches.enums import CLOSED, Statut
from tenir.fiches.services.fiche import tried as try_fiche
from tenir.habilitations.services import trace_of
from tenir.indicateurs.services.indicateur import Mesure
from tenir.indicateurs.services.indicateur import tried as try_releve
from tenir.points.models import Destinataire, Question, RefusDeSollicitation
from tenir.points.services.envoi import GENRE, RECU, RENDU, VALIDITE, ask_also

Etat = Question.Etat
SAID = "réponse"
NO_NUMBER = "aucun nombre cette fois"
"""What « rien de nouveau » says of a number: not counted yet, or given elsewhere. It is not nought."""
GIVEN = ("sans_changement", "statut", "motif", "phrase", "valeur", "nombres", "debut", "fin", "source")
"""What a question keeps of an answer, under the same names."""


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """What someone answers to one question: nothing new, or a status, a sentence, a figure over a period, a file.

    `nombres`: those of what is counted by period, by the fields of its form (`Question.numbers`).

    `sans_fichier`: the file given before is taken back. `exact`: a value far from the last was looked at twice.
    """

    sans_changement: bool = False
    statut: str = ""
    motif: str = ""
    phrase: str = ""
    valeur: Decimal | None = None
    nombres: Mapping[str, str] = field(default_factory=dict)
    debut: date | None = None
    fin: date | None = None
    source: str = ""
    fichier: "File[bytes] | None" = None
    sans_fichier: bool = False
    exact: bool = False


def why_closed(destinataire: Destinataire) -> str:
    """Why a link answers nothing any more, in a sentence; empty while it answers."""
    point, now = destinataire.point, horloge.now()
    return next(
        (
            sentence
            for closed, sentence in (
                (destinataire.rendu_a_id, "Vous avez rendu ces questions : elles ne vous sont plus posées."),
                (destinataire.revoque_le, "Ce lien a été révoqué par l’équipe du contrat."),
                (
                    destinataire.transmis_a_id,
                    "Vous avez transmis ces questions : vous pouvez encore lire les réponses.",
                ),
                (point.clos_le, "Ce point d’étape est clos. Merci."),
                (destinataire.expire_le <= now, "Ce lien a expiré : demandez-en un autre à l’équipe du contrat."),
            )
            if closed
        ),
        "",
    )


@transaction.atomic
def answer(*, destinataire: Destinataire, question: Question, reponse: Reponse, lu: Lu | None = None) -> Question:
    """Keep an answer; until the team reads it, it may be given again, and the last one counts.

    Raises:
        Perime: the answer that stands is no more the one that was read.
        LienClos: the link answers nothing any more.
        ValidationError: nothing is said, a status without its reason, a figure that is not whole, a file refused.
    """
    found = _locked(destinataire)
    kept = Question.objects.select_for_update(of=("self",)).get(pk=question.pk, destinataire=found)
    if kept.etat in (Etat.ACCEPTEE, Etat.ECARTEE):
        raise LienClos("L’équipe a déjà lu cette réponse : écrivez-lui pour la changer.")
    refuse_unread(lu, shown_answer(kept), {SAID: reponse.phrase or reponse.motif})
    refuse_answer(kept, reponse)
    nom, content = read_file(reponse.fichier) if reponse.fichier else ("", None)
    for name in GIVEN:
        setattr(kept, name, getattr(reponse, name))
    if content is not None or reponse.sans_changement or reponse.sans_fichier:
        forget_once_certain(kept.fichier)
        kept.fichier, kept.nom = None, nom
    kept.etat, kept.repondu_le, kept.repondu_par = Etat.REPONDUE, horloge.now(), found.personne
    with kept_with_its_row(kept.fichier):
        if content is not None:
            kept.fichier.save(nom, ContentFile(content), save=False)
        kept.full_clean()
        kept.save()
    _trace(found, [Fait(GENRE, str(found.point_id), f"réponse à {kept.code}", "", told_answer(kept))])
    return kept


def nothing_new(*, destinataire: Destinataire, questions: Iterable[Question], lus: Lu | None = None) -> int:
    """Answer « rien de nouveau » to several questions at once, those that stand as they were shown; return how many.

    Not to those that ask numbers: each is given, or put off, by itself.

    `lus`: the digest of what was shown of each, by its number (`marks`); none where nothing was shown on a page.

    Raises:
        LienClos: the link answers nothing any more.
    """
    count = 0
    with transaction.atomic():
        _locked(destinataire)
        for question in questions:
            if question.mots_id or (lus is not None and lus.get(str(question.pk)) != digest(shown_answer(question))):
                continue
            answer(destinataire=destinataire, question=question, reponse=Reponse(sans_changement=True))
            count += 1
    return count


@transaction.atomic
def finish(*, destinataire: Destinataire) -> None:
    """Say that one has finished: a receipt leaves by e-mail, reminders stop. One may still answer until the end.

    Raises:
        LienClos: the link answers nothing any more, or a question still awaits an answer.
    """
    found = _locked(destinataire)
    left = found.questions.waiting().count()
    if left:
        answers = "« rien de nouveau » en est une, « pas encore compté » aussi"
        raise LienClos(f"{pluriel(left, 'question', genre='f')} sans réponse : {answers}.")
    found.termine_le = horloge.now()
    found.save(update_fields=["termine_le"])
    moment = f"{found.termine_le:%Y%m%d%H%M%S}"
    courriels.enqueue(cle=f"{RECU}/{found.pk}/{moment}", genre=RECU, cible=str(found.pk))
    _trace(found, [Fait(GENRE, str(found.point_id), "réponses", "", "terminées")])


@transaction.atomic
def transmit(*, destinataire: Destinataire, nom: str, email: str) -> Destinataire:
    """Hand one's questions over to a colleague, who receives her own link; one's own then reads.

    Raises:
        LienClos: the link answers nothing any more.
        ValidationError: an address that is none, oneself, someone already asked, or who wants no asking. A person is a
            name, not an address: a colleague behind the same mailbox is another.
    """
    found = _locked(destinataire)
    colleague = _colleague(found, nom.strip(), email.strip().lower())
    now = horloge.now()
    other = Destinataire(point=found.point, personne=colleague, organisation=found.organisation)
    other.cree_le, other.expire_le = now, now + VALIDITE
    other.full_clean()
    other.save()
    found.questions.exclude(etat__in=(Etat.ACCEPTEE, Etat.ECARTEE)).update(destinataire=other)
    found.transmis_a = other
    found.save(update_fields=["transmis_a"])
    ask_also(other, now)
    _trace(found, [Fait(GENRE, str(found.point_id), "transmis", "", f"personne n° {colleague.pk}")])
    return other


@transaction.atomic
def give_back(*, destinataire: Destinataire) -> Destinataire:
    """« Ce n’est pas moi »: the questions go back to whoever handed them over, who is told; one's own link ends.

    Raises:
        LienClos: the link answers nothing any more, or nobody handed these questions over.
    """
    found = _locked(destinataire)
    giver = Destinataire.objects.select_for_update(of=("self",)).filter(transmis_a=found).first()
    if giver is None:
        raise LienClos("Personne ne vous a transmis ces questions : elles vous sont posées par l’équipe du contrat.")
    found.questions.exclude(etat__in=(Etat.ACCEPTEE, Etat.ECARTEE)).update(destinataire=giver)
    giver.transmis_a, found.rendu_a, found.revoque_le = None, giver, horloge.now()
    giver.save(update_fields=["transmis_a"])
    found.save(update_fields=["rendu_a", "revoque_le"])
    courriels.enqueue(cle=f"{RENDU}/{giver.pk}/{found.pk}", genre=RENDU, cible=str(giver.pk))
    _trace(found, [Fait(GENRE, str(found.point_id), "rendu", "", f"personne n° {giver.personne_id}")])
    return giver


@transaction.atomic
def leave_alone(*, destinataire: Destinataire) -> None:
    """Ask not to be asked any more for this contract: reminders stop, the team is told by the next preview.

    Raises:
        LienClos: the link is revoked.
    """
    found = Destinataire.objects.select_for_update(of=("self",)).select_related("point__espace").get(pk=destinataire.pk)
    if found.revoque_le:
        raise LienClos(why_closed(found))
    _, new = RefusDeSollicitation.objects.get_or_create(espace=found.point.espace, personne_id=found.personne_id)
    if new:
        _trace(found, [Fait(GENRE, str(found.point_id), "sollicitation", "acceptée", "refusée pour la suite")])


def told_answer(question: Question) -> str:
    """An answer in words, as the trace and the lists tell it."""
    if question.sans_changement:
        return NO_NUMBER if question.mots_id else "rien de nouveau"
    parts = [_told_status(question), *_told_numbers(question), question.motif, question.phrase]
    if question.valeur is not None:
        parts.append(f"{told('reference', question.valeur, type(question.indicateur))}")  # type: ignore[arg-type]
    if question.nom:
        parts.append(f"pièce « {question.nom} »")
    return " ; ".join(part for part in parts if part)


def marks(questions: Iterable[Question]) -> Lu:
    """What a page shows of questions that await an answer, each in a digest, by number."""
    waiting = (Etat.POSEE, Etat.RENVOYEE)
    return {str(one.pk): digest(shown_answer(one)) for one in questions if one.etat in waiting}


def shown_answer(question: Question) -> Lu:
    """What a page shows of an answer, to the team and to whoever gave it."""
    given = (("du", question.debut), ("au", None if question.mots_id else question.fin))
    period = " ".join(f"{word} {date_fr(day)}" for word, day in given if day)
    kept = PurePosixPath(question.fichier.name or "").stem[:6]
    return {
        SAID: told_answer(question) if question.repondu_le else "",
        "période": period,
        "source": question.source,
        "pièce": f"{question.nom}, déposée sous le numéro {kept}" if question.nom else "",
        "où elle en est": question.get_etat_display(),
        "question de l’équipe": question.retour,
    }


def _told_numbers(question: Question) -> list[str]:
    if not question.nombres:
        return []
    from tenir.points.services.demandes import told_numbers  # the kinds are slow to start

    return [told_numbers(question)]


def _told_status(question: Question) -> str:
    if not question.statut:
        return ""
    return str((Statut if question.fiche_id else EtatDEngagement)(question.statut).label)


def as_given(question: Question, *, exact: bool) -> Reponse:
    """An answer that is kept, as it would be given again."""
    return Reponse(**{name: getattr(question, name) for name in GIVEN}, exact=exact)


def refuse_answer(question: Question, reponse: Reponse) -> None:
    """Refuse at this door what the fiche, the promise or the indicator would refuse, in the same words.

    Raises:
        ValidationError: nothing is said, a status without its reason, a figure that is not whole, a file refused.
    """
    said = (reponse.statut, reponse.phrase.strip(), reponse.valeur, reponse.fichier, reponse.nombres)
    if reponse.sans_changement:
        if any(part not in ("", None, {}) for part in said):
            raise ValidationError("« Rien de nouveau » ne va pas avec une nouvelle : choisissez.")
        return
    if question.mots_id:
        _refuse_numbers(question, reponse)
        return
    if reponse.nombres:
        raise ValidationError("Cette question ne demande pas de nombres.")
    holds_a_file = bool(question.fichier) and not reponse.sans_fichier
    if not holds_a_file and not any(part not in ("", None, {}) for part in said):
        raise ValidationError("Dites ce qui est nouveau, ou choisissez « rien de nouveau ».")
    _refuse_status(question, reponse)
    _refuse_figure(question, reponse)
    if reponse.fichier and question.indicateur_id:
        raise ValidationError({"fichier": "Un relevé se donne par un chiffre et sa source."})


def _refuse_numbers(question: Question, reponse: Reponse) -> None:
    from tenir.points.services.demandes import refuse_numbers  # the kinds are slow to start

    if any((reponse.statut, reponse.valeur is not None, reponse.fichier)):
        raise ValidationError("On n’attend ici que des nombres.")
    refuse_numbers(question, reponse.nombres, reponse.fin, reponse.phrase, exact=reponse.exact)


def _refuse_status(question: Question, reponse: Reponse) -> None:
    allowed = Statut.values if question.fiche_id else EtatDEngagement.values if question.engagement_id else []
    if reponse.statut and reponse.statut not in allowed:
        raise ValidationError({"statut": "Ce statut n’existe pas."})
    if reponse.statut:
        _try_status(question, reponse.statut, reason_of(reponse.statut, reponse.motif, reponse.phrase))


def _try_status(question: Question, statut: str, motif: str) -> None:
    """Refuse at this door what the function that will write it refuses, in its words."""
    if question.fiche:
        try_fiche(question.fiche, {"statut": statut, "motif": motif})
    elif question.engagement:
        try_engagement(question.engagement, {"etat": statut, "motif": motif})


def reason_of(statut: str, motif: str, phrase: str) -> str:
    """Why a status is what it is: said apart, or in the sentence where the status must say why."""
    return motif.strip() or (phrase.strip() if statut in (*CLOSED, *EXPLAINED) else "")


def _refuse_figure(question: Question, reponse: Reponse) -> None:
    if reponse.valeur is None:
        return
    if not question.indicateur_id:
        raise ValidationError({"valeur": "Une action ou un engagement ne se mesure pas ici."})
    if not (reponse.debut and reponse.fin and reponse.source.strip()):
        raise ValidationError({"valeur": "Un chiffre ne va jamais seul : donnez sa période et sa source."})
    mesure = Mesure(reponse.debut, reponse.fin, reponse.valeur, reponse.source, commentaire=reponse.phrase)
    assert question.indicateur is not None  # noqa: S101 (said above)
    try_releve(question.indicateur, mesure, exact=reponse.exact)


def _colleague(destinataire: Destinataire, nom: str, email: str) -> Personne:
    found = known_as(nom, email)
    if found is None:
        found = Personne(nom=nom, email=email)
        found.full_clean()
        if not email:
            raise ValidationError({"email": "Donnez l’adresse de votre collègue."})
        found.save()
    if found.pk == destinataire.personne_id:
        raise ValidationError({"nom": "C’est vous : donnez le nom de votre collègue, même à une adresse partagée."})
    if RefusDeSollicitation.objects.filter(espace=destinataire.point.espace, personne=found).exists():
        raise ValidationError({"email": "Cette personne ne souhaite plus être sollicitée : choisissez-en une autre."})
    if Destinataire.objects.filter(point=destinataire.point, personne=found).exists():
        raise ValidationError({"email": "Cette personne est déjà sollicitée pour ce point d’étape."})
    return found


def _locked(destinataire: Destinataire) -> Destinataire:
    rows = Destinataire.objects.select_for_update(of=("self",))
    found = rows.select_related("point__espace", "personne", "organisation").get(pk=destinataire.pk)
    if sentence := why_closed(found):
        raise LienClos(sentence)
    return found


def _trace(destinataire: Destinataire, facts: list[Fait]) -> None:
    body = destinataire.organisation.nom if destinataire.organisation else ""
    record(trace_of(destinataire.point.espace), Auteur(destinataire.personne_id, body), facts)
