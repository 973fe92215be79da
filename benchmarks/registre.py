"""Ten thousand gestures on one register, two people at once, killed without warning: sums stay what the entries say.

`python -m benchmarks.registre [--gestes 10000] [--bases sqlite,postgresql] [--graine 1] [--morts 10]`. Two processes
add, correct, contest, retain and take back at random (`benchmarks.gestes_du_registre`); now and then one is killed
(SIGKILL) and another takes its place. Then `tenir recompter` and `tenir verifier-trace` say whether all is right.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.mesurer import ROOT, clean_environment, database, possible

MODEL = ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
TENIR = Path(sys.executable).with_name("tenir")
HANDS = 2
HAND = "import django, sys; django.setup(); from benchmarks.gestes_du_registre import main; main(*sys.argv[1:])"


def main() -> int:
    """Try each database asked for; 1 when a sum or the trace is wrong."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="tenir-registre-") as folder:
        codes = [tried(name, Path(folder), asked) for name in asked.bases.split(",") if possible(name)]
    return max(codes, default=0)


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registre")
    parser.add_argument("--gestes", type=int, default=10_000)
    parser.add_argument("--bases", default="sqlite,postgresql")
    parser.add_argument("--graine", type=int, default=1)
    parser.add_argument("--morts", type=int, default=10)
    return parser.parse_args()


def tried(name: str, folder: Path, asked: argparse.Namespace) -> int:
    """Make a site on a database, let two hands write in it, then prove it."""
    print(f"── {name}", flush=True)
    with database(name, folder, 1) as place:
        env = {**clean_environment(), **place, "TENIR_DEMONSTRATION": "1"}
        for command in (
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            [TENIR, "charger", MODEL],
            [TENIR, "peupler-demonstration", MODEL.stem],
        ):
            subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - ours
        write(env, folder / f"{name}.journal", asked)
        return max(
            subprocess.run([TENIR, proof], cwd=ROOT, env=env, check=False).returncode  # noqa: S603 - ours
            for proof in ("recompter", "verifier-trace")
        )


def write(env: dict[str, str], journal: Path, asked: argparse.Namespace) -> None:
    """Keep two hands at work until enough gestures are done; kill one now and then."""
    journal.touch()
    rng = random.Random(asked.graine)  # noqa: S311 - no secret
    deaths = sorted(rng.sample(range(1, asked.gestes), min(asked.morts, asked.gestes - 1)))
    hands: list[subprocess.Popen[bytes]] = []
    started = 0
    try:
        while (done := count(journal)) < asked.gestes:
            while len(hands) < HANDS:
                started += 1
                hands.append(hand(env, journal, asked.graine * 1000 + started))
            if deaths and done >= deaths[0]:
                deaths.pop(0)
                hands.pop(rng.randrange(HANDS)).kill()
            if broken := [one for one in hands if one.poll() is not None]:
                raise SystemExit(f"A hand stopped by itself, code {broken[0].returncode}.")
            time.sleep(0.05)
    finally:
        for one in hands:
            one.terminate()
            one.wait()
    print(f"{done} gestures, {asked.morts - len(deaths)} kills", flush=True)


def hand(env: dict[str, str], journal: Path, graine: int) -> subprocess.Popen[bytes]:
    """Someone at work: a process of its own."""
    command = [sys.executable, "-c", HAND, MODEL.stem, str(journal), str(graine)]
    return subprocess.Popen(command, cwd=ROOT, env=env)  # noqa: S603 - our own module


def count(journal: Path) -> int:
    """How many gestures are done: a byte each."""
    return journal.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
