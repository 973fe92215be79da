"""The environment is built from its locks, and only when they change."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scripts import preparer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "locks").mkdir()
    (tmp_path / ".venv").mkdir()
    for name in ("locks/run.txt", "locks/uv.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(preparer, "ROOT", tmp_path)
    monkeypatch.setattr(preparer, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    done: list[list[str]] = []
    monkeypatch.setattr(preparer, "run", lambda command: done.append([str(word) for word in command]))
    return done


def test_a_lock_is_installed_once_and_with_its_hashes(commands: list[list[str]]) -> None:
    preparer.install_lock("run")
    preparer.install_lock("run")
    packages, itself = commands
    assert "--require-hashes" in packages
    assert {"--offline", "--no-deps", "--no-build-isolation"} <= set(itself)


@pytest.mark.parametrize("changed", ["locks/run.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_again(changed: str, house: Path, commands: list[list[str]]) -> None:
    preparer.install_lock("run")
    (house / changed).write_text("changed")
    preparer.install_lock("run")
    assert len(commands) == 4


def test_an_installation_that_breaks_is_not_remembered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preparer, "create_venv", lambda: None)
    monkeypatch.setattr(preparer, "install_uv", lambda: None)
    monkeypatch.setattr(preparer, "UV", "/bin/false")
    assert not preparer.prepared("run")
    assert "L’installation s’est arrêtée sur : /bin/false" in capsys.readouterr().err
    assert not preparer.in_step("run")


def python_sh(folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/python.sh where these programs alone exist."""
    for name, body in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    command = ["/bin/sh", ROOT / "scripts" / "python.sh", "-m", "scripts.lancer"]
    environment = {**os.environ, "PATH": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_no_python_is_said_in_two_languages(tmp_path: Path) -> None:
    done = python_sh(tmp_path, python3="exit 1")
    assert done.returncode == 1
    assert "Tenir demande Python 3.11" in done.stderr
    assert "Tenir needs Python 3.11" in done.stderr


def test_a_python_without_venv_is_said(tmp_path: Path) -> None:
    done = python_sh(tmp_path, python3='case "$2" in *venv*) exit 1;; esac')
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def test_a_name_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    works = 'case "$1" in -c) exit 0;; esac; echo "$@"'
    done = python_sh(tmp_path, **{"python3.13": "exit 127", "python3.11": works})
    assert (done.returncode, done.stdout) == (0, "-m scripts.lancer\n")


# Behind a proxy that signs HTTPS with an authority of its own


@pytest.fixture
def inspected(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An index of packages, empty, over HTTPS signed by an authority that nobody knows; and that authority."""
    authority, key, asked, signed = (tmp_path / name for name in ("ca.pem", "ca.key", "asked.pem", "signed.pem"))
    extension = tmp_path / "san"
    extension.write_text("subjectAltName=IP:127.0.0.1\n")
    openssl = ["openssl", "req", "-newkey", "rsa:2048", "-nodes"]
    named, sign = ["-subj", "/CN=Autorité fictive"], ["openssl", "x509", "-req", "-CAcreateserial", "-days", "2"]
    for command in (
        [*openssl, "-x509", "-days", "2", *named, "-keyout", key, "-out", authority],
        [*openssl, "-subj", "/CN=127.0.0.1", "-keyout", tmp_path / "site.key", "-out", asked],
        [*sign, "-in", asked, "-CA", authority, "-CAkey", key, "-extfile", extension, "-out", signed],
    ):
        subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed, tmp_path / "site.key")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}/simple", authority
        server.shutdown()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl absent")
@pytest.mark.parametrize("program", ["pip", "uv"])
def test_an_authority_that_the_machine_believes_is_believed_by_the_installation(
    inspected: tuple[str, Path], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, authority = inspected
    for name in list(os.environ):
        if name.startswith(("PIP_", "UV_", "SSL_")) or name.lower().endswith(("_proxy", "_ca_bundle")):
            monkeypatch.delenv(name)
    pip = [ROOT / ".venv/bin/python", "-m", "pip", "download", "--no-cache-dir", "--retries=0"]
    uv = [ROOT / ".venv/bin/uv", "pip", "compile", "--no-config", "--no-cache", "--python", ROOT / ".venv/bin/python"]
    asked = {"pip": [*pip, "--index-url", index, "rien"], "uv": [*uv, "--index-url", index, authority.parent / "rien"]}
    (authority.parent / "rien").write_text("rien")

    def said() -> str:
        home = {"HOME": str(authority.parent), "PIP_CONFIG_FILE": "/dev/null"}
        given = {**preparer.certificates(), **os.environ, **home}
        done = subprocess.run(asked[program], env=given, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    monkeypatch.setattr(preparer, "MACHINE_CERTIFICATES", authority.parent / "absent")
    assert "certificate" in said().lower()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert "certificate" not in said().lower()


def test_an_installation_that_stops_says_what_to_do_behind_a_proxy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preparer, "create_venv", lambda: None)
    monkeypatch.setattr(preparer, "install_uv", lambda: None)
    monkeypatch.setattr(preparer, "UV", "/bin/false")
    assert not preparer.prepared("run")
    assert "« Derrière un mandataire », dans docs/installation.md" in capsys.readouterr().err
    assert "### Derrière un mandataire" in (ROOT / "docs" / "installation.md").read_text()


def test_what_the_administrator_gives_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundle = tmp_path / "autorites.pem"
    bundle.write_text("")
    monkeypatch.setattr(preparer, "MACHINE_CERTIFICATES", bundle)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert preparer.certificates() == {"UV_SYSTEM_CERTS": "1", "PIP_CERT": str(bundle)}
    monkeypatch.setenv("SSL_CERT_FILE", "/absent")
    assert preparer.certificates() == {"UV_SYSTEM_CERTS": "1"}
