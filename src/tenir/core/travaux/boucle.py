"""The loop does works: taken by lease, one step at a time, each step kept with the mark of where the work stands.

Killed anywhere, a work goes on from its last step once the lease is over. Of two loops, one has it: what a loop that
lost its lease still writes is refused with its step.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet

from tenir.core import horloge
from tenir.core.models import Travail
from tenir.core.travaux.chantier import ArretDemande, Chantier, Fin, Pas, TravailRefuse, declared
from tenir.core.travaux.fichiers import drop_files, drop_given
from tenir.core.travaux.suivi import SuiviDeBoucle

log = logging.getLogger(__name__)
SLICE = 20.0
"""Seconds that works may take before the loop looks at its tasks again, between two steps."""
TRIES = 3
"""How many times a work is taken without a step of it coming to its end."""
Etat = Travail.Etat
Now = Callable[[], datetime]
Stop = Callable[[], bool]
UNEXPECTED = "Une erreur inattendue a arrêté ce travail ; le journal du serveur la raconte."
STUCK = "Ce travail s’est interrompu plusieurs fois au même endroit : il n’est plus tenté."
UNKNOWN = "Cette version de Tenir ne sait plus faire ce travail."
CANCELLED = "Annulé."


def waiting(now: datetime) -> bool:
    """Whether a work may be taken."""
    return Travail.objects.filter(_free(now)).exists()


def advance_works(now: Now = horloge.now, stop: Stop = lambda: False, seconds: float = SLICE) -> list[Travail]:
    """Take works one after the other until none is left, `stop` or the time given; return those that came to an end."""
    until = monotonic() + seconds
    over: list[Travail] = []
    while not stop() and monotonic() < until and (travail := take(now())):
        _advance(travail, now, stop, until)
        if not travail.ouvert:
            over.append(travail)
    return over


def take(now: datetime) -> Travail | None:
    """Take the work that waits for the longest: one statement, so that of two loops one alone has it."""
    kinds, mark = declared(), secrets.token_hex(16)
    for pk, genre in Travail.objects.filter(_free(now)).order_by("demande_le", "pk").values_list("pk", "genre"):
        lease = kinds[genre].lease if genre in kinds else timedelta(minutes=1)
        free = Travail.objects.filter(_free(now), pk=pk)
        if free.update(etat=Etat.EN_COURS, bail=mark, bail_jusqu_a=now + lease, essais=F("essais") + 1):
            return Travail.objects.get(pk=pk)
    return None


def step(travail: Travail, now: Now = horloge.now, stop: Stop = lambda: False) -> None:
    """Do one step of a work that was taken, and keep it with its mark: both, or neither.

    Raises:
        ArretDemande: the lease is lost, or the loop stops; what the step did does not count.
        DatabaseError: the database refused; the lease runs out and the step is tried again.
    """
    chantier = declared().get(travail.genre)
    if travail.arret_le:
        return _end(travail, Etat.ANNULE, now(), phrase=CANCELLED)
    if chantier is None or travail.essais > TRIES:
        return _end(travail, Etat.ECHOUE, now(), erreur=STUCK if chantier else UNKNOWN)
    try:
        with SuiviDeBoucle(travail, chantier.lease, now, stop) as suivi:
            done = chantier.avancer(travail, suivi)
        _keep(travail, chantier, done, now())
    except (ArretDemande, DatabaseError):
        raise
    except TravailRefuse as error:
        _end(travail, Etat.ECHOUE, now(), erreur=str(error))
    except Exception:  # a work that fails stops no other
        log.exception("Le travail %s (%s) a échoué", travail.pk, travail.genre)
        _end(travail, Etat.ECHOUE, now(), erreur=UNEXPECTED)
    return None


def _free(now: datetime) -> Q:
    return Q(etat=Etat.EN_ATTENTE) | Q(etat=Etat.EN_COURS) & (Q(bail="") | Q(bail_jusqu_a__lte=now))


def _held(travail: Travail) -> QuerySet[Travail]:
    return Travail.objects.filter(pk=travail.pk, etat=Etat.EN_COURS, bail=travail.bail)


def _advance(travail: Travail, now: Now, stop: Stop, until: float) -> None:
    """Do the steps of a work until its end, or until it must be left."""
    try:
        while travail.ouvert and not stop() and monotonic() < until:
            step(travail, now, stop)
            travail.refresh_from_db(fields=["arret_le"])
    except ArretDemande:
        if _held(travail).filter(arret_le__isnull=False).exists():
            _end(travail, Etat.ANNULE, now(), phrase=CANCELLED)
    if travail.ouvert:
        _held(travail).update(bail="", bail_jusqu_a=None, essais=0)  # left in good order, not killed


def _keep(travail: Travail, chantier: Chantier, done: Pas | Fin, now: datetime) -> None:
    """Write what a step did and where the work stands, in one transaction, if the work is still ours and wanted."""
    if isinstance(done, Fin):
        return _finish(travail, done, now)
    total = done.total
    fait = min(done.fait, total) if total is not None else done.fait
    moved = {"marque": done.marque, "fait": fait, "total": total, "phrase": done.phrase, "essais": 1}
    with transaction.atomic():
        _move(travail, **moved, bail_jusqu_a=now + chantier.lease)
        if done.ecrire:
            done.ecrire()
    for name, value in moved.items():
        setattr(travail, name, value)
    return None


def _finish(travail: Travail, done: Fin, now: datetime) -> None:
    if done.fichier:
        travail.fichier.save(done.nom_du_fichier, ContentFile(done.fichier), save=False)
    made = {"fichier": travail.fichier.name or "", "nom_du_fichier": done.nom_du_fichier if done.fichier else ""}
    try:
        with transaction.atomic():
            closed = {"etat": Etat.FINI, "fin": now, "bail": "", "bail_jusqu_a": None, "marque": {}}
            whole = {} if travail.total is None else {"fait": travail.total}
            _move(travail, **closed, **whole, **made, phrase=done.phrase)
            if done.ecrire:
                done.ecrire()
            if suite := done.suite if isinstance(done.suite, str) else done.suite():
                Travail.objects.filter(pk=travail.pk).update(suite=suite)
    except BaseException:
        if travail.fichier.name:
            travail.fichier.storage.delete(travail.fichier.name)
            travail.fichier = ""
        raise
    travail.refresh_from_db()
    drop_given(travail)


def _move(travail: Travail, **fields: object) -> None:
    """Change a work that is still ours, and that nobody asked to stop: first, so that its row is locked.

    Raises:
        ArretDemande: it is not, or someone did.
    """
    if not _held(travail).filter(arret_le=None).update(**fields):
        raise ArretDemande


def _end(travail: Travail, etat: str, now: datetime, *, phrase: str = "", erreur: str = "") -> None:
    """End a work that is not done: what it left outside the database is taken back first.

    Raises:
        ArretDemande: it is no longer ours.
    """
    chantier = declared().get(travail.genre)
    if not _held(travail).exists():
        raise ArretDemande
    if chantier and chantier.defaire:
        chantier.defaire(travail)
    closed = {"etat": etat, "fin": now, "bail": "", "bail_jusqu_a": None, "marque": {}}
    if not _held(travail).update(**closed, erreur=erreur, **({"phrase": phrase} if phrase else {})):
        raise ArretDemande
    travail.refresh_from_db()
    drop_files(travail)
