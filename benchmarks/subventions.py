"""`python -m benchmarks.subventions --contrat SLUG`: what a file of 120,000 subsidies costs to read beside the ledger.

In the database of a site of its own (`TENIR_VAR`), where a work is left, then removed. Told, for a file and for one ten
times smaller: seconds, steps, the longest step, the most memory that reading took, the rows kept.
"""

import argparse
import io
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

SIZES = (12_000, 120_000)
ONE_OF = 1_000
"""One row in a thousand says the policy."""


def main() -> int:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.subventions")
    parser.add_argument("--contrat", required=True)
    slug = parser.parse_args().contrat
    django.setup()
    for size in SIZES:
        measure(slug, size)
    return 0


def measure(slug: str, size: int) -> None:
    """Read a file step by step, as the loop does, then remove what it left."""
    from django.core.files.base import ContentFile

    from benchmarks import vie
    from tenir.core import horloge
    from tenir.core.travaux.boucle import step, take
    from tenir.financement.ecrans.travaux import ask_to_read
    from tenir.financement.models import RapprochementDeSubventions
    from tenir.habilitations.models import EspaceDeContrat
    from tenir.habilitations.rights import acces_of_user

    espace = EspaceDeContrat.objects.get(slug=slug)
    by = acces_of_user(vie.team_of(espace))
    assert by is not None
    content = file_of(size)
    asked = ask_to_read(by, espace, f"{size}.csv", ContentFile(content))
    held = take(horloge.now())
    assert held is not None
    assert held.pk == asked.pk
    steps, before = [], peak()
    while held.ouvert:
        start = time.perf_counter()
        step(held)
        steps.append(time.perf_counter() - start)
    found = RapprochementDeSubventions.objects.of(espace)[0]
    kept = len(found.contenu["gardes"])
    print(
        f"{size} lignes, {len(content) / 2**20:.1f} Mo : {sum(steps):.1f} s en {len(steps)} pas, le plus long"
        f" {max(steps):.2f} s, mémoire de pointe +{peak() - before:.1f} Mo, {kept} lignes gardées"
    )
    found.delete()
    held.delete()


def peak() -> float:
    """The most memory that this process held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def file_of(size: int) -> bytes:
    """A file of the schema: one row in a thousand names the policy."""
    from tenir.financement.publication import ENTETES

    out = io.StringIO()
    out.write(",".join(ENTETES) + "\r\n")
    out.writelines(_rows(size))
    return out.getvalue().encode()


def _rows(size: int) -> Iterator[Any]:
    for rank in range(size):
        said = "Contrat de ville" if rank % ONE_OF == 0 else f"Programme {rank % 40}"
        yield (
            f"Collectivité fictive {rank % 300},35600000049837,2026-03-12,D{rank},Association fictive {rank % 9000},"
            f"73282932000074,,Action fictive numéro {rank},{1000 + rank % 5000}.50,aide en numéraire,unique,"
            f"2026-04-01,,non,1,{said}\r\n"
        )


if __name__ == "__main__":
    sys.exit(main())
