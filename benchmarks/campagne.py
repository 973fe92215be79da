"""`python -m benchmarks.campagne --dossier FOLDER`: a campaign in each contract of the nation, one after the other.

In the SQLite database that `benchmarks.mesurer --dossier FOLDER` left there; what is written stays in it. Each campaign
is opened, sent to some nineteen bodies, answered by four in five, read, closed, and its synthesis frozen, by the
services that the screens call. The first contracts are compared with the last: the cost must not grow.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

EDGE = 45
"""How many contracts at each end are compared."""
ANSWERS = 0.8
T = TypeVar("T")
times: dict[str, list[float]] = {}


def main() -> int:
    """Run the campaigns of the database of a folder, and say what each step cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.campagne")
    parser.add_argument("--dossier", type=Path, required=True)
    parser.add_argument("--contrats", type=int, default=450)
    asked = parser.parse_args()
    os.environ |= {"TENIR_LOCAL": "1", "TENIR_VAR": str(asked.dossier / f"sqlite-{asked.contrats}")}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tenir.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from tenir.habilitations.models import EspaceDeContrat

    call_command("migrate", verbosity=0)
    people = questions = 0
    for espace in EspaceDeContrat.objects.order_by("pk"):
        asked_here = campaign(espace)
        people, questions = people + asked_here[0], questions + asked_here[1]
    print(f"{len(times['open'])} campaigns, {people} people, {questions} questions")
    for step, found in times.items():
        ends = f"{median(found[:EDGE]):.0f} ms at first, {median(found[-EDGE:]):.0f} ms at the end"
        print(f"  {step}: {median(found):.0f} ms ({ends}), {sum(found) / 1000:.0f} s in all")
    return 0


def campaign(espace: Any) -> tuple[int, int]:
    """One campaign; return how many people and questions."""
    from benchmarks import vie
    from tenir.points.models import Question
    from tenir.points.services.envoi import close_point, send_point
    from tenir.points.services.lecture import accept_plain
    from tenir.points.services.reponses import nothing_new
    from tenir.points.services.synthese import freeze

    by, rng = vie.acces_of_team(espace), random.Random(espace.slug)  # noqa: S311 - no secret
    point = timed("open", lambda: vie.draft(espace))
    timed("send", lambda: send_point(by=by, point=point))
    everyone = list(point.destinataires.select_related("point__espace", "personne"))
    for one in everyone:
        if rng.random() < ANSWERS:
            timed("answer", lambda one=one: nothing_new(destinataire=one, questions=one.questions.waiting()))
    timed("accept", lambda: accept_plain(by=by, point=point))
    timed("close", lambda: close_point(by=by, point=point))
    timed("freeze", lambda: freeze(by=by, point=point))
    return len(everyone), Question.objects.filter(destinataire__point=point).count()


def timed(step: str, do: Callable[[], T]) -> T:
    """Do it, and keep the milliseconds it took."""
    start = time.perf_counter()
    done = do()
    times.setdefault(step, []).append((time.perf_counter() - start) * 1000)
    return done


if __name__ == "__main__":
    sys.exit(main())
