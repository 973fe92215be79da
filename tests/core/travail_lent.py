"""A site whose one kind of work may stop in the middle: what `test_travail_tue.py` kills. Run as a module, with a verb.

Told « pense » or « écrit », a loop says where it is, then waits for ever: before the write of a step, or inside it.
"""

import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from tenir.cli import installation  # noqa: E402
from tenir.cli.main import main  # noqa: E402
from tenir.core.models import EntreeDeCache, Travail  # noqa: E402
from tenir.core.piece import Piece, declare  # noqa: E402
from tenir.core.trace import Auteur  # noqa: E402
from tenir.core.travaux.chantier import Chantier, Fin, Pas, Suivi  # noqa: E402
from tenir.core.travaux.demande import Demande, ask_for_work  # noqa: E402

STEPS = 60
MIDDLE = 5
LEASE = timedelta(seconds=3)
VERB, MOMENT = [*sys.argv[1:], ""][:2]


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 (what the test waits for)


def stop_there(rank: int, moment: str) -> None:
    """In the middle, at the moment asked, wait to be killed."""
    if (rank, moment) == (MIDDLE, MOMENT):
        say(moment)
        sys.stdin.read()


def slow(travail: Travail, suivi: Suivi) -> Pas | Fin:
    """One row a step; the first write of a step done twice would be refused: its key is taken."""
    rank = travail.marque.get("rang", 0)

    def write() -> None:
        EntreeDeCache.objects.create(cache_key=f"pas {rank}", value="", expires=datetime.now(UTC) + timedelta(days=1))
        stop_there(rank, "écrit")

    stop_there(rank, "pense")
    return Fin("Fait.", ecrire=write) if rank == STEPS - 1 else Pas({"rang": rank + 1}, rank + 1, STEPS, "", write)


declare(Piece("essai", works={"lent": Chantier(slow, "fiche.read", lease=LEASE)}))
if VERB == "demander":
    ask_for_work(Demande("lent", "Lent", "/"), chaine="plateforme", auteur=Auteur(1))
else:
    turn = installation._turn

    def first_turn() -> bool:
        """Say that the loop turns: from there on it knows how to end when asked."""
        say("tourne")
        installation._turn = turn
        return turn()

    installation._turn = first_turn
    main(["boucle", "--pause", "1"])
