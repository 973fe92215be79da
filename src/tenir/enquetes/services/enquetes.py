"""Preparing a survey: from the core or from the edition before; opening it; letting anyone read what it says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, told
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.enquetes.champs import ENQUETE, QUESTION
from tenir.enquetes.models import Enquete, QuestionDEnquete, answers_in
from tenir.enquetes.noyau import core, sensitive
from tenir.enquetes.resultats import ASSEZ, readable
from tenir.enquetes.services.commun import GENRE, PUBLISH, RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

OPENED = "Cette enquête a ouvert : ses questions ne changent plus, pour que les réponses restent comparables."
MOST = 15
"""More questions than anyone answers on a phone."""


def about(enquete: Enquete, right: str = RIGHT) -> Chose:
    """A survey as what is done to it is told, and undone."""
    return Chose(enquete, GENRE, enquete.code, enquete.titre, right)


@transaction.atomic
def write_down(
    *, by: Acces, espace: EspaceDeContrat, values: Mapping[str, Any], depuis: Enquete | None = None
) -> Enquete:
    """Prepare a survey with the questions of the core, or those of an edition before.

    Raises:
        Refus: she may not.
        ValidationError: a field that it cannot hold.
    """
    require(by, RIGHT, espace)
    made = Enquete(espace=espace, **values)
    made.numero = next_number(Enquete, espace)
    made.full_clean()
    with geste(by, about(made), "préparée") as g:
        g.keep(made)
        made.save()
        for question in _questions(made, depuis):
            g.keep(question)
            question.full_clean()
            question.save()
        said = {label(name, Enquete): told(name, getattr(made, name), Enquete) for name in ENQUETE}
        g.tell([Fait(GENRE, made.code, noun, "", value) for noun, value in said.items() if value])
    return made


def _questions(made: Enquete, depuis: Enquete | None) -> list[QuestionDEnquete]:
    if depuis is not None:
        held = [{name: getattr(one, name) for name in QUESTION} for one in depuis.questions.order_by("rang")]
    else:
        held = [
            {
                "code": one.code,
                "libelle": one.libelle,
                "plusieurs": one.plusieurs,
                "choix": "\n".join(f"{code} : {text}" for code, text in one.reponses.items()),
            }
            for one in core()
        ]
    return [QuestionDEnquete(enquete=made, rang=rank, **row) for rank, row in enumerate(held, 1)]


@transaction.atomic
def change(*, by: Acces, enquete: Enquete, version: int, changes: Mapping[str, Any]) -> Enquete:
    """Change what a survey says of itself.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold.
    """
    require(by, RIGHT, enquete.espace)
    found = locked(enquete)
    changed = changed_fields(found, changes, ENQUETE)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    with geste(by, about(found), f"changée ({nouns(changed, Enquete)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        _save(found)
        g.tell(facts)
    return found


@transaction.atomic
def open_between(*, by: Acces, enquete: Enquete, ouvre_le: date, ferme_le: date, lu: Lu | None = None) -> Enquete:
    """Let anyone answer from a day to another; of one that is open, close it sooner or later.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: days past or crossed, no question, results already public.
    """
    require(by, RIGHT, enquete.espace)
    found = locked(enquete)
    refuse_unread(lu, shown(found))
    today = horloge.today(found.espace)
    if found.publiee_le:
        raise ValidationError("Ses résultats sont publics : une nouvelle édition, plutôt.")
    if not found.questions.exists():
        raise ValidationError("Elle n’a pas de question : ajoutez-en une.")
    if ferme_le < today:
        raise ValidationError({"ferme_le": "Ce jour est passé."})
    if found.reponses and ouvre_le != found.ouvre_le:
        raise ValidationError({"ouvre_le": "Des réponses sont venues : son premier jour ne change plus."})
    before = _days(found)
    with geste(by, about(found), f"ouverte jusqu’au {date_fr(ferme_le)}") as g:
        g.keep(found)
        found.ouvre_le, found.ferme_le = ouvre_le, ferme_le
        _save(found)
        g.tell([Fait(GENRE, found.code, "jours", before, _days(found))])
    return found


@transaction.atomic
def publish(*, by: Acces, enquete: Enquete, lu: Lu | None = None) -> Enquete:
    """Let anyone read the results, small numbers masked.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is still open, public already, or too few answered.
    """
    require(by, PUBLISH, enquete.espace)
    found = locked(enquete)
    refuse_unread(lu, shown(found))
    today = horloge.today(found.espace)
    if found.publiee_le:
        raise ValidationError("Ses résultats sont déjà publics.")
    if not found.is_over(today):
        raise ValidationError("Attendez qu’elle soit fermée : un résultat en cours de route oriente les réponses.")
    if not readable(found):
        raise ValidationError(f"Il faut {ASSEZ} questionnaires au moins pour publier sans désigner personne.")
    return _published(by, found, today, "publiée")


@transaction.atomic
def take_off(*, by: Acces, enquete: Enquete, lu: Lu | None = None) -> Enquete:
    """Take the results off the public site.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: they are not public.
    """
    require(by, PUBLISH, enquete.espace)
    found = locked(enquete)
    refuse_unread(lu, shown(found))
    if not found.publiee_le:
        raise ValidationError("Ses résultats ne sont pas publics.")
    return _published(by, found, None, "retirée du site public")


def _published(by: Acces, found: Enquete, on: date | None, said: str) -> Enquete:
    before = told("publiee_le", found.publiee_le, Enquete)
    with geste(by, about(found, PUBLISH), said) as g:
        g.keep(found)
        found.publiee_le = on
        _save(found)
        g.tell([Fait(GENRE, found.code, label("publiee_le", Enquete), before, told("publiee_le", on, Enquete))])
    return found


@transaction.atomic
def add_question(*, by: Acces, enquete: Enquete, values: Mapping[str, Any]) -> QuestionDEnquete:
    """Ask one more thing, last.

    Raises:
        Refus: she may not.
        ValidationError: the survey has opened, asks enough already, or the question asks what it may not.
    """
    require(by, RIGHT, enquete.espace)
    found = _not_opened(enquete)
    ranks = list(found.questions.values_list("rang", flat=True))
    if len(ranks) >= MOST:
        raise ValidationError(f"{MOST} questions suffisent : au-delà, on abandonne en route.")
    made = QuestionDEnquete(enquete=found, rang=max(ranks, default=0) + 1, **values)
    _check(made)
    with geste(by, about(found), "question ajoutée") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(GENRE, found.code, "question", "", made.libelle)])
    return made


@transaction.atomic
def change_question(
    *, by: Acces, question: QuestionDEnquete, version: int, changes: Mapping[str, Any]
) -> QuestionDEnquete:
    """Change a question before the survey opens.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: the survey has opened, or the question asks what it may not.
    """
    require(by, RIGHT, question.enquete.espace)
    survey = _not_opened(question.enquete)
    found = still(QuestionDEnquete.objects.select_for_update(of=("self",)).select_related("enquete__espace"), question)
    changed = changed_fields(found, changes, QUESTION)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, survey.code, found, changed)
    with geste(by, about(survey), f"question changée ({nouns(changed, QuestionDEnquete)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        _check(found)
        found.save()
        g.tell(facts)
    return found


@transaction.atomic
def remove_question(*, by: Acces, question: QuestionDEnquete, lu: Lu | None = None) -> None:
    """Ask something no more.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the survey has opened.
    """
    require(by, RIGHT, question.enquete.espace)
    survey = _not_opened(question.enquete)
    found = still(QuestionDEnquete.objects.select_for_update(of=("self",)).select_related("enquete__espace"), question)
    refuse_unread(lu, shown_question(found))
    with geste(by, about(survey), "question retirée") as g:
        g.keep(found)
        g.tell([Fait(GENRE, survey.code, "question", found.libelle, "")])
        found.delete()


def shown(enquete: Enquete) -> Lu:
    """What is read of a survey before it opens, or is public."""
    asked = list(enquete.questions.order_by("rang").values_list("libelle", flat=True))
    return {
        "titre": enquete.titre,
        "jours": _days(enquete),
        "questionnaires": str(enquete.reponses),
        **{f"question {rank}": words for rank, words in enumerate(asked, 1)},
    }


def shown_question(question: QuestionDEnquete) -> Lu:
    """What a page shows of a question that it removes."""
    return {"question": question.libelle, "réponses": question.choix}


def locked(enquete: Enquete) -> Enquete:
    """A survey, held until the end of the transaction."""
    return still(Enquete.objects.select_for_update(of=("self",)).select_related("espace", "conduite_par"), enquete)


def _days(one: Enquete) -> str:
    return f"du {date_fr(one.ouvre_le)} au {date_fr(one.ferme_le)}" if one.ouvre_le and one.ferme_le else ""


def _save(found: Enquete) -> None:
    found.version += 1
    found.full_clean()
    found.save()


def _not_opened(enquete: Enquete) -> Enquete:
    found = locked(enquete)
    if found.ouvre_le and found.ouvre_le <= horloge.today(found.espace):
        raise ValidationError(OPENED)
    return found


def _check(question: QuestionDEnquete) -> None:
    if word := sensitive(f"{question.libelle} {question.choix}"):
        said = f"Une enquête ne demande ni donnée sensible, ni qui répond (« {word} ») : tournez la question autrement."
        raise ValidationError({"libelle": said})
    if len(answers_in(question.choix)) < 2:
        raise ValidationError({"choix": "Écrivez deux réponses au moins, une par ligne : « oui : oui »."})
    for code in answers_in(question.choix):
        question._meta.get_field("code").run_validators(code)
    question.full_clean()


def count_fr(enquete: Enquete) -> str:
    """« 34 questionnaires reçus »."""
    return pluriel(enquete.reponses, "questionnaire reçu", "questionnaires reçus")
