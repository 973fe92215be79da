"""The tables that associations keep, with headings of their own, for the tests of what comes in."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from tenir.activite.ecrans.commun import writable
from tenir.activite.ecrans.importation.formulaires import USUAL, proposed
from tenir.activite.models import Entree, ImportDEntrees
from tenir.activite.services import importation
from tenir.activite.services.importation import deposit, read_as, write_import
from tenir.activite.tableur.examen import Examen
from tenir.activite.tableur.plan import Plan
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.tableur import read_file
from tenir.core.tableur.correspondance import Releve, survey
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces
from tests.activite.registre import entree
from tests.personnes import body

TITRES = ("Date de la séance", "Nb de personnes", "dont femmes", "dont hommes", "Salle", "Thème abordé", "Remarques")
Row = dict[str, str]


def today() -> date:
    """The day on which tables come in."""
    return horloge.today()


def day(ago: int) -> str:
    """A day, as French writes it."""
    return f"{today() - timedelta(days=ago):%d/%m/%Y}"


def row(ago: int = 3, **more: str) -> Row:
    """A session of twelve people."""
    given = {"Date de la séance": day(ago), "Nb de personnes": "12", "dont femmes": "7", "Salle": "Gymnase"}
    return given | more


def sheet(rows: Iterable[Row], titres: Sequence[str] = TITRES) -> bytes:
    """A table in CSV, as a French spreadsheet writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([titres, *([one.get(head, "") for head in titres] for one in rows)])
    return out.getvalue().encode("utf-8-sig")


def fautive() -> list[tuple[Row, str]]:
    """Forty rows that are not kept, each with what is said of it."""
    later = f"{today() + timedelta(days=20):%d/%m/%Y}"
    places = [f"Salle {one}" for one in range(10)]
    date_, count, women, men = TITRES[:4]
    return [
        *((row(2, Salle=one, **{date_: "32/13/2026"}), "n’est pas une date") for one in places[:5]),
        *((row(2, Salle=one, **{date_: ""}), "le jour manque") for one in places[:3]),
        *((row(2, Salle=one, **{date_: later}), "est à venir") for one in places[:4]),
        *((row(2, Salle=one, **{count: "-3"}), "ne descend pas sous zéro") for one in places[:4]),
        *((row(2, Salle=one, **{count: "douze"}), "n’est pas un nombre") for one in places[:4]),
        *((row(2, Salle=one, **{count: "12,5"}), "nombre entier") for one in places[:2]),
        *((row(2, Salle=one, **{count: ""}), "donnez ce nombre") for one in places[:2]),
        *((row(2, Salle=one, **{women: "9", men: "9"}), "plus que le total") for one in places[:4]),
        *((row(2, Salle=one, **{women: "#REF!"}), "n’a pas su calculer") for one in places[:2]),
        *((row(2, Salle="x" * 121), "120 caractères") for _ in range(2)),
        *((row(2, Salle=one, **{TITRES[5]: "t" * 81}), "80 caractères") for one in places[:2]),
        *((row(ago, Salle="Salle 0"), "la même chose que la ligne") for ago in range(10, 14)),
        *((row(2, Salle=one, **{date_: "25-03-27"}), "peut se lire") for one in places[:2]),
    ]


def of_an_association() -> tuple[list[Row], list[str]]:
    """Three hundred rows, forty of them at fault, and what is said of those."""
    sound = [row(ago, Salle=f"Salle {place}") for ago in range(10, 75) for place in range(4)]
    faults = fautive()
    assert (len(sound), len(faults)) == (260, 40)
    return sound + [one for one, _ in faults], [said for _, said in faults]


def survey_of(content: bytes) -> Releve:
    """A table as a page reads it."""
    return survey(read_file("suivi.csv", content), USUAL)


def deposed(
    by: Acces, espace: EspaceDeContrat, content: bytes, *, nature: str = "atelier", of: str = "ccas"
) -> ImportDEntrees:
    """A table given, its columns guessed, of one kind and of one body."""
    kinds = writable(by, espace)
    depose = deposit(by=by, espace=espace, nom="suivi.csv", releve=survey_of(content))
    if not depose.plan:
        releve = Releve.from_json(depose.contenu)
        plan = proposed(releve, kinds, {}, "", Plan(nature=nature, organisme=of))
        read_as(by=by, depose=depose, plan=plan)
        depose.refresh_from_db()
    return depose


def brought(by: Acces, espace: EspaceDeContrat, content: bytes, **given: Any) -> Examen:
    """What became of each row of a table, written as it was shown."""
    depose = deposed(by, espace, content, **given)
    shown = importation.preview(by, depose)
    write_import(by=by, depose=depose, empreinte=shown.empreinte)
    return shown


def address(espace: EspaceDeContrat, name: str = "activite-importer", *args: Any) -> str:
    """The address of a page of imports."""
    return reverse(name, args=[espace.slug, *args])


def by_hand(by: Acces, espace: EspaceDeContrat, ago: int) -> Entree:
    """What a row of so many days ago says, written on the site."""
    of = today() - timedelta(days=ago)
    return entree(by, espace, 12, le=of, autre_lieu="Gymnase", valeurs={("presents", "sexe:f"): 7})


def furnish(espace: EspaceDeContrat) -> None:
    """Give a contract two bodies, and a place."""
    for name in ("ccas", "caf"):
        OrganismeRetenu.objects.create(espace=espace, organisation=body(name))
    Lieu.objects.create(espace=espace, code="L01", ordre=1, nom="Maison des habitants")


def plainly(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")
