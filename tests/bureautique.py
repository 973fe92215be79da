"""Files through LibreOffice, as whoever receives them opens them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def through_office(source: Path, to: str, out: Path) -> Path:
    """Open a file and save it in another format, in the folder `out`; the test is skipped without LibreOffice.

    `to` is what LibreOffice calls the format: « pdf », « xlsx:Calc MS Excel 2007 XML ».
    """
    return all_through_office([source], to, out)[0]


def all_through_office(sources: list[Path], to: str, out: Path) -> list[Path]:
    """Open files and save each in another format: LibreOffice takes longer to start than to save any of them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice absent : le fichier n’y est pas ouvert")
    profile = (sources[0].parent / "profil").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(out)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=180)
    return [out / source.with_suffix(f".{to.split(':')[0]}").name for source in sources]
