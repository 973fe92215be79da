"""`python -m benchmarks.argent --contrat SLUG`: what the table of the funders costs, at 25 × 6 and at 300 × 12.

In the database of a site of its own (`TENIR_VAR`), in a transaction that leaves nothing. Each cell has a line with
three dated rows. Told: the queries and the seconds of the table, of its page as the team reads it, of its workbook.
"""

import argparse
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django
from django.db import connection, reset_queries, transaction

SIZES = ((25, 6), (300, 12))
TURNS = 5


def main() -> int:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.argent")
    parser.add_argument("--contrat", required=True)
    slug = parser.parse_args().contrat
    django.setup()
    for actions, funders in SIZES:
        with transaction.atomic():
            measure(slug, actions, funders)
            transaction.set_rollback(True)
    return 0


def measure(slug: str, actions: int, funders: int) -> None:
    """Fill a table, then time what people ask of it."""
    from django.test import Client
    from django.urls import reverse

    from benchmarks import vie
    from tenir.financement.tableau import build
    from tenir.habilitations.models import EspaceDeContrat

    espace = EspaceDeContrat.objects.get(slug=slug)
    filled = fill(espace, actions, funders)
    client = Client()
    client.force_login(vie.team_of(espace))
    page = f"{reverse('financement-tableau', args=[slug])}?annee={espace.fin}"
    book = f"{reverse('financement-tableau-export', args=[slug, 'xlsx'])}?annee={espace.fin}"
    print(f"{actions} × {funders} ({filled} lignes)")
    told("le tableau", lambda: build(espace, espace.fin))
    told("sa page", lambda: client.get(page, HTTP_HOST="localhost"))
    told("son classeur", lambda: client.get(book, HTTP_HOST="localhost"))


def fill(espace: Any, actions: int, funders: int) -> int:
    """A line in each cell of the last year of the contract, of which nobody wrote yet, with three rows."""
    from tenir.acteurs.models import Organisation
    from tenir.contrat.models import Orientation
    from tenir.core import horloge
    from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement

    orientations = list(Orientation.objects.filter(espace=espace, retire=False))
    bodies = list(Organisation.objects.order_by("pk")[:funders])
    today, amount = horloge.today(), Decimal("4000.25")
    lines = [
        LigneDeFinancement(
            espace=espace, numero=10_000 + rank * funders + column, orientation=orientations[rank % len(orientations)],
            projet=f"Projet {rank}", financeur=body, annee=espace.fin, etat="vote", etat_le=today, montant=amount,
            compte=amount, vote=amount, suivie_depuis=today,
        )
        for rank in range(actions)
        for column, body in enumerate(bodies)
    ]  # fmt: skip
    made = LigneDeFinancement.objects.bulk_create(lines, batch_size=500)
    rows = [
        MouvementDeFinancement(ligne=one, rang=rank, le=today, etat=etat, montant=amount, source="Essai")
        for one in made
        for rank, etat in enumerate(("demande", "propose", "vote"), start=1)
    ]
    MouvementDeFinancement.objects.bulk_create(rows, batch_size=500)
    return len(made)


def told(name: str, asked: Callable[[], object]) -> None:
    """The median time of several turns, and the queries of one."""
    connection.force_debug_cursor = True
    reset_queries()
    answer = asked()
    queries = len(connection.queries)
    connection.force_debug_cursor = False
    status = getattr(answer, "status_code", 200)
    if status != 200:
        raise SystemExit(f"{name} : {status}")
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        asked()
        times.append(time.perf_counter() - start)
    print(f"  {name} : {queries} requêtes, {sorted(times)[TURNS // 2]:.3f} s")


if __name__ == "__main__":
    sys.exit(main())
