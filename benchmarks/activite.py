"""The register of the contracts of the nation: two thousand entries each, written in bulk, and what they cost.

Seeded like the contracts. Not through the services: what is measured is reading, and 450 contracts are many.
"""

import csv
import io
import random
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from django.test import Client
from django.urls import reverse

from benchmarks import vie
from tenir.activite.calculs import calculs_of
from tenir.activite.catalogue import freeze, offered_in
from tenir.activite.ecrans.commun import writable
from tenir.activite.ecrans.importation.formulaires import USUAL, proposed
from tenir.activite.ecrans.registres.totaux import totals_of
from tenir.activite.enums import Confiance
from tenir.activite.etats import with_state
from tenir.activite.models import Carnet, Entree, Nature, Objet, RegistreDActivite, Valeur, VersionDeNature
from tenir.activite.services import importation
from tenir.activite.services.carnets import open_carnet
from tenir.activite.services.cumuls import differences, rewrite
from tenir.activite.services.entree import Saisie
from tenir.activite.services.liens_de_carnet import latest, token_of
from tenir.activite.services.par_carnet import note
from tenir.activite.services.series import create_serie
from tenir.activite.tableur.plan import Plan
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.tableur import read_file
from tenir.core.tableur.correspondance import survey
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.niveaux import Niveau

YEAR, ROWS, THINGS = 365, 300, 200
KINDS = ("atelier", "permanence", "formation")
FED = "permanence"
"""The kind that feeds an indicator, and how."""
FEEDS = "alimente:\n  - {indicateur: I01, calcul: compte}\n  - {indicateur: I01, calcul: somme, mesure: recus}\n"
Acts = dict[str, Callable[[], Any]]


def give_activity(espace: EspaceDeContrat, rank: int, count: int) -> None:
    """So many sessions of a year to a contract, each with its number, and their sums."""
    rng = random.Random(f"activite {rank}")  # noqa: S311 - no secret
    kinds = {one.nature: one for one in offered_in(espace)}
    frozen = [freeze(espace, kinds[code]) for code in KINDS]
    bodies = sorted(set(Signataire.objects.of(espace).values_list("organisation", flat=True)))
    rows = [_entree(rng, espace, number, rng.choice(frozen), rng.choice(bodies)) for number in range(1, count + 1)]
    Entree.objects.bulk_create(rows, batch_size=500)
    made = Entree.objects.of(espace).select_related("mots").order_by("numero")
    numbers = [_valeur(rng, one) for one in made]
    Valeur.objects.bulk_create(numbers, batch_size=500)
    numbers = {"dernier": count + 2 * THINGS, "dernier_objet": THINGS}
    RegistreDActivite.objects.update_or_create(espace=espace, defaults=numbers)
    _things(rng, espace, count + 1, bodies)
    rewrite(espace)


def _things(rng: random.Random, espace: EspaceDeContrat, first: int, bodies: list[int]) -> None:
    """A register of conventions, each told of twice; and a kind that feeds an indicator."""
    shipped = resources.files("tenir.natures").joinpath(f"livrees/{FED}.yaml").read_text(encoding="utf-8")
    Nature.objects.create(espace=espace, code=FED, texte=shipped + FEEDS)
    kind = next(one for one in offered_in(espace, lasting=True) if one.nature == "convention")
    mots = freeze(espace, kind)
    words = {"espace": espace, "nature": kind.nature, "mots": mots}
    made = Objet.objects.bulk_create(
        Objet(**words, numero=number, libelle=f"Convention {number}", organisme_id=rng.choice(bodies))
        for number in range(1, THINGS + 1)
    )
    told = [(one, etat) for one in made for etat in ("signer", "signee")]
    Entree.objects.bulk_create(_told(rng, *one, number) for number, one in enumerate(told, first))


def _told(rng: random.Random, objet: Objet, etat: str, number: int) -> Entree:
    day = horloge.today(objet.espace) - timedelta(days=rng.randrange(YEAR))
    words = {"mots": objet.mots, "forme": "objet", "objet": objet, "etat": etat}
    return Entree(espace=objet.espace, numero=number, debut=day, fin=day, organisme_id=objet.organisme_id, **words)


def carnet_of(espace: EspaceDeContrat) -> Carnet:
    """A carnet of a contract, whose body holds a session every day of the last weeks; made once."""
    if found := Carnet.objects.of(espace).select_related("espace", "organisme", "personne", "lieu").first():
        return found
    by, referent = vie.acces_of_team(espace), Referent.objects.filter(espace=espace).order_by("pk").first()
    assert referent is not None
    values = {"organisme": referent.organisation, "jours": "01234", "debut": time(14), "fin": time(16)}
    over = {"du": horloge.today(espace) - timedelta(days=50)}
    create_serie(by=by, espace=espace, nature="atelier", values={**values, **over})
    given = {"natures": [], "confiance": Confiance.RETENUE, "mensuel": True}
    return open_carnet(by=by, espace=espace, referent=referent, **given)


def acts(espace: EspaceDeContrat) -> Acts:
    """What someone does in the register of a contract, by name."""
    mine, client = carnet_of(espace), Client(HTTP_HOST="localhost")
    lien = latest(mine)
    assert lien is not None
    token = token_of(lien)
    by, releve = vie.acces_of_team(espace), survey(read_file("suivi.csv", _table(mine)), USUAL)
    depose = importation.deposit(by=by, espace=espace, nom="suivi.csv", releve=releve)
    one_kind = Plan(nature="atelier", organisme=mine.organisme.identifiant)
    plan = proposed(releve, writable(by, espace), {}, "", one_kind)
    importation.read_as(by=by, depose=depose, plan=plan)

    def written() -> None:
        depose.refresh_from_db()
        shown = importation.preview(by, depose)
        importation.write_import(by=by, depose=depose, empreinte=shown.empreinte)

    return {
        "the page of a carnet": lambda: client.get(reverse("mon-carnet", args=[token])),
        "the page of a month, in a carnet": lambda: client.get(reverse("mon-carnet-mois", args=[token])),
        "note a session by a carnet": lambda: note(mine, nature="atelier", saisie=_saisie(mine), cle="", exact=True),
        f"the preview of a table of {ROWS} rows": lambda: importation.preview(by, depose),
        f"its preview, then its {ROWS} rows written": written,
        "recount a contract of 2,000 entries": lambda: list(differences(espace)),
        "one computed indicator, four years of it": lambda: _computed(espace),
        f"a register of {THINGS} things, with their state and sums": lambda: _register(espace),
    }


def _computed(espace: EspaceDeContrat) -> list[Any]:
    year = horloge.today(espace).year
    years = [(date(one, 1, 1), date(one, 12, 31)) for one in range(year, year - 4, -1)]
    terms = calculs_of(espace, Niveau.EQUIPE)["I01"]
    return [one.made(Niveau.EQUIPE, *period) for one in terms for period in years]


def _register(espace: EspaceDeContrat) -> list[Any]:
    rows = with_state(Objet.objects.of(espace).filter(nature="convention"))
    return [totals_of(rows.order_by().values("pk")), list(rows.select_related("organisme", "lieu", "mots"))]


def _entree(rng: random.Random, espace: EspaceDeContrat, number: int, mots: VersionDeNature, body: int) -> Entree:
    day = horloge.today(espace) - timedelta(days=rng.randrange(YEAR))
    words = {"mots": mots, "forme": "séance", "autre_lieu": f"Salle {rng.randrange(12)}"}
    return Entree(espace=espace, numero=number, debut=day, fin=day, organisme_id=body, **words)


def _valeur(rng: random.Random, entree: Entree) -> Valeur:
    return Valeur(entree=entree, mesure=entree.mots.nature.principale, valeur=Decimal(rng.randint(2, 30)))


def _saisie(mine: Carnet) -> Saisie:
    day = horloge.today(mine.espace)
    return Saisie({"debut": day, "fin": day}, {("presents", ""): Decimal(12)})


def _table(mine: Carnet) -> bytes:
    """The table of an association, three hundred sessions of the last quarter."""
    out = io.StringIO()
    today = horloge.today(mine.espace)
    rows = [(today - timedelta(days=1 + rank % 75), 5 + rank % 20, f"Atelier {rank // 75}") for rank in range(ROWS)]
    told = [(f"{day:%d/%m/%Y}", count, place) for day, count, place in rows]
    csv.writer(out, delimiter=";").writerows([("Date de la séance", "Nb de personnes", "Salle"), *told])
    return out.getvalue().encode()
