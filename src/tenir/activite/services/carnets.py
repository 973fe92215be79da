"""The carnets of a contract: opened, changed, closed by the team; each month a fresh link leaves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.champs import OF_ANOTHER
from tenir.activite.enums import Confiance, GenreDeCarnet
from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.services.liens_de_carnet import latest, make_link, send_link, why_not_written
from tenir.activite.services.registre import hold
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import accord, capital, date_fr, pluriel
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, told, words_of
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

GENRE = "carnet"
"""The kind of these facts in the trace; their object is the number of the carnet."""
RIGHT = "carnet.update"
WRITTEN = ("natures", "confiance", "mensuel")
"""The fields of a carnet that someone changes."""
TOLD = ("genre", "organisme", "lieu", *WRITTEN, "ferme_le")
SENT, ERASED = "lien envoyé", "effacement d’une personne"


@transaction.atomic
def open_carnet(*, by: Acces, espace: EspaceDeContrat, referent: Referent, **given: Any) -> Carnet:
    """Open the carnet of a contact of a body, and send her its first link. `given`: what `WRITTEN` says of it.

    Raises:
        Refus: she may not.
        ValidationError: she has one already, has no address, or is a contact of another contract.
    """
    require(by, RIGHT, espace)
    if referent.espace_id != espace.pk:
        raise ValidationError({"referent": "Cette personne est le contact d’un autre contrat."})
    if not referent.personne.email:
        raise ValidationError({"referent": "Cette personne n’a pas d’adresse électronique : donnez-lui-en une."})
    carnet = Carnet(
        espace=espace,
        genre=GenreDeCarnet.PERSONNEL,
        organisme=referent.organisation,
        personne=referent.personne,
        **given,
    )
    _add(by, carnet)
    _send(by, carnet)
    return carnet


@transaction.atomic
def put_up(
    *, by: Acces, espace: EspaceDeContrat, lieu: Lieu, organisme: Organisation, natures: Collection[str] = ()
) -> Carnet:
    """Open the carnet of a place, to be printed and put on its wall: it only adds, and is read before it counts.

    Raises:
        Refus: she may not.
        ValidationError: the place is of another contract.
    """
    require(by, RIGHT, espace)
    if lieu.espace_id != espace.pk:
        raise ValidationError({"lieu": OF_ANOTHER})
    carnet = Carnet(
        espace=espace,
        genre=GenreDeCarnet.AFFICHE,
        organisme=organisme,
        personne=by.personne,
        lieu=lieu,
        natures=list(natures),
        confiance=Confiance.DECLAREE,
        mensuel=False,
    )
    _add(by, carnet)
    make_link(carnet)
    return carnet


@transaction.atomic
def change_carnet(*, by: Acces, carnet: Carnet, version: int, changes: Mapping[str, Any]) -> Carnet:
    """Change what a carnet offers, whether what comes by it counts at once, whether it leaves each month.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it is closed, or a field that it cannot hold.
    """
    require(by, RIGHT, carnet.espace)
    found = _going(carnet)
    changed = changed_fields(found, changes, WRITTEN)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    with geste(by, about(found), f"changé ({nouns(changed, Carnet)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        found.full_clean()
        found.save()
        g.tell(facts)
    return found


@transaction.atomic
def close_carnet(*, by: Acces, carnet: Carnet, motif: str = "", lu: Lu | None = None) -> Carnet:
    """Close a carnet: none of its links opens any more. What came by it stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is closed already.
    """
    require(by, RIGHT, carnet.espace)
    found = _going(carnet)
    refuse_unread(lu, shown(found))
    with geste(by, about(found), "fermé") as g:
        g.keep(found)
        found.ferme_le = horloge.now()
        found.version += 1
        found.save(update_fields=["ferme_le", "version"])
        g.tell([_closed(found)], motif)
    return found


@transaction.atomic
def close_all_of(personne: Personne) -> None:
    """Close the carnets of someone who is being erased: nobody would hold their links."""
    for carnet in Carnet.objects.going().filter(personne=personne, genre=GenreDeCarnet.PERSONNEL).order_by("pk"):
        carnet.ferme_le = horloge.now()
        carnet.version += 1
        carnet.save(update_fields=["ferme_le", "version"])
        record(trace_of(carnet.espace), Auteur(commande=ERASED), [_closed(carnet)])


@transaction.atomic
def send_carnet(*, by: Acces, carnet: Carnet, lu: Lu | None = None) -> LienDeCarnet:
    """Send a fresh link now; of what is on a wall, make one, to be printed again.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is closed.
    """
    require(by, RIGHT, carnet.espace)
    found = _going(carnet)
    refuse_unread(lu, shown(found))
    return _send(by, found)


@transaction.atomic
def stop_the_letter(carnet: Carnet) -> None:
    """No fresh link leaves each month any more, as the one whose carnet it is asks."""
    rows = Carnet.objects.select_for_update(of=("self",)).select_related("espace", "personne", "organisme", "lieu")
    found = still(rows, carnet)
    if found.mensuel:
        facts = facts_of(GENRE, found.code, found, {"mensuel": False})
        found.mensuel = False
        found.version += 1
        found.save(update_fields=["mensuel", "version"])
        record(trace_of(found.espace), Auteur(found.personne_id, found.organisme.nom), facts)


def send_of_the_month(now: datetime) -> str:
    """Send a fresh link to each carnet that had none this month, by the clocks of its contract: a daily task."""
    rows = Carnet.objects.going().filter(mensuel=True).select_related("espace").order_by("pk")
    links = LienDeCarnet.objects.filter(carnet__in=rows).order_by()
    last = dict(links.values_list("carnet").annotate(Max("cree_le")))
    sent = sum(_of_the_month(one, now) for one in rows if _is_due(one.espace, last.get(one.pk), now))
    return capital(f"{pluriel(sent, 'carnet', lettres=True)} {accord(sent, 'envoyé')}.")


def _is_due(espace: EspaceDeContrat, dernier: datetime | None, now: datetime) -> bool:
    """Whether a carnet had no link since the first day of the month, there."""
    return dernier is None or horloge.day_of(dernier, espace) < horloge.day_of(now, espace).replace(day=1)


@transaction.atomic
def _of_the_month(carnet: Carnet, now: datetime) -> bool:
    held = (
        Carnet.objects.going()
        .select_for_update(of=("self",))
        .select_related("espace", "personne")
        .filter(pk=carnet.pk)
        .first()
    )
    last = latest(carnet)
    if held is None or not _is_due(carnet.espace, last.cree_le if last else None, now) or why_not_written(held):
        return False
    send_link(held)
    return True


def shown(carnet: Carnet) -> Lu:
    """What a page shows of a carnet, in words; its links too, for one sent twice is one too many."""
    last = latest(carnet)
    return {**words_of(carnet, TOLD), "dernier lien": f"n° {last.pk}" if last else ""}


def _closed(carnet: Carnet) -> Fait:
    return Fait(GENRE, carnet.code, label("ferme_le", Carnet), "", told("ferme_le", carnet.ferme_le, Carnet))


def about(carnet: Carnet) -> Chose:
    """A carnet as what is done to it is told, and undone."""
    return Chose(carnet, GENRE, carnet.code, f"{carnet}, n° {carnet.numero}", RIGHT)


def _add(by: Acces, carnet: Carnet) -> None:
    registre = hold(carnet.espace)
    registre.dernier_carnet += 1
    registre.save(update_fields=["dernier_carnet"])
    carnet.numero = registre.dernier_carnet
    carnet.full_clean()
    with geste(by, about(carnet), "ouvert") as g:
        g.keep(carnet)
        carnet.save()
        said = {name: told(name, getattr(carnet, name), Carnet) for name in TOLD}
        g.tell([Fait(GENRE, carnet.code, label(name, Carnet), "", value) for name, value in said.items() if value])


def _send(by: Acces, carnet: Carnet) -> LienDeCarnet:
    lien = make_link(carnet) if carnet.mural else send_link(carnet)
    until = date_fr(horloge.day_of(lien.expire_le, carnet.espace))
    fact = Fait(GENRE, carnet.code, SENT, "", f"valable jusqu’au {until}")
    record(trace_of(carnet.espace), by.auteur(carnet.espace), [fact])
    return lien


def _going(carnet: Carnet) -> Carnet:
    rows = Carnet.objects.select_for_update(of=("self",)).select_related("espace", "organisme", "personne", "lieu")
    found = still(rows, carnet)
    if found.ferme_le:
        raise ValidationError("Ce carnet est fermé : ouvrez-en un autre.")
    return found
