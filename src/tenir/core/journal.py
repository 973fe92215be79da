"""What is written in the log of the server: never the secret of a link.

An address that is a key says so when it is declared (`core.liens.secret_link`); what is hidden is read from there.
"""

import logging
import re
import traceback
from pathlib import Path

NUMBERED, DRAWN = r"\d{1,12}-[0-9a-f]{64}", r"[A-Za-z0-9_-]{43}"
"""What a secret looks like: a number and its digest (`core.jetons`), or 32 bytes drawn at random."""
_KEY = re.compile(rf"(?<![\w-])(?:{NUMBERED}|{DRAWN})(?![\w-])")
_roots: set[str] = set()

OURS = Path(__file__).parents[1]
"""The folder of our code."""
MOST_CAUSES = 4
LONGEST_REASON = 300


class SansJeton(logging.Filter):
    """Hide, in each line, what follows the root of an address that is a key, and what looks like one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, its secrets hidden."""
        said = record.getMessage()
        shown = hidden(said)
        if shown != said:
            record.msg, record.args = shown, ()
        return True


def declare_secret(root: str) -> None:
    """Say that what follows `root` (« point/ ») in an address opens a page to whoever holds it."""
    _roots.add(root)


def secret_roots() -> list[str]:
    """Where the addresses that are keys begin."""
    return sorted(_roots)


def hidden(text: str) -> str:
    """A text without the secrets of the links that it holds, whole, cut, or with something glued to them."""
    starts = "|".join(re.escape(root.strip("/")) for root in secret_roots())
    told = re.sub(rf"/({starts})/[^/\s\"']+", r"/\1/…", text) if starts else text
    return _KEY.sub("…", told)


class UneLigne(logging.Formatter):
    """One line for each event, whatever was raised: level, logger, message, number of the failure, where it comes from.

    A refusal (below an error, or a request that the site does not believe) is told without where it comes from.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        numero = getattr(getattr(record, "request", None), "numero_de_panne", "")
        told = f"[panne {numero}]" if numero else ""
        line = " ".join([record.levelname, record.name, told, record.getMessage(), _raised(record)])
        return hidden(" ".join(line.split()))


def _raised(record: logging.LogRecord) -> str:
    """The errors that led to a line, the last first, each with its places in our code and the last one outside."""
    if record.levelno < logging.ERROR or record.name.startswith("django.security") or not record.exc_info:
        return ""
    error, told = record.exc_info[1], list[str]()
    while error and len(told) < MOST_CAUSES:
        told.append(f"{type(error).__name__} : {str(error)[:LONGEST_REASON]} ({_places(error)})")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "| " + " | causé par ".join(told)


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if Path(frame.filename).is_relative_to(OURS)]
    return " < ".join(_place(frame) for frame in reversed([*ours, *frames[-1:]]))


def _place(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    shown = file.relative_to(OURS.parent) if file.is_relative_to(OURS) else Path(*file.parts[-3:])
    return f"{shown}:{frame.lineno} {frame.name}"
