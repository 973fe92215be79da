"""Walks in the states that tests need, and photographs as telephones make them."""

import io
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.marches.models import Arret, Marche
from tenir.marches.services.arrets import add_stop
from tenir.marches.services.marches import publish, write_down
from tests.personnes import body

PLACE, GPS = 0x8825, 1
"""Where Exif keeps where a photograph was taken, and its first field."""
APPAREIL = "Telephone de Ida"


def telephone(width: int = 40, height: int = 20, *, turned: bool = False, kind: str = "JPEG") -> SimpleUploadedFile:
    """A photograph as a telephone writes it: where, with what; `turned`: the sensor was held upright."""
    from PIL import Image

    picture = Image.new("RGB", (width, height), "teal")
    exif = picture.getexif()
    exif[0x0110] = APPAREIL
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(PLACE)[GPS] = "N"
    made = io.BytesIO()
    picture.save(made, kind, exif=exif)
    name = "IMG_Ida_chez_elle.jpg" if kind == "JPEG" else "IMG_Ida.png"
    return SimpleUploadedFile(name, made.getvalue(), f"image/{kind.lower()}")


def marche(by: Acces, espace: EspaceDeContrat, *, of: str = "ccas", jour: date | None = None, **given: Any) -> Marche:
    """A walk that « ccas » leads, today."""
    day = jour or horloge.today(espace)
    return write_down(by=by, espace=espace, titre="Autour de l’école", jour=day, conduite_par=body(of), **given)


def arret(by: Acces, walk: Marche, lieu: str = "Passage de l’école", *, photo: bool = False, **given: Any) -> Arret:
    """A stop where something is wrong."""
    held = {"lieu": lieu, "categorie": "eclairage", "urgence": 2, "constat": "Le lampadaire est éteint.", **given}
    return add_stop(by=by, marche=walk, given=held, fichier=telephone() if photo else None)


def parcourue(by: Acces, espace: EspaceDeContrat, *, photo: bool = False, **given: Any) -> Marche:
    """A walk of two stops, ten days ago."""
    walk = marche(by, espace, jour=horloge.today(espace) - timedelta(days=10), **given)
    arret(by, walk, photo=photo)
    arret(by, walk, "Arrêt de bus", categorie="acces", urgence=3, constat="Le trottoir est trop haut.")
    return walk


def publiee(by: Acces, espace: EspaceDeContrat, **given: Any) -> Marche:
    """One that anyone reads, with the photograph of its first stop."""
    walk = parcourue(by, espace, photo=True, **given)
    return publish(by=by, marche=walk, photos=[one.pk for one in Arret.objects.of(walk)])


def refaite(by: Acces, espace: EspaceDeContrat, before: Marche) -> Marche:
    """The same, walked again today."""
    return marche(by, espace, suite_de=before)
