"""Bodies are asked what changed and what is missing today. They answer by their link, or the team notes it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation, Personne
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.noms import de
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import pluriel
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import words_of
from tenir.ecran.seuils import undone_until
from tenir.evaluation.champs import CONTRIBUTION as WRITTEN
from tenir.evaluation.models import Contribution, Evaluation
from tenir.evaluation.services.commun import EVALUATION, RIGHT, about, locked, locked_row
from tenir.evaluation.services.liens import LienClos, why_closed
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

DEMANDE = "evaluation-contribution"
"""The message to a contact of a body; its `cible` is « contribution/person »."""


@transaction.atomic
def ask_bodies(*, by: Acces, evaluation: Evaluation, organismes: Iterable[Organisation]) -> list[Contribution]:
    """Ask bodies their two questions; those that were asked already are asked again only if they did not answer.

    Raises:
        Refus: she may not.
        ValidationError: nobody is chosen, or the évaluation is published.
    """
    require(by, RIGHT, evaluation.espace, evaluation)
    found = locked(evaluation)
    asked = {one.organisme_id: one for one in found.contributions.all()}
    wanted = list(organismes)
    if not wanted:
        raise ValidationError({"organismes": "Choisissez un organisme au moins."})
    rows = [asked.get(one.pk) or Contribution(evaluation=found, organisme=one) for one in wanted]
    waiting = [one for one in rows if one.recue_le is None]
    if waiting and (sentence := why_closed(waiting[0])):
        raise ValidationError(sentence)
    phrase = f"{pluriel(len(waiting), 'organisme sollicité', 'organismes sollicités')}"
    with geste(by, about(found), phrase) as g:
        for one in waiting:
            if one.pk is None:
                one.full_clean(exclude=["evaluation"])
                g.keep(one)
                one.save()
        g.tell(
            [
                Fait(
                    EVALUATION,
                    found.code,
                    "organismes sollicités",
                    "",
                    ", ".join(str(one.organisme) for one in waiting),
                )
            ]
        )
    _send(found, waiting)
    return waiting


def _send(evaluation: Evaluation, waiting: Iterable[Contribution]) -> None:
    """Ask the contacts of each body, once the gesture can be undone no more; one message a day at most."""
    rows = list(waiting)
    when, day = undone_until(horloge.now()), horloge.today(evaluation.espace)
    people = contacts_of(evaluation.espace, [one.organisme for one in rows])
    for one in rows:
        for person in people.get(one.organisme_id, []):
            cible = f"{one.pk}/{person.pk}"
            made = courriels.enqueue(cle=f"{DEMANDE}/{cible}/{day}", genre=DEMANDE, cible=cible, pas_avant=when)
            if made.etat == Courriel.Etat.ANNULE:  # the gesture was undone, and is done again
                courriels.send_again(made, when)


@transaction.atomic
def answer(
    *, by: Acces | None, contribution: Contribution, change: str, besoin: str, lu: Lu | None = None
) -> Contribution:
    """Keep what a body says. `by`: nobody, when it is by its link, without an account.

    Raises:
        Refus: she may not.
        LienClos: by the link, once the évaluation is published.
        Perime: it is no more what was read.
        ValidationError: it answers neither question.
    """
    evaluation = contribution.evaluation
    if by:
        require(by, RIGHT, evaluation.espace, evaluation)
    found = locked_row(contribution)
    if sentence := why_closed(found):
        raise ValidationError(sentence) if by else LienClos(sentence)
    refuse_unread(lu, shown(found))
    before = _said(found)
    if by:
        with geste(by, about(evaluation), f"réponse notée ({found.organisme})") as g:
            g.keep(found)
            _write(found, change, besoin, by_link=False)
            g.tell([_told(found, before)])
    else:
        _write(found, change, besoin, by_link=True)
        author = Auteur(pour=found.organisme.nom, commande="lien d’évaluation")
        record(trace_of(evaluation.espace), author, [_told(found, before)])
    return found


def _write(found: Contribution, change: str, besoin: str, *, by_link: bool) -> None:
    found.change, found.besoin = change.strip(), besoin.strip()
    found.recue_le, found.par_lien = horloge.today(found.evaluation.espace), by_link
    found.version += 1
    found.full_clean()
    found.save()


def _told(found: Contribution, before: str) -> Fait:
    return Fait(EVALUATION, found.evaluation.code, f"réponse {de(found.organisme)}", before, _said(found))


def _said(found: Contribution) -> str:
    return " / ".join(said for said in (found.change, found.besoin) if said)


def shown(contribution: Contribution) -> Lu:
    """What a page shows of what a body said."""
    return words_of(contribution, WRITTEN)


def forget_person(personne: Personne) -> None:
    """Call off what waits for a contact, and take her address off what left."""
    sent = Courriel.objects.filter(genre=DEMANDE, cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")
