"""Build the environment `.venv` from the hashed locks, and only when a lock changed.

`python -m scripts.preparer run|test|uv`. Standard library only: this runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
MACHINE_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Where Debian and Ubuntu keep the authorities of the machine, those added by its administrator included."""
BEHIND_A_PROXY = (
    "Si ces lignes parlent de certificat (certificate, issuer) ou de connexion (connect, timeout), la machine est sans "
    "doute derrière un mandataire : voyez « Derrière un mandataire », dans docs/installation.md."
)


def main() -> int:
    """Prepare the environment named on the command line; 1 with a sentence when it cannot be."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    return 0 if prepared(wanted) else 1


def prepared(wanted: str) -> bool:
    """Bring `.venv` in step with `locks/<wanted>.txt`; say which command failed otherwise."""
    try:
        create_venv()
        install_uv()
        if wanted != "uv":
            install_lock(wanted)
    except subprocess.CalledProcessError as error:
        print(f"L’installation s’est arrêtée sur : {' '.join(map(str, error.cmd))}", file=sys.stderr)
        print(BEHIND_A_PROXY, file=sys.stderr)
        return False
    return True


def create_venv() -> None:
    """Create `.venv`, again when the Python it was made with is gone or too old."""
    if works(PYTHON):
        return
    print("Création de l’environnement .venv…", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)


def works(python: Path) -> bool:
    """Tell whether this interpreter runs and is recent enough."""
    if not python.exists():
        return False
    probe = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def install_uv() -> None:
    """Install the installer itself, with pip, from its own lock."""
    if in_step("uv") and UV.exists():
        return
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", lock("uv")])
    stamp("uv")


def install_lock(wanted: str) -> None:
    """Install every locked package, then Tenir itself: no network, no build dependency outside the lock."""
    if in_step(wanted):
        return
    print("Installation des paquets verrouillés…", flush=True)
    install = [UV, "pip", "install", "--quiet", "--python", PYTHON]
    run([*install, "--require-hashes", "-r", lock(wanted)])
    run([*install, "--offline", "--no-deps", "--no-build-isolation", "--editable", ROOT])
    stamp(wanted)


def run(command: list[str | Path]) -> None:
    """Run one command from the root, its errors shown as they come."""
    subprocess.run(command, cwd=ROOT, check=True, env={**certificates(), **os.environ})


def certificates() -> dict[str, str]:
    """Let pip and uv believe whom this machine believes: the proxy of an administration has an authority of its own."""
    bundle = os.environ.get("SSL_CERT_FILE") or str(MACHINE_CERTIFICATES)
    return {"UV_SYSTEM_CERTS": "1"} | ({"PIP_CERT": bundle} if Path(bundle).exists() else {})


def lock(name: str) -> Path:
    """Return the lock of that name."""
    return ROOT / "locks" / f"{name}.txt"


def in_step(name: str) -> bool:
    """Tell whether the environment was last prepared from this very lock and project file."""
    kept = stamp_file(name)
    return kept.exists() and kept.read_text() == digest(name)


def stamp(name: str) -> None:
    """Remember what the environment was prepared from."""
    stamp_file(name).write_text(digest(name))


def stamp_file(name: str) -> Path:
    """Return where the digest of that lock is kept: in `.venv`, so that both vanish together."""
    return VENV / f"tenir-{name}.sha256"


def digest(name: str) -> str:
    """Return the SHA-256 of the lock, with the project file that says what Tenir installs."""
    content = lock(name).read_bytes()
    if name != "uv":
        content += (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
