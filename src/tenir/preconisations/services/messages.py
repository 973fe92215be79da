"""Which messages are asked for: to the body that answers, before its day and once it is past; to whoever sent it."""

from datetime import datetime, timedelta

from django.db import transaction

from tenir.acteurs.models import Personne
from tenir.core import courriels, horloge
from tenir.core.models import Courriel
from tenir.core.seuils import in_force
from tenir.core.typographie import accord, pluriel
from tenir.ecran.seuils import undone_until
from tenir.gouvernance.services.reunions import contacts_of_council
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.enums import FINAL, EtatDePreconisation, Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.seuils import ADRESSE_GARDEE, RAPPEL

DEMANDE, RAPPEL_DE_REPONSE = "preconisation-demande", "preconisation-rappel"
"""Those to a contact of the body that answers; their `cible` is « préconisation/person »."""
CONSEIL = "preconisation-conseil"
"""What became of what the council asked, to each of its contacts; its `cible` is « préconisation/person »."""
SUIVI = "preconisation-suivi"
"""The same to whoever sent one; its `cible` is « préconisation »."""


def ask(preconisation: Preconisation) -> int:
    """Ask the contacts of the body for its answer, once the gesture can be undone no more; return how many."""
    turn = f"{preconisation.organisme_id}/{preconisation.rouverte_le or ''}"
    return _send(DEMANDE, preconisation, turn, undone_until(horloge.now()))


def remind(now: datetime) -> str:
    """The task of each day: recall the answers due soon, and those that are late, once each."""
    done = sum(
        _remind(espace, now) for espace in EspaceDeContrat.objects.filter(preconisations__isnull=False).distinct()
    )
    return f"{pluriel(done, 'rappel')} {accord(done, 'demandé')}."


@transaction.atomic
def _remind(espace: EspaceDeContrat, now: datetime) -> int:
    today = horloge.today(espace)
    soon = today + timedelta(days=in_force(RAPPEL, today))
    rows = Preconisation.objects.of(espace).expected().filter(echeance__lte=soon)
    return sum(_send(RAPPEL_DE_REPONSE, one, _turn(one, late=one.is_late(today)), now) for one in rows)


def _turn(preconisation: Preconisation, *, late: bool) -> str:
    return f"{preconisation.organisme_id}/{preconisation.echeance}/{'retard' if late else 'avant'}"


def _send(genre: str, preconisation: Preconisation, turn: str, when: datetime) -> int:
    if preconisation.organisme is None:
        return 0
    people = contacts_of(preconisation.espace, [preconisation.organisme]).get(preconisation.organisme.pk, [])
    asked = 0
    for person in people:
        cible = f"{preconisation.pk}/{person.pk}"
        cle = f"{genre}/{cible}/{turn}"
        asked += not Courriel.objects.filter(cle=cle).exists()
        _enqueue(cle, genre, cible, when)
    return asked


def _enqueue(cle: str, genre: str, cible: str, when: datetime) -> None:
    made = courriels.enqueue(cle=cle, genre=genre, cible=cible, pas_avant=when)
    if made.etat == Courriel.Etat.ANNULE:  # the gesture was undone, and is done again
        courriels.send_again(made, when)


def tell_council(preconisation: Preconisation) -> None:
    """Tell the contacts of the council where stands what it asked; nothing of what another asked, or not published."""
    if preconisation.origine != Origine.CONSEIL or preconisation.niveau:
        return
    for person in contacts_of_council(preconisation.espace):
        cible = f"{preconisation.pk}/{person.pk}"
        cle = f"{CONSEIL}/{cible}/{preconisation.version}"
        waiting = courriels.of(CONSEIL, cible).filter(etat=Courriel.Etat.A_ENVOYER)
        courriels.cancel(waiting.exclude(cle=cle))
        _enqueue(cle, CONSEIL, cible, undone_until(horloge.now()))


def tell_sender(preconisation: Preconisation) -> None:
    """Tell whoever asked where it stands: the council by its contacts, whoever sent it when she left an address.

    A receipt leaves at once, the rest once it can be undone no more.
    """
    tell_council(preconisation)
    if not preconisation.courriel:
        return
    received = preconisation.etat == EtatDePreconisation.A_LIRE
    when = horloge.now() if received else undone_until(horloge.now())
    waiting = courriels.of(SUIVI, str(preconisation.pk)).filter(etat=Courriel.Etat.A_ENVOYER)
    if not received:
        courriels.cancel(waiting.exclude(cle=f"{SUIVI}/{preconisation.pk}/1"))
    cle = f"{SUIVI}/{preconisation.pk}/{preconisation.version}"
    courriels.enqueue(cle=cle, genre=SUIVI, cible=str(preconisation.pk), pas_avant=when)


def forget_addresses(now: datetime) -> str:
    """The task of the night that empties the addresses left for what is closed for long, and those of its messages."""
    done = sum(_forget(espace) for espace in EspaceDeContrat.objects.filter(preconisations__courriel__gt="").distinct())
    return f"{pluriel(done, 'adresse', genre='f')} {accord(done, 'effacée')}."


@transaction.atomic
def _forget(espace: EspaceDeContrat) -> int:
    today = horloge.today(espace)
    before = today - timedelta(days=in_force(ADRESSE_GARDEE, today))
    held = Preconisation.objects.filter(espace=espace).exclude(courriel="")
    answered = held.filter(etat__in=FINAL).exclude(reponses__le__gt=before).exclude(rouverte_le__gt=before)
    aside = held.filter(etat=EtatDePreconisation.ECARTEE, recue_le__lte=before)
    return empty_addresses([*answered.values_list("pk", flat=True), *aside.values_list("pk", flat=True)])


def empty_addresses(numbers: list[int]) -> int:
    """Empty the addresses of some préconisations, and of the messages sent about them."""
    sent = Courriel.objects.filter(genre=SUIVI, cible__in=[str(one) for one in numbers])
    courriels.cancel(sent)
    sent.update(adresse="")
    return Preconisation.objects.filter(pk__in=numbers).update(courriel="")


def forget_person(personne: Personne) -> None:
    """Call off what waits for a contact, and take her address off what left; empty hers where she sent something."""
    sent = Courriel.objects.filter(genre__in=(DEMANDE, RAPPEL_DE_REPONSE, CONSEIL), cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")
    if personne.email:
        rows = Preconisation.objects.filter(courriel__iexact=personne.email)
        empty_addresses(list(rows.values_list("pk", flat=True)))
