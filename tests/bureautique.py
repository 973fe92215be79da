"""Files through LibreOffice, as whoever receives them opens them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def through_office(source: Path, to: str, out: Path) -> Path:
    """Open a file and save it in another format, in the folder `out`; the test is skipped without LibreOffice.

    `to` is what LibreOffice calls the format: « pdf », « xlsx:Calc MS Excel 2007 XML ».
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice absent : le fichier n’y est pas ouvert")
    profile = (source.parent / "profil").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(out)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return out / source.with_suffix(f".{to.split(':')[0]}").name
