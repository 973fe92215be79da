"""A site whose one kind of work takes its time: what `test_travail_tue.py` kills. Run as a module, with a verb."""

import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from tenir.cli.main import main  # noqa: E402
from tenir.core.models import EntreeDeCache, Travail  # noqa: E402
from tenir.core.piece import Piece, declare  # noqa: E402
from tenir.core.trace import Auteur  # noqa: E402
from tenir.core.travaux.chantier import Chantier, Fin, Pas, Suivi  # noqa: E402
from tenir.core.travaux.demande import Demande, ask_for_work  # noqa: E402

STEPS = 60
LEASE = timedelta(seconds=3)


def slow(travail: Travail, suivi: Suivi) -> Pas | Fin:
    """One row a step; the first write of a step done twice would be refused: its key is taken."""
    rank = travail.marque.get("rang", 0)

    def write() -> None:
        EntreeDeCache.objects.create(cache_key=f"pas {rank}", value="", expires=datetime.now(UTC) + timedelta(days=1))
        time.sleep(0.02)  # a process is as often killed while it writes as while it thinks

    time.sleep(0.02)
    return Fin("Fait.", ecrire=write) if rank == STEPS - 1 else Pas({"rang": rank + 1}, rank + 1, STEPS, "", write)


declare(Piece("essai", works={"lent": Chantier(slow, "fiche.read", lease=LEASE)}))
if sys.argv[1] == "demander":
    ask_for_work(Demande("lent", "Lent", "/"), chaine="plateforme", auteur=Auteur(1))
else:
    main(["boucle", "--pause", "1"])
