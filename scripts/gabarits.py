"""Keeps the lines of templates under 160 columns: `python -m scripts.gabarits` mends them; `--check` only names them.

A line is cut at a space that the browser folds anyway, between two words or two attributes; where there is none, at a
joint where a space shows nothing: between two blocks, after a condition. Never inside a tag of Django, a quoted value,
a `<pre>` or a `<textarea>`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 160
TAG = r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
HELD = re.compile(rf"""{TAG}|(?<==)"(?:{TAG}|[^"])*"|(?<==)'(?:{TAG}|[^'])*'""")
"""What a line is never cut in."""
BLOCK = r"</?(?:td|th|tr|thead|tbody|table|li|ul|ol|dl|dt|dd|div|p|section|h\d|form|blockquote|aside|fieldset)\b"
JOINT = re.compile(
    rf"(?:(?<=\{{% else %\}})|(?<=\{{% endif %\}})|(?<=\{{% endfor %\}})|(?<=\{{% empty %\}})|(?<=[\w\"'] %\}}))"
    rf"(?=\{{% (?:include|entete|url|if|for|else|elif|empty|endif|endfor)\b|{BLOCK})|(?<=>)(?={BLOCK})"
)
"""Where a space shows nothing."""


def main() -> int:
    """Wrap every template that git follows; 1 when some should have been and only a check was asked."""
    check = "--check" in sys.argv[1:]
    wrong = [path for path in templates() if wrapped(path.read_text()) != path.read_text()]
    for path in wrong:
        print(path.relative_to(ROOT))
        if not check:
            path.write_text(wrapped(path.read_text()))
    return int(check and bool(wrong))


def templates() -> list[Path]:
    """The HTML templates of the house."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src/*.html"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def wrapped(text: str) -> str:
    """A template whose long lines are cut."""
    if "<pre" in text:
        return text
    return "\n".join(part for line in text.split("\n") for part in ([line] if "<textarea" in line else cut(line)))


def cut(line: str) -> Iterator[str]:
    """The pieces of a line, each as long as fits; a piece that cannot be cut is left long."""
    while len(line) > WIDTH:
        place = best(spaces(line)) or best(joints(line))
        if not place:
            break
        yield line[:place]
        line = line[place:].removeprefix(" ")
    yield line


def best(places: list[int]) -> int:
    """The furthest place within the width, else the first after it; 0 when there is none."""
    return max((one for one in places if one <= WIDTH), default=min(places, default=0))


def spaces(line: str) -> list[int]:
    """Where a line may be cut: its single spaces, those that are held apart."""
    return free(line, re.compile(r"(?<=\S) (?=\S)"))


def joints(line: str) -> list[int]:
    """Where it may be cut when it has no such space."""
    return free(line, JOINT)


def free(line: str, wanted: re.Pattern[str]) -> list[int]:
    """The places of a line that match, save those inside what is held."""
    held = [found.span() for found in HELD.finditer(line)]
    found = (one.start() for one in wanted.finditer(line))
    return [place for place in found if place and not any(start < place < end for start, end in held)]


if __name__ == "__main__":
    sys.exit(main())
