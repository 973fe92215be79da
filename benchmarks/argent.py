"""`python -m benchmarks.argent --contrat SLUG`: what the table of the funders costs, at 25 × 6 and at 300 × 12.

In the database of a site of its own (`TENIR_VAR`), in a transaction that leaves nothing. Each cell has a line with
three dated rows. Told: queries and seconds of the table, of its page as the team reads it, of its workbook, of three
scenarios side by side, of what a sheet of all its lines, each changed, would become.
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
TURNS = 3


def main() -> int:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.argent")
    parser.add_argument("--contrat", required=True)
    parser.add_argument("--autres", type=int, default=0, help="other contracts, each with a table of 25 × 6")
    asked = parser.parse_args()
    slug = asked.contrat
    django.setup()
    for actions, funders in SIZES:
        with transaction.atomic():
            crowd(asked.autres)
            measure(slug, actions, funders)
            transaction.set_rollback(True)
    return 0


def crowd(count: int) -> None:
    """Other contracts, each with an orientation and a table of 25 × 6 in its last year: what must cost nothing here."""
    from tenir.acteurs.models import Organisation
    from tenir.contrat.models import Axe, Orientation
    from tenir.core import horloge
    from tenir.financement.models import LigneDeFinancement
    from tenir.habilitations.models import EspaceDeContrat

    bodies, today, amount = list(Organisation.objects.order_by("pk")[:6]), horloge.today(), Decimal("4000.25")
    for rank in range(count):
        espace = EspaceDeContrat.objects.create(
            slug=f"foule-{rank}", titre=f"Contrat {rank}, fictif", debut=2024, fin=2030, fictif=True
        )
        axe = Axe.objects.create(espace=espace, code="A", ordre=1, titre="Axe", titre_imprime="Axe")
        above = Orientation.objects.create(espace=espace, code="O01", ordre=1, titre="O", titre_imprime="O", axe=axe)
        LigneDeFinancement.objects.bulk_create(
            LigneDeFinancement(
                espace=espace, numero=row * 6 + column, orientation=above, projet=f"Projet {row}", financeur=funder,
                annee=espace.fin, etat="vote", etat_le=today, montant=amount, compte=amount, vote=amount,
                suivie_depuis=today,
            )
            for row in range(25)
            for column, funder in enumerate(bodies)
        )  # fmt: skip


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
    weigh(espace)
    side = f"{reverse('financement-scenarios', args=[slug])}?annee={espace.fin}"
    told("trois scénarios", lambda: client.get(side, HTTP_HOST="localhost"))
    told("l’aperçu d’un tableur", brought_back(espace))


def weigh(espace: Any) -> None:
    """Three scenarios, each proposing an amount in every cell."""
    from tenir.financement.models import LigneDeFinancement, MontantPropose, Scenario

    lines = list(LigneDeFinancement.objects.filter(espace=espace, annee=espace.fin))
    LigneDeFinancement.objects.filter(pk__in=[one.pk for one in lines]).update(etat="demande")
    for rank in range(1, 4):
        made = Scenario.objects.create(espace=espace, numero=9000 + rank, annee=espace.fin, nom=f"Essai {rank}")
        rows = [
            MontantPropose(
                scenario=made, orientation_id=one.orientation_id, fiche_id=one.fiche_id, projet=one.projet,
                financeur_id=one.financeur_id or 0, montant=Decimal(1000 * rank),
            )
            for one in lines
        ]  # fmt: skip
        MontantPropose.objects.bulk_create(rows, batch_size=500)


def brought_back(espace: Any) -> Callable[[], object]:
    """Reading a sheet of every line of the last year (two thousand at most), each with another amount."""
    from benchmarks import vie
    from tenir.core.tableur import pasted
    from tenir.core.tableur.colonnes import read_rows
    from tenir.financement.feuille import COLONNES, REQUIRED
    from tenir.financement.models import LigneDeFinancement
    from tenir.financement.services.importation import preview
    from tenir.habilitations.rights import acces_of_user

    rows = LigneDeFinancement.objects.filter(espace=espace, annee=espace.fin, imprimee=None)[:1900]
    head = "Ligne\tFinanceur\tÉtat\tMontant\tEn date du"
    text = "\n".join((head, *(f"{one.code}\t\tdemandé\t1 234,50\t12/03/2026" for one in rows)))
    grille = read_rows([pasted(text)], COLONNES, REQUIRED)
    by = acces_of_user(vie.team_of(espace))
    assert by is not None
    return lambda: preview(grille, by=by, espace=espace)


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
