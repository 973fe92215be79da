"""`make test` counts what ran, and says what did not."""

import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scripts import postgresql, verifier
from scripts.verifier import Part

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure message="x"/></testcase>
<testcase name="d"><failure message="x"/><error message="y"/></testcase>
<testcase name="e"><skipped message="document absent"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture(autouse=True)
def _outside_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def test_a_report_is_counted_case_by_case(tmp_path: Path) -> None:
    (tmp_path / "r.xml").write_text(REPORT)
    part = verifier.read_report("sqlite", tmp_path / "r.xml", pytest.ExitCode.TESTS_FAILED)
    assert (part.passed, part.failed, part.skipped) == (2, 2, Counter({"document absent": 1}))


@pytest.mark.parametrize("exit_status", [pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.INTERNAL_ERROR])
def test_a_suite_that_broke_or_found_no_test_has_failed(exit_status: int, tmp_path: Path) -> None:
    part = verifier.read_report("vide", tmp_path / "absent.xml", exit_status)
    assert (part.passed, part.failed) == (0, 1)


def test_the_last_line_gives_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [Part("ruff", passed=1), Part("sqlite", passed=3, skipped=Counter({"document absent": 2}))]
    assert verifier.conclude(parts) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[-1] == "4 passed, 0 failed"
    assert "2 tests : document absent" in output


def test_a_failure_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.conclude([Part("sqlite", passed=3, failed=1)]) == 1
    assert capsys.readouterr().out.endswith("3 passed, 1 failed\n")


def test_a_missing_part_is_told_here_and_fails_in_ci(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [Part("sqlite", passed=3), Part("navigateur", absent="Chromium absent")]
    assert verifier.conclude(parts) == 0
    assert "Chromium absent" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    assert verifier.conclude(parts) == 1


def test_a_part_not_asked_for_does_not_fail_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert verifier.conclude([Part("ruff", passed=1), Part("navigateur", absent="non demandé")]) == 0


def test_the_tests_do_not_see_the_settings_of_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENIR_BASE", "postgres://site")
    monkeypatch.setenv("TENIR_COUTRAS", "coutras.txt")
    environment = verifier.clean_environment({"TENIR_VAR": "v"})
    assert "TENIR_BASE" not in environment
    assert (environment["TENIR_COUTRAS"], environment["TENIR_VAR"]) == ("coutras.txt", "v")


def test_a_suite_finds_again_what_another_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setitem(verifier.COMPILED, "PYTHONPYCACHEPREFIX", str(tmp_path / "kept"))
    (tmp_path / "compiled.py").write_text("")
    command = [sys.executable, "-c", "import compiled"]
    subprocess.run(command, cwd=tmp_path, env=verifier.clean_environment({}), check=True)
    assert [*(tmp_path / "kept").rglob("compiled.*.pyc")]


def test_a_suite_that_broke_has_one_failure_more_than_its_cases(tmp_path: Path) -> None:
    (tmp_path / "r.xml").write_text(REPORT)
    assert verifier.read_report("sqlite", tmp_path / "r.xml", pytest.ExitCode.INTERNAL_ERROR).failed == 3


ONCE = """<testsuites><testsuite><testcase classname="parcours" name="a"/>
<testcase classname="parcours" name="b"><failure message="x"/></testcase>
<testcase classname="parcours" name="c"/><testcase classname="parcours" name="c"><error message="x"/></testcase>
</testsuite></testsuites>"""
AGAIN = """<testsuites><testsuite><testcase classname="parcours" name="b"/>
<testcase classname="parcours" name="c"/><testcase classname="parcours" name="c"><error message="x"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The options of each run of the journeys, where « b » fails once and « c » twice."""
    made: list[tuple[str, ...]] = []

    def run(name: str, folder: Path, _marked: str, _environment: dict[str, str], *options: str) -> Part:
        made.append(options)
        report = folder / f"{name}.xml"
        report.write_text(ONCE if len(made) == 1 else AGAIN)
        return verifier.read_report(name, report, pytest.ExitCode.TESTS_FAILED)

    monkeypatch.setattr(verifier, "pytest", run)
    monkeypatch.setattr(verifier, "find_chromium", lambda: "chromium")
    return made


def test_a_journey_that_fails_runs_once_more_and_is_told_when_it_passes(
    runs: list[tuple[str, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (part,) = verifier.in_browser(tmp_path)
    assert (part.passed, part.failed, part.unsteady) == (2, 1, ["parcours::b"])
    assert ["--last-failed" in options for options in runs] == [False, True]
    assert verifier.conclude([part]) == 1
    output = capsys.readouterr().out
    assert "instable : parcours::b" in output
    assert "parcours::c" not in output
    assert output.endswith("2 passed, 1 failed\n")


def test_an_unsteady_journey_loses_no_landing(capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.conclude([Part("navigateur", passed=2, unsteady=["parcours::b"])]) == 0
    assert "instable : parcours::b" in capsys.readouterr().out


def test_journeys_that_all_pass_run_once(runs: list[tuple[str, ...]], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(
        globals(), "ONCE", ONCE.replace('<failure message="x"/>', "").replace('<error message="x"/>', "")
    )
    (part,) = verifier.in_browser(tmp_path)
    assert (part.passed, len(runs)) == (3, 1)


def test_everything_asks_the_whole_of_postgresql_and_more_of_each_part(
    runs: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verifier.parts_asked("") == verifier.PARTS
    assert verifier.parts_asked("tout").keys() == verifier.PARTS.keys()
    monkeypatch.setattr(postgresql, "missing", lambda: None)
    monkeypatch.setattr(postgresql, "temporary_cluster", lambda: nullcontext("postgres://"))
    for name, run in verifier.parts_asked("tout").items():
        assert name == "qualite" or [part.name for part in run(tmp_path)] == [name]
    assert all("--nuit" in options for options in runs)
    assert ["--partie=postgresql-entier" in options for options in runs][1] is True


def test_a_part_is_read_among_the_others() -> None:
    assert verifier.parts_asked("sqlite,inconnue") == {"sqlite": verifier.on_sqlite, "inconnue": None}


def test_a_room_is_run_with_what_the_walks_say_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(verifier, "pytest", lambda name, *given: asked.append(given[3:]) or Part(name, passed=1))
    for room, said in (("appels", 2), ("regles", 1)):
        (run,) = verifier.parts_asked(f"salle:{room}").values()
        assert run is not None
        assert len([*run(tmp_path)]) == said, "une salle sans adresse n’est pas visitée"
    assert asked[0][-1] == "tests/appels"
    assert asked[1][1:3] == ("-k", "appels")
    assert all((verifier.ROOT / walk).is_file() for walk in verifier.WALKS)


@pytest.mark.parametrize("room", ["inconnue", "../src", "", "regles/chaine"])
def test_a_room_that_is_none_is_told(room: str) -> None:
    assert verifier.parts_asked(f"salle:{room}") == {f"salle:{room}": None}


@pytest.mark.skipif(postgresql.missing() is not None, reason=str(postgresql.missing()))
def test_a_cluster_is_removed_even_when_its_user_breaks() -> None:
    kept: list[Path] = []

    def break_inside() -> None:
        with postgresql.temporary_cluster() as address:
            kept.append(Path(unquote(urlsplit(address).hostname or "")))
            assert (kept[0] / "data" / "postmaster.pid").exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_inside()
    assert not kept[0].exists()
    assert not servers_of(kept[0])


def servers_of(folder: Path) -> list[str]:
    """The processes that still name this folder on their command line."""
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if str(folder) in line]
