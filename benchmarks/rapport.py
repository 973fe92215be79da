"""The report of the measures: docs/mesures.md, both sizes side by side."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

HEADER = """# Measures

Written by `make bench` (`benchmarks/`) on {day}, on {machine}.

What is measured: one contract of 16 orientations, 130 actions, 19 signatories and 42 indicators, with its document
attached, alone in the database, then in the middle of others of 8 to 25 orientations and 60 to 250 actions, all
fictitious, all loaded by the real loader and public. In process, through the whole of Django with the settings of
production and the compression of the answer; the median of 7 runs once warm (2 for a command), the best of {tours}
rounds that alternate the two databases. « ms » are milliseconds of processor of the process that answers: SQLite works
in it, PostgreSQL beside it, and is not counted. « Queries » counts every statement sent to the database, transactions
included. Commands are measured without the start of Python, which `tenir` adds, and rolled back. The PostgreSQL is on
the same machine, through a Unix socket, and waits for no disk. To compare machines: the sum of a million squares in
plain Python takes {etalon:.0f} ms on this one. Of the pages of the whole site, home lists fifty contracts at most,
and the site map a hundred: they alone have more to show when there are more contracts. Not measured this time:
{absent}.
"""
AIM, AIM_MS = "the list of 130 actions, 50 a page", 25
BASES = ("SQLite", "PostgreSQL")
SLOWER = 1.25
"""From how many times more a page is said to be slower with other contracts in the database…"""
NOISE_MS = 2.0
"""…once the difference is more than the noise of a busy machine."""


@dataclass(frozen=True, slots=True)
class Paire:
    """The measures of one database with one contract, and with all."""

    un: dict[str, Any]
    tous: dict[str, Any]


def write_report(pairs: list[Paire], path: Path, tours: int) -> str:
    """Write the report of so many rounds, and return what it says."""
    text = "\n".join([header(pairs, tours), *(line for pair in pairs for line in section(pair))])
    path.write_text(text, encoding="utf-8")
    return text


def header(pairs: list[Paire], tours: int) -> str:
    """When, on what machine, and how."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{cores} cores ({platform.machine()}), Python {platform.python_version()}, Django {django.__version__}"
    etalon = min(one["etalon"] for pair in pairs for one in (pair.un, pair.tous))
    absent = [base for base in BASES if not any(pair.tous["base"].startswith(base) for pair in pairs)]
    return HEADER.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=machine,
        etalon=etalon,
        tours=tours,
        absent=", ".join(absent) or "nothing",
    )


def section(pair: Paire) -> Iterator[str]:
    """The tables of one database."""
    one, all_ = pair.un["contrats"], pair.tous["contrats"]
    yield f"## {pair.tous['base']}\n"
    yield (
        f"{one} contract: {megabytes(pair.un)} MB. {all_} contracts: {megabytes(pair.tous)} MB, "
        f"loaded one after the other in {pair.tous['secondes']:.0f} s.\n"
    )
    yield f"| page | kB | kB sent | queries, {one} | queries, {all_} | ms, {one} | ms, {all_} |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    yield from (row(nom, pair, "pages") for nom in pair.tous["pages"])
    yield f"\n| command | queries, {one} | queries, {all_} | ms, {one} | ms, {all_} |"
    yield "|---|---:|---:|---:|---:|"
    yield from (row(nom, pair, "commandes") for nom in pair.tous["commandes"])
    yield f"\n{aim(pair)}\n\n{verdict(pair)}\n"


def megabytes(measures: dict[str, Any]) -> str:
    """The size of a database."""
    return f"{measures['octets'] / 1_000_000:.0f}"


def row(nom: str, pair: Paire, kind: str) -> str:
    """One line of a table; a page that does not exist yet says so."""
    one, all_ = pair.un[kind][nom], pair.tous[kind][nom]
    sizes = 2 if kind == "pages" else 0
    if not one or not all_:
        return f"| {nom} |{' |' * sizes} not measured | | | |"
    kilobytes = [f"{all_[name] / 1000:.0f}" for name in ("octets", "octets_compresses")][:sizes]
    figures = [one["requetes"], all_["requetes"], f"{one['ms']:.1f}", f"{all_['ms']:.1f}"]
    return f"| {' | '.join([nom, *kilobytes, *map(str, figures)])} |"


def aim(pair: Paire) -> str:
    """Whether the list that has an aim meets it."""
    one, all_ = (measures["pages"][AIM]["ms"] for measures in (pair.un, pair.tous))
    met = "met" if max(one, all_) <= AIM_MS else "not met on this machine"
    return f"The aim of {AIM_MS} ms for {AIM}, is {met}: {one:.0f} ms, and {all_:.0f} ms among the others."


def verdict(pair: Paire) -> str:
    """Which pages and commands cost more because of other contracts."""
    both = [(pair.un[kind][nom], pair.tous[kind][nom]) for kind in ("pages", "commandes") for nom in pair.tous[kind]]
    known = [(one, all_) for one, all_ in both if one and all_]
    more = [one["nom"] for one, all_ in known if one["requetes"] != all_["requetes"]]
    slower = [one["nom"] for one, all_ in known if all_["ms"] > max(one["ms"] * SLOWER, one["ms"] + NOISE_MS)]
    return (
        f"Other number of queries with all contracts: {', '.join(more) or 'none'}. "
        f"Slower by a quarter and {NOISE_MS:g} ms or more: {', '.join(slower) or 'none'}."
    )
