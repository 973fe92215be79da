"""`python -m benchmarks.reunions --contrat SLUG [--contrats 450]`: what meetings cost.

In the database of a site of its own (`TENIR_VAR`), in a transaction that leaves nothing. Told: the calendar of the
obligations of seven years, of so many contracts one after the other and of one page; the page of a meeting of 40 items;
its file, said then written in PDF.
"""

import argparse
import sys
from datetime import date, timedelta
from typing import Any

import django
from django.db import transaction

from benchmarks.argent import told

ITEMS = 40


def main() -> int:
    """Measure all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reunions")
    parser.add_argument("--contrat", required=True)
    parser.add_argument("--contrats", type=int, default=450)
    asked = parser.parse_args()
    django.setup()
    with transaction.atomic():
        measure(asked.contrat, asked.contrats)
        transaction.set_rollback(True)
    return 0


def measure(slug: str, contrats: int) -> None:
    """Fill, then time what people ask."""
    from django.test import Client
    from django.urls import reverse

    from benchmarks import vie
    from tenir.core import horloge
    from tenir.core.documents import pdf
    from tenir.gouvernance.dossier import file_of
    from tenir.habilitations.models import EspaceDeContrat

    espace = EspaceDeContrat.objects.get(slug=slug)
    meeting = agenda_of(espace, vie.acces_of_team(espace))
    others = nation(espace, contrats)
    client = Client()
    client.force_login(vie.team_of(espace))
    on = horloge.today(espace)
    told(f"le calendrier de sept ans de {contrats} contrats", lambda: [calendar(one, on) for one in others])
    told("la page des instances", lambda: client.get(reverse("instances", args=[slug]), HTTP_HOST="localhost"))
    url = reverse("reunion", args=[slug, meeting.pk])
    told(f"la page d’une réunion de {ITEMS} points", lambda: client.get(url, HTTP_HOST="localhost"))
    told("son dossier", lambda: file_of(meeting, on))
    document = file_of(meeting, on)
    told("son dossier en PDF", lambda: pdf.write(document))


def calendar(espace: Any, on: date) -> Any:
    """The obligations of every body of a contract, over its years."""
    from tenir.gouvernance.echeancier import calendar_of
    from tenir.gouvernance.models import Reunion
    from tenir.gouvernance.regles import corpus_of

    return calendar_of(corpus_of(espace, on, listed=False), list(Reunion.objects.of(espace)), on)


def agenda_of(espace: Any, by: Any) -> Any:
    """A meeting to come with so many items, and as many decisions of another, half of them late."""
    from tenir.core import horloge
    from tenir.gouvernance.models import Decision, InstanceSuivie, PointDOrdreDuJour, Reunion

    body = InstanceSuivie.objects.of(espace)[0]
    day = horloge.today(espace)
    held = {"espace": espace, "instance": body, "creee_par": by.personne}
    before, after = (Reunion.objects.create(jour=day + timedelta(days=gap), **held) for gap in (-30, 20))
    PointDOrdreDuJour.objects.bulk_create(
        PointDOrdreDuJour(reunion=after, rang=rank, titre=f"Point {rank}, fictif", notes="Dit. " * 40)
        for rank in range(1, ITEMS + 1)
    )
    Decision.objects.bulk_create(
        Decision(
            espace=espace, reunion=before, numero=9_000 + rank, texte=f"Décision {rank}, fictive.",
            pour_le=day + timedelta(days=rank - ITEMS // 2),
        )
        for rank in range(ITEMS)
    )  # fmt: skip
    return after


def nation(like: Any, count: int) -> list[Any]:
    """So many contracts, each with eleven bodies that have a rhythm, and a meeting a year of each."""
    from tenir.gouvernance.models import InstanceSuivie, Reunion
    from tenir.habilitations.models import EspaceDeContrat

    by = Reunion.objects.order_by("pk")[0].creee_par
    made = EspaceDeContrat.objects.bulk_create(
        EspaceDeContrat(slug=f"banc-{rank}", titre=f"Contrat {rank}, fictif", debut=2024, fin=2030, fictif=True)
        for rank in range(count)
    )
    bodies = InstanceSuivie.objects.bulk_create(
        InstanceSuivie(
            espace=one, suivie_depuis=date(2024, 1, 2), nom_propre=f"Instance {rank}", cree_par_quoi="banc",
            reunions_par_an=1 + rank % 3,
        )
        for one in made
        for rank in range(11)
    )  # fmt: skip
    Reunion.objects.bulk_create(
        (
            Reunion(espace=one.espace, instance=one, jour=date(year, 6, 1), etat="tenue", creee_par=by)
            for one in bodies
            for year in (2024, 2025, 2026)
        ),
        batch_size=500,
    )
    return list(made)


if __name__ == "__main__":
    sys.exit(main())
