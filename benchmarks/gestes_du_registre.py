"""One hand that writes in a register until it is stopped; run by `benchmarks.registre`, a byte told a gesture.

Django is set up by whoever runs it.
"""

import os
import random
import time
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from tenir.acteurs.models import Organisation
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import Saisie, correct_entree, judge_entree, record_entree
from tenir.core import horloge
from tenir.demonstration.personnes import actors
from tenir.ecran.annulation.annuler import ChangeDepuis, DejaAnnule, Irrevocable, undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of, may

REFUSED = (Conflit, ValidationError, ChangeDepuis, DejaAnnule, Irrevocable)
"""What two hands on one thing may be told: nothing is written then."""
BUSY = OperationalError
"""SQLite lets one write at a time, PostgreSQL stops one of two that wait for each other."""


def main(slug: str, journal: str, graine: str) -> None:
    """Write at random, for good."""
    rng = random.Random(int(graine))  # noqa: S311 - no secret
    espace = EspaceDeContrat.objects.get(slug=slug)
    found = [acces_of(one) for one in actors(espace)]
    by = next(one for one in found if may(one, "entree.judge", espace))
    bodies = list(Organisation.objects.filter(signatures__espace=espace).distinct().order_by("pk")[:4])
    with open(journal, "ab", buffering=0) as told:  # noqa: PTH123 - unbuffered
        while True:
            try:
                gesture(rng, espace, by, bodies)
            except REFUSED:
                pass
            except BUSY:
                time.sleep(0.02)
                continue
            os.write(told.fileno(), b".")


def gesture(rng: random.Random, espace: EspaceDeContrat, by: Acces, bodies: list[Organisation]) -> None:
    """One gesture: six times in ten an entry, else something done to one of the last."""
    held = list(Entree.objects.of(espace).select_related("espace", "mots").order_by("-pk")[:30])
    if not held or rng.random() < 0.6:
        add(rng, espace, by, bodies)
        return
    one = rng.choice(held)
    match rng.randrange(4):
        case 0:
            number = {("presents", ""): Decimal(rng.randint(1, 60))}
            correct_entree(by=by, entree=one, version=one.version, changes={}, valeurs=number, exact=True)
        case 1:
            day = one.debut - timedelta(days=rng.randint(1, 60))
            correct_entree(by=by, entree=one, version=one.version, changes={"debut": day, "fin": day}, exact=True)
        case 2:
            judge_entree(by=by, entree=one, confiance=rng.choice(list(Confiance)), motif="Au hasard.")
        case _:
            take_back(rng, by, espace)


def add(rng: random.Random, espace: EspaceDeContrat, by: Acces, bodies: list[Organisation]) -> None:
    """A session of the last year, with a part of its people."""
    day = horloge.today(espace) - timedelta(days=rng.randint(0, 365))
    total = rng.randint(1, 60)
    numbers = {("presents", ""): Decimal(total), ("presents", "sexe:f"): Decimal(rng.randint(0, total))}
    statut = Statut.ANNULEE if rng.random() < 0.1 else Statut.TENUE
    given = {"debut": day, "fin": day, "organisme": rng.choice(bodies), "statut": statut}
    record_entree(by=by, espace=espace, nature="atelier", saisie=Saisie(given, numbers), exact=True)


def take_back(rng: random.Random, by: Acces, espace: EspaceDeContrat) -> None:
    """Undo one of the last gestures."""
    last = list(Geste.objects.filter(espace=espace, annule_le=None, lot=False).order_by("-pk")[:10])
    if last:
        with transaction.atomic():
            undo(by=by, geste=rng.choice(last))
