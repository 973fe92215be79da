"""What the start of each command costs, Python included: `python -m benchmarks.departs [--tours 5]`.

Seconds of processor, the lowest of the rounds, in a folder of data made for the occasion.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from benchmarks.mesurer import ROOT, ROUNDS, clean_environment

TENIR = ("-m", "tenir.cli")
FICTIF = "contrats/fictif/virelande-fictif-2024-2030.yaml"
COMMANDS = {
    "Python alone": ("-c", "pass"),
    "tenir --help": (*TENIR, "--help"),
    "tenir --version": (*TENIR, "--version"),
    "tenir valider, a contract file": (*TENIR, "valider", FICTIF),
    "tenir nature montrer": (*TENIR, "nature", "montrer", "atelier"),
    "tenir exporter": (*TENIR, "exporter", "inconnu"),
    "tenir publier": (*TENIR, "publier", "inconnu"),
    "tenir recompter": (*TENIR, "recompter"),
    "tenir verifier-trace": (*TENIR, "verifier-trace"),
    "manage.py check": ("manage.py", "check"),
    "manage.py migrate, nothing to do": ("manage.py", "migrate"),
}
"""Commands that find nothing to do: what is left is their start."""


def main() -> int:
    """Make an empty site, start each command in turn, several times, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.departs")
    parser.add_argument("--tours", type=int, default=ROUNDS)
    tours = parser.parse_args().tours
    with tempfile.TemporaryDirectory(prefix="tenir-bench-") as var:
        environment = clean_environment() | {"TENIR_VAR": var, "PYTHONPATH": str(ROOT / "src")}
        seconds(("manage.py", "migrate"), environment)
        rounds = [{nom: seconds(asked, environment) for nom, asked in COMMANDS.items()} for _ in range(tours)]
    print("| command | seconds of processor |\n|---|---:|")
    for nom in COMMANDS:
        print(f"| {nom} | {min(one[nom] for one in rounds):.2f} |")
    return 0


def seconds(asked: tuple[str, ...], environment: dict[str, str]) -> float:
    """The processor that a command takes, from the start of Python to its end."""
    started = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *asked], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, used = os.wait4(started.pid, 0)
    started.returncode = 0  # waited for here
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
