"""What a change costs or saves: pages and commands of this tree and of a commit, alternated in one run.

`python -m benchmarks.comparer COMMIT [--tours 5] [--premiers 12]`. Each side has a SQLite of its own, of one contract;
both are measured by the programs of this tree.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.mesurer import ROOT, ROUNDS, Measures, best, measures


def main() -> int:
    """Measure both sides in turn, then print those that cost the most before."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="tenir-bench-") as temporary:
        folder = Path(temporary)
        places = [place(folder / "avant", source_of(asked.commit, folder)), place(folder / "apres", ROOT / "src")]
        rounds = [[measures("sqlite", 1, one) for one in places] for _ in range(asked.tours)]
    before, after = (best(list(side)) for side in zip(*rounds, strict=True))
    print("\n".join(table(before, after, asked.premiers)))
    return 0


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparer")
    parser.add_argument("commit")
    parser.add_argument("--tours", type=int, default=ROUNDS)
    parser.add_argument("--premiers", type=int, default=12)
    return parser.parse_args()


def source_of(commit: str, folder: Path) -> Path:
    """The sources of a commit, taken out of git."""
    archive = subprocess.run(  # noqa: S603 - a commit that whoever measures names
        ["git", "archive", commit, "src"],  # noqa: S607
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as found:
        found.extractall(folder, filter="data")
    return folder / "src"


def place(var: Path, source: Path) -> dict[str, str]:
    """Where a side keeps its data, and where its code is."""
    var.mkdir()
    return {"TENIR_VAR": str(var), "PYTHONPATH": str(source)}


def table(before: Measures, after: Measures, first: int) -> Iterator[str]:
    """What costs the most before, dearest first, in milliseconds of processor."""
    known = [
        (one["ms"], nom, one, after[kind][nom])
        for kind in ("pages", "commandes")
        for nom, one in before[kind].items()
        if one and after[kind].get(nom)
    ]
    yield "| page or command | ms before | ms after | queries before | after |"
    yield "|---|---:|---:|---:|---:|"
    for _, nom, one, now in sorted(known, key=lambda row: row[:2], reverse=True)[:first]:
        yield f"| {nom} | {one['ms']:.1f} | {now['ms']:.1f} | {one['requetes']} | {now['requetes']} |"


if __name__ == "__main__":
    sys.exit(main())
