"""`python -m benchmarks.regles [--document COUTRAS]`: what the rules cost and find, as a page for `docs/`.

Coutras from its file, with its document when it is given; a nation of 450 generated contracts, one after the other, and
the memory they leave behind; then each kind of fault planted at random places of a clean contract.
"""

import argparse
import os
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from tenir.fichier import canonique
from tenir.fichier.document import read_document
from tenir.regles.controle import controler
from tenir.regles.registre import regles
from tests.regles.mutations import ALONGSIDE, PLANTERS, essai, propre

COUTRAS = Path(__file__).parents[1] / "contrats" / "coutras-2024-2030.yaml"
JOUR = date(2026, 11, 27)
RUNS, EDGE = 20, 45


def main() -> int:
    """Print the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regles")
    parser.add_argument("--document", type=Path)
    parser.add_argument("--contrats", type=int, default=450)
    parser.add_argument("--tirages", type=int, default=60)
    asked = parser.parse_args()
    regles()
    for part in (coutras(asked.document), nation_of(asked.contrats), mutations(asked.tirages)):
        print("\n".join(part), end="\n\n")
    return 0


def coutras(path: Path | None) -> Iterator[str]:
    """From the file to the anomalies, in milliseconds; with the words of the document too."""
    text = COUTRAS.read_text()
    contrat = canonique.load(text)
    yield "| Coutras | median of 20 |"
    yield "|---|---:|"
    yield f"| read the contract file | {_ms(lambda: canonique.load(text))} |"
    yield f"| rules on the file alone | {_ms(lambda: controler(contrat, le=JOUR))} |"
    if path:
        content = path.read_bytes()
        spans = contrat.spans_of_names
        whole = _ms(lambda: controler(contrat, read_document(content, spans), le=JOUR))
        yield f"| every rule, with the words | {whole} |"


def nation_of(count: int) -> Iterator[str]:
    """Each contract of a nation, the first compared with the last, and the memory left."""
    os.environ |= {"TENIR_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}
    import django

    django.setup()
    from benchmarks import nation  # its loader needs the models, the rules do not

    document = nation.document()
    tracemalloc.start()
    times, left, found = [], [], 0
    for rank in range(count):
        contrat = canonique.load(nation.contract_text(rank, nation.any_size(rank)))
        start = perf_counter()
        found += len(controler(contrat, document, le=JOUR).anomalies)
        times.append((perf_counter() - start) * 1000)
        left.append(tracemalloc.get_traced_memory()[0] / 1e6)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    yield f"| {count} contracts, {found} anomalies (memory traced: twice slower) | the first {EDGE} | the last {EDGE} |"
    yield "|---|---:|---:|"
    yield f"| a contract, median | {median(times[:EDGE]):.0f} ms | {median(times[-EDGE:]):.0f} ms |"
    yield f"| memory held after one, median | {median(left[:EDGE]):.1f} MB | {median(left[-EDGE:]):.1f} MB |"
    yield f"| memory at the highest | | {peak:.0f} MB |"


def mutations(draws: int) -> Iterator[str]:
    """For each rule, how often its fault is found where it was planted, and how many other alarms it raises."""
    clean = propre()
    alarms = len(controler(clean.contrat(), clean.document(), le=JOUR).anomalies)
    yield f"Clean contract: {len(clean.contrat().items)} items, {alarms} anomalies. {draws} draws for each rule."
    yield ""
    yield "| rule | found | rate | other rules that the fault also breaks | false alarms |"
    yield "|---|---:|---:|---|---:|"
    for code in PLANTERS:
        hits, also, false = 0, set(), 0
        for seed in range(draws):
            one = essai(code, seed)
            told = {(it.regle, it.code) for it in controler(one.contrat, one.document, le=JOUR).anomalies}
            hits += (code, one.element) in told
            others = {rule for rule, _ in told} - {code}
            also |= others & ALONGSIDE.get(code, set())
            false += len(others - ALONGSIDE.get(code, set()))
        yield f"| {code} | {hits}/{draws} | {100 * hits / draws:.0f} % | {', '.join(sorted(also))} | {false} |"


def _ms(do: Callable[[], object]) -> str:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        do()
        times.append((perf_counter() - start) * 1000)
    return f"{median(times):.0f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
