"""Requests drawn at random against the demonstration site, as each of its people: no answer may be a failure of ours.

`python -m benchmarks.fuzz [--requetes 50000] [--bases sqlite,postgresql] [--graine 1]`. Each database is a new site,
peopled and alive, tried by a process of its own (`benchmarks.tirs`). The same seed draws the same requests.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.mesurer import ROOT, clean_environment, database, possible

MODEL = ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
TENIR = Path(sys.executable).with_name("tenir")


def main() -> int:
    """Try each database asked for; 1 when some request failed."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="tenir-fuzz-") as folder:
        codes = [tried(name, Path(folder), asked) for name in asked.bases.split(",") if possible(name)]
    return max(codes, default=0)


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--requetes", type=int, default=50_000)
    parser.add_argument("--bases", default="sqlite,postgresql")
    parser.add_argument("--graine", default="1")
    return parser.parse_args()


def tried(name: str, folder: Path, asked: argparse.Namespace) -> int:
    """Make a site on a database, then send it the requests."""
    print(f"── {name}", flush=True)
    with database(name, folder, 1) as place:
        env = {**clean_environment(), **place, "TENIR_DEMONSTRATION": "1"}
        slug = MODEL.stem
        for command in (
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
            [TENIR, "charger", MODEL, "--document", MODEL.with_suffix(".txt")],
            [TENIR, "publier", slug],
            [TENIR, "peupler-demonstration", slug],
            [TENIR, "animer-demonstration", slug],
        ):
            subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - ours
        shots = [sys.executable, "-m", "benchmarks.tirs", str(asked.requetes), asked.graine]
        return subprocess.run(shots, cwd=ROOT, env=env, check=False).returncode  # noqa: S603 - our own module


if __name__ == "__main__":
    sys.exit(main())
