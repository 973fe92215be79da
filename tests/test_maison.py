"""The conventions of the house, held for everything that comes in."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "tenir"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ROOT / "locks"
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
DEFINITION = re.compile(r"^(?P<in> *)(?:async )?def ", re.MULTILINE)
SCRIPT_THAT_RUNS = re.compile(r"<script(?![^>]*\b(?:src=|type=.application/(?:ld\+)?json))", re.IGNORECASE)
# Django looks these up by their name alone.
CALLED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@cache
def tracked() -> list[Path]:
    """Every file that git follows, or is about to."""
    if not (ROOT / ".git").exists():
        pytest.skip("hors d’un dépôt git")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def relative(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_file_names_the_machine_it_was_written_on() -> None:
    machine = re.compile(rb"(?<![\w.$}>/-])/(?:work|root|tmp|home|Users)/\w")
    assert relative([path for path in tracked() if machine.search(path.read_bytes())]) == []


def test_no_test_judges_by_the_clock() -> None:
    """What a thing costs is in `benchmarks/`: a busy machine would turn the test red. A wait may have an end."""
    timed = re.compile(r"assert[^\n]*(?:monotonic|perf_counter|process_time|time\.time)\(\)\s*-")
    tests = [path for path in tracked() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"]
    assert relative([path for path in tests if timed.search(path.read_text())]) == []


def test_a_day_is_asked_by_the_field_that_bounds_it() -> None:
    """A day of the year 9999 passes the field of Django; then no delay is counted from it, no calendar written."""
    bare = re.compile(r"forms\.DateField\(")
    code = [path for path in tracked() if path.is_relative_to(SOURCES) and path.suffix == ".py"]
    assert relative([path for path in code if bare.search(path.read_text())]) == []


def test_what_is_sent_as_a_number_is_tried_as_python_reads_it() -> None:
    """« ² » is a digit that `int` refuses: `isdecimal` says what it takes. The reader looks at words."""
    apart = (SOURCES / "lecteur", SOURCES / "regles")
    code = [path for path in tracked() if path.is_relative_to(SOURCES) and path.suffix == ".py"]
    told = [path for path in code if not path.is_relative_to(apart[0]) and not path.is_relative_to(apart[1])]
    assert relative([path for path in told if ".isdigit()" in path.read_text()]) == []


def test_no_name_loses_its_capitals_at_the_head_of_a_sentence() -> None:
    """`str.capitalize` lowers what follows: « Salle Évrard » was printed « salle évrard »."""
    apart = [SOURCES / one for one in ("lecteur", "regles")]
    code = [path for path in tracked() if path.is_relative_to(SOURCES) and path.suffix == ".py"]
    ours = [path for path in code if not any(path.is_relative_to(room) for room in apart)]
    assert relative([path for path in ours if ".capitalize()" in path.read_text()]) == []


def test_no_journey_counts_what_a_page_shows_before_it_shows() -> None:
    """`count()` asks at once; `expect(…).to_have_count` waits for what a click brings."""
    at_once = re.compile(r"assert (?:page|hers)\.[^\n]*\.count\(\) == \d")
    assert relative([path for path in tracked() if path.suffix == ".py" and at_once.search(path.read_text())]) == []


def test_no_article_is_written_by_hand_before_a_name() -> None:
    """« de Agathe », « versés par État »: `core.noms` knows the article of a name, filters do in templates."""
    body = r"(?:[a-z_]+\.)*(?:organisation|financeur|organisme|funder|siege|parent|body)(?:\.nom)?"
    person = r"(?:[a-z_]+\.)*(?:personne|qui)(?:\.nom\b[^}]*)?"  # « à » changes nothing before a person
    by_hand = re.compile(rf"\b(?:(?:de|à|par|pour)\s+\{{{{1,2}} ?{body}|de \{{{{1,2}} ?{person}) ?\}}{{1,2}}")
    rooms = [SOURCES / one for one in ("lecteur", "regles", "cli")]
    files = [path for path in tracked() if path.is_relative_to(SOURCES) and path.suffix in (".py", ".html", ".txt")]
    ours = [path for path in files if not any(path.is_relative_to(room) for room in rooms)]
    assert relative([path for path in ours if by_hand.search(path.read_text())]) == []


def test_no_python_file_passes_500_lines() -> None:
    code = [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]
    assert relative([path for path in code if len(path.read_text().splitlines()) > 500]) == []


def far_apart(text: str) -> bool:
    """Whether 50 lines part a definition from the next that it does not hold: only such a file is worth parsing."""
    found = [(text.count("\n", 0, m.start()), len(m["in"])) for m in DEFINITION.finditer(text)]
    ends = [(text.count("\n"), 0)]
    nexts = (
        next(line for line, depth in [*found[n + 1 :], *ends] if depth <= found[n][1] or line == ends[0][0])
        for n in range(len(found))
    )
    return any(after - line >= 49 for (line, _), after in zip(found, nexts, strict=True))


def test_no_function_reaches_50_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in tracked()
        if path.suffix == ".py" and far_apart(text := path.read_text())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 49
    ]
    assert long == []


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), id="style attribute"),
        pytest.param(re.compile(r"<style\b", re.IGNORECASE), id="style element"),
        pytest.param(re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), id="event attribute"),
        pytest.param(SCRIPT_THAT_RUNS, id="inline script"),
    ],
)
def test_no_template_carries_what_the_content_policy_refuses(forbidden: re.Pattern[str]) -> None:
    assert relative([path for path in TEMPLATES if forbidden.search(path.read_text())]) == []


def test_the_inline_script_check_sees_the_difference() -> None:
    assert SCRIPT_THAT_RUNS.search("<script>alert(1)</script>")
    assert SCRIPT_THAT_RUNS.search('<script type="module">alert(1)</script>')
    assert not SCRIPT_THAT_RUNS.search('<script src="/statique/core/tenir.js" defer></script>')
    assert not SCRIPT_THAT_RUNS.search('<script type="application/json" id="x">{}</script>')


def template_name(path: Path) -> str:
    return path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()


def mentioned(text: str) -> Callable[[str], re.Match[str] | None] | None:
    """Whether a source names a template; the variable part of an f-string stands for any name."""
    names = [re.sub(r"\\{[^/]*?\\}", "[^/]+", re.escape(name)) for name in re.findall(r"[\w./{}-]+\.html", text)]
    return re.compile("|".join(names)).fullmatch if names else None


def test_what_paper_hides_is_worn_by_some_page() -> None:
    """A class that no page wears hides nothing; the line of gestures is hidden, for each has a display of its own."""
    hidden = next(
        line for line in (SOURCES / "core/static/core/impression.css").read_text().splitlines() if "none" in line
    )
    classes = set(re.findall(r"\.([a-z][\w-]*)", hidden.split("{")[0]))
    worn = " ".join(
        path.read_text() for path in tracked() if path.is_relative_to(SOURCES) and path.suffix in (".html", ".py")
    )
    assert {"annulables", "a-dire", "gestes-de-ligne"} <= classes
    assert {one for one in classes if not re.search(rf"(?<![\w-]){one}(?![\w-])", worn)} == set()


def test_every_template_is_used() -> None:
    users = {path: used for path in [*TEMPLATES, *SOURCES.rglob("*.py")] if (used := mentioned(path.read_text()))}
    unused = [
        path
        for path in TEMPLATES
        if path.name not in CALLED_BY_DJANGO
        and not any(used(template_name(path)) for user, used in users.items() if user != path)
    ]
    assert relative(unused) == []


def test_a_template_named_by_an_f_string_is_seen() -> None:
    used = mentioned('render(request, f"public/pages/{name}.html")')
    assert used
    assert used("public/pages/licence.html")
    assert not used("public/autres/licence.html")


def models() -> Iterator[type[Model]]:
    """The models of the house, without the tables that Django makes for its many-to-many fields."""
    return (model for model in apps.get_models() if model.__module__.startswith("tenir."))


def without_accents(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words.replace("œ", "oe")) if c.isalnum()).lower()


def test_a_model_is_named_as_the_screen_names_it() -> None:
    named = {model.__name__: str(model._meta.verbose_name) for model in models()}
    assert named, "no model was found"
    assert {name: noun for name, noun in named.items() if without_accents(noun) != name.lower()} == {}


def test_a_model_has_a_noun_in_lower_case() -> None:
    nouns = [str(model._meta.verbose_name) for model in models()]
    assert [noun for noun in nouns if noun[0].isupper() and not noun[:2].isupper()] == []


def test_what_is_built_holds_everything_the_site_reads(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    build = "from setuptools.build_meta import build_wheel; build_wheel('..')"
    subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, check=True)
    built = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    ours = {str(p.relative_to(ROOT / "src")) for p in tracked() if p.is_relative_to(SOURCES)}
    assert ours - built == set()


def pinned(lock: str) -> dict[str, str]:
    """Each package of a lock with its version; every one has at least one hash."""
    entries = re.findall(r"^([\w.-]+)(?:\[.*?\])?==(\S+)(.*?)(?=^\S|\Z)", (LOCKS / lock).read_text(), re.M | re.S)
    assert all("--hash=sha256:" in rest for _, _, rest in entries)
    return {canonicalize_name(name): version for name, version, _ in entries}


def asked(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for by name."""
    lines = [*PROJECT["project"]["dependencies"], *(r for g in groups for r in PROJECT["dependency-groups"][g])]
    return [Requirement(line) for line in lines]


def named_by_the_project(lock: str) -> set[str]:
    """The packages that the lock itself says the project asked for."""
    entries = re.split(r"^(?=[\w.-]+(?:\[.*?\])?==)", (LOCKS / lock).read_text(), flags=re.M)[1:]
    return {canonicalize_name(re.split(r"[\[=]", e)[0]) for e in entries if "tenir (pyproject.toml" in e}


@pytest.mark.parametrize(("lock", "groups"), [("run.txt", ["build"]), ("test.txt", ["build", "test"])])
def test_a_lock_is_in_step_with_the_project(lock: str, groups: list[str]) -> None:
    versions, wanted = pinned(lock), asked(*groups)
    assert named_by_the_project(lock) == {canonicalize_name(r.name) for r in wanted}, "make locks"
    outside = [str(r) for r in wanted if not r.specifier.contains(versions[canonicalize_name(r.name)])]
    assert outside == [], "make locks"


def test_one_environment_serves_both_locks() -> None:
    assert pinned("run.txt").items() <= pinned("test.txt").items()


@pytest.mark.parametrize("lock", ["uv.txt", "run.txt", "test.txt"])
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    assert not re.search(r"^--|https?:|file:", (LOCKS / lock).read_text(), re.M)


def test_the_site_keeps_nothing_but_cookies_in_a_browser() -> None:
    """What the bench of the journeys forgets from one to the next; what lasts as long as a tab goes with it."""
    for script in SOURCES.rglob("*.js"):
        assert not re.search("localStorage|indexedDB|serviceWorker", script.read_text()), script
