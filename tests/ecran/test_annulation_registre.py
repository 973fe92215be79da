"""Every service that writes is undone, or says here why not; gestures and undos in any order leave nothing behind."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tenir.core import horloge
from tenir.ecran.annulation.annuler import ChangeDepuis, mark_of, standing, undo
from tenir.ecran.annulation.valeurs import VERSION, held
from tenir.ecran.models import Geste, LigneDeGeste, VueNommee
from tenir.ecran.services import vues
from tenir.engagements.services import engagement as promises
from tenir.engagements.services import preuves
from tenir.fiches.models import ImportDeFiches
from tenir.fiches.services import fiche as fiches
from tenir.fiches.services import imports, jalons, lot, nouvelles, pieces, prescripteurs, retards
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.services import cibles
from tenir.indicateurs.services import indicateur as readings
from tests.exemples import few
from tests.fiches.classeurs import exported, write
from tests.mesures import cible, releve
from tests.personnes import acces, body, contract
from tests.vie import action, engagement, fiche, indicateur, jalon

ROOMS = ("ecran", "fiches", "engagements", "indicateurs")
DAY = date(2026, 3, 31)

READS = "it reads, or prepares, and writes nothing"
NOT_UNDONE = {
    "fiches.services.imports.deposit": "nothing of the contract changes: she leaves the workbook on its page",
    "fiches.services.imports.keep": "what `deposit` keeps of a workbook, read at once or by the loop",
    "fiches.services.imports.clean": "a task of the night, made by nobody",
    "fiches.services.imports.abandon": "nothing of the contract changes: the workbook is brought back again",
    "ecran.services.vues.forget": "a part of erasing a person, which is for good",
    "fiches.services.passation.transfer_fiches": "a part of handing over, which another handing over gives back",
    **dict.fromkeys(
        (
            "ecran.services.vues.about",
            "ecran.services.vues.locked",
            "ecran.services.vues.name_in_trace",
            "ecran.services.vues.require_change",
            "ecran.services.vues.shown",
            "fiches.services.fiche.about",
            "fiches.services.fiche.locked",
            "fiches.services.fiche.settled",
            "fiches.services.fiche.tried",
            "fiches.services.nouvelles.tried",
            "engagements.services.engagement.settled",
            "engagements.services.engagement.tried",
            "indicateurs.services.indicateur.tried",
            "fiches.services.imports.preview",
            "fiches.services.imports.read_for",
            "fiches.services.jalons.shown",
            "fiches.services.jalons.tried",
            "fiches.services.nouvelles.shown",
            "fiches.services.pieces.shown",
            "fiches.services.prescripteurs.shown",
            "fiches.services.retards.shown_late",
            "fiches.services.lot.fiches_of",
            "fiches.services.lot.preview_bulk",
            "fiches.services.passation.count_fiches",
            "fiches.services.pieces.host_of",
            "engagements.services.engagement.about",
            "engagements.services.engagement.locked",
            "engagements.services.engagement.linked_to",
            "engagements.services.preuves.shown",
            "engagements.services.preuves.told",
            "indicateurs.services.cibles.shown",
            "indicateurs.services.indicateur.shown",
            "indicateurs.services.indicateur.shown_in_force",
            "indicateurs.services.indicateur.about",
            "indicateurs.services.indicateur.figure",
            "indicateurs.services.indicateur.locked",
            "indicateurs.services.indicateur.told_period",
        ),
        READS,
    ),
}
"""What is not undone, and why."""


def services() -> Iterator[str]:
    """Every public function of the services of rooms, by its path."""
    for room in ROOMS:
        package = importlib.import_module(f"tenir.{room}.services")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, one in inspect.getmembers(module, inspect.isfunction):
                if one.__module__ == found.name and not name.startswith("_"):
                    yield f"{found.name}.{name}".removeprefix("tenir.")


class Scene:
    """A contract with one thing of each kind, and all that each service needs to be called once."""

    def __init__(self, by: Acces, espace: EspaceDeContrat) -> None:
        self.by, self.espace = by, espace
        self.fiche = fiche(espace)
        self.jalon = jalon(self.fiche, DAY)
        self.partenaire = self.fiche.partenaires.create(organisation=body("caf"))
        self.piece = self.fiche.pieces.create(titre="Site", lien="https://exemple.test/")
        self.promise = engagement(espace)
        self.preuve = self.promise.preuves.create(titre="Site", lien="https://exemple.test/")
        self.indicateur = indicateur(espace)
        self.cible = cible(self.indicateur)
        self.releve = releve(self.indicateur)
        asked = {"espace": espace, "liste": "fiches", "cle": "retards", "nom": "Retards", "adresse": "retard=oui"}
        self.vue = VueNommee.objects.create(**asked, personne=by.personne, niveau=VueNommee.Pour.TOUS)
        self.vue.ouvertures.create(personne=by.personne, espace=espace, liste="fiches")
        self.autre = VueNommee.objects.create(**(asked | {"cle": "autre", "nom": "Autre"}), personne=by.personne)

    def imported(self) -> dict[str, Any]:
        """A workbook brought back with one change, as `apply_import` takes it."""
        book = write(exported(self.by, self.espace), "Fiches", self.fiche.code, {"Prochaine étape": "Signer"})
        depose = imports.deposit(by=self.by, espace=self.espace, nom="retour.xlsx", fichier=book)
        shown = imports.preview(ImportDeFiches.objects.get(pk=depose.pk)).empreinte()
        return {"depose": depose, "empreinte": shown, "choix": {}}


def measure(fin: date = DAY) -> readings.Mesure:
    return readings.Mesure(date(2025, 1, 1), fin, Decimal("12.5"), "registre")


FICHE = {"version": 1, "changes": {"statut": "en-cours"}}
LINK = {"lien": "https://exemple.test/deux"}
CALLS: dict[str, tuple[Callable[..., Any], Callable[[Scene], dict[str, Any]]]] = {
    "ecran.services.vues.create_vue": (
        vues.create_vue,
        lambda s: {"espace": s.espace, "liste": "fiches", "nom": "Silences", "adresse": "silence=oui"},
    ),
    "ecran.services.vues.update_vue": (
        vues.update_vue,
        lambda s: {"vue": s.vue, "version": 1, "changes": {"nom": "En retard", "niveau": VueNommee.Pour.SOI}},
    ),
    "ecran.services.vues.delete_vue": (vues.delete_vue, lambda s: {"vue": s.vue}),
    "ecran.services.vues.open_on": (vues.open_on, lambda s: {"vue": s.autre, "opens": True}),
    "fiches.services.fiche.update_fiche": (fiches.update_fiche, lambda s: {"fiche": s.fiche, **FICHE}),
    "fiches.services.imports.apply_import": (imports.apply_import, lambda s: s.imported()),
    "fiches.services.jalons.create_jalon": (
        jalons.create_jalon,
        lambda s: {"fiche": s.fiche, "titre": "Signer", "prevu_le": DAY},
    ),
    "fiches.services.jalons.update_jalon": (
        jalons.update_jalon,
        lambda s: {"jalon": s.jalon, "changes": {"atteint_le": DAY}},
    ),
    "fiches.services.retards.settle_first": (retards.settle_first, lambda s: {"fiche": s.fiche}),
    "fiches.services.retards.put_off_first": (
        retards.put_off_first,
        lambda s: {"fiche": s.fiche, "au": horloge.today() + timedelta(days=30)},
    ),
    "fiches.services.prescripteurs.set_prescribers": (
        prescripteurs.set_prescribers,
        lambda s: {"fiche": s.fiche, "organisations": [body("caf")]},
    ),
    "fiches.services.jalons.settle_jalon": (
        jalons.settle_jalon,
        lambda s: {"jalon": s.jalon, "fin": "abandonne_le", "motif": "vendu"},
    ),
    "fiches.services.jalons.delete_jalon": (jalons.delete_jalon, lambda s: {"jalon": s.jalon}),
    "fiches.services.lot.update_bulk": (
        lot.update_bulk,
        lambda s: {
            "espace": s.espace,
            "versions": {s.fiche.code: 1},
            "changes": {"statut": "realisee"},
            "motif": "comité",
        },
    ),
    "fiches.services.nouvelles.give_news": (nouvelles.give_news, lambda s: {"fiche": s.fiche, "texte": "Signé."}),
    "fiches.services.nouvelles.give_news_and_update": (
        nouvelles.give_news_and_update,
        lambda s: {"fiche": s.fiche, "texte": "Signé.", **FICHE},
    ),
    "fiches.services.nouvelles.set_part": (
        nouvelles.set_part,
        lambda s: {"fiche": s.fiche, "organisation": body("ccas"), "part": "la salle"},
    ),
    "fiches.services.nouvelles.remove_partner": (nouvelles.remove_partner, lambda s: {"partenaire": s.partenaire}),
    "fiches.services.pieces.add_piece": (
        pieces.add_piece,
        lambda s: {"fiche": s.fiche, "niveau": Niveau.PUBLIC, "fichier": SimpleUploadedFile("note.txt", b"vu")},
    ),
    "fiches.services.pieces.remove_piece": (pieces.remove_piece, lambda s: {"piece": s.piece}),
    "engagements.services.engagement.update_engagement": (
        promises.update_engagement,
        lambda s: {"suivi": s.promise, "version": 1, "changes": {"etat": "en-cours"}},
    ),
    "engagements.services.engagement.link_engagement": (
        promises.link_engagement,
        lambda s: {
            "suivi": s.promise,
            "actions": [s.fiche.action, action(s.espace, "O09-A09")],
            "indicateurs": [s.indicateur.indicateur],
        },
    ),
    "engagements.services.engagement.tell_engagement": (
        promises.tell_engagement,
        lambda s: {"suivi": s.promise, "texte": "Lancé."},
    ),
    "engagements.services.engagement.tell_and_update": (
        promises.tell_and_update,
        lambda s: {"suivi": s.promise, "version": 1, "changes": {"etat": "en-cours"}, "texte": "Lancé."},
    ),
    "engagements.services.preuves.add_preuve": (
        preuves.add_preuve,
        lambda s: {"suivi": s.promise, "titre": "Deux", **LINK},
    ),
    "engagements.services.preuves.remove_preuve": (preuves.remove_preuve, lambda s: {"preuve": s.preuve}),
    "indicateurs.services.indicateur.define_indicateur": (
        readings.define_indicateur,
        lambda s: {"suivi": s.indicateur, "version": 1, "changes": {"unite": "enfants"}},
    ),
    "indicateurs.services.indicateur.record_releve": (
        readings.record_releve,
        lambda s: {"suivi": s.indicateur, "mesure": measure(), "corrige": s.releve, "motif": "faute de frappe"},
    ),
    "indicateurs.services.indicateur.judge_releve": (
        readings.judge_releve,
        lambda s: {"releve": s.releve, "statut": StatutDeReleve.VALIDE},
    ),
    "indicateurs.services.cibles.create_cible": (
        cibles.create_cible,
        lambda s: {"suivi": s.indicateur, "le": DAY, "valeur": Decimal(12)},
    ),
    "indicateurs.services.cibles.update_cible": (
        cibles.update_cible,
        lambda s: {"cible": s.cible, "changes": {"valeur": Decimal(61)}},
    ),
    "indicateurs.services.cibles.delete_cible": (cibles.delete_cible, lambda s: {"cible": s.cible}),
}
"""How each service that writes is called once."""


def everything() -> dict[str, list[dict[str, Any]]]:
    """All that the life of contracts holds, but versions, which only grow, and workbooks, which say what was done."""
    return {
        model._meta.label: [
            {name: value for name, value in held(row, links(model)).items() if name != VERSION}
            for row in model.objects.order_by("pk")
        ]
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model not in KEPT_BESIDE
    }


KEPT_BESIDE = {ImportDeFiches, Geste, LigneDeGeste}
"""What says that something was done, and is not put back."""


def links(model: Any) -> list[str]:
    return [field.name for field in model._meta.many_to_many]


def test_every_service_is_undone_or_says_why_it_is_not() -> None:
    assert set(services()) == CALLS.keys() | NOT_UNDONE.keys()
    assert not CALLS.keys() & NOT_UNDONE.keys()


@pytest.mark.parametrize("name", CALLS)
def test_what_a_service_writes_is_undone_whole(
    vallon: EspaceDeContrat, equipe: Acces, settings, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    scene = Scene(equipe, vallon)
    service, given_ = CALLS[name]
    wanted = given_(scene)
    before = everything()
    service(by=equipe, **wanted)
    assert everything() != before
    made = Geste.objects.get()
    assert made.phrase.endswith(".")
    undo(by=equipe, geste=made, shown=mark_of(standing(made, equipe)))
    assert everything() == before


# Any sequence of gestures and undos

KINDS = ("statut", "etape", "nouvelle", "les deux", "jalon", "atteint", "retirer", "part", "partir", "lien", "oter")


def play(scene: SimpleNamespace, kind: str, rank: int) -> None:
    """One gesture on the fiche, whatever stands there."""
    by, of = scene.by, scene.fiche
    of.refresh_from_db()
    step, partner, piece = of.jalons.first(), of.partenaires.first(), of.pieces.first()
    changes = {"statut": ("en-cours", "realisee", "")[rank % 3]}
    if kind == "statut":
        fiches.update_fiche(by=by, fiche=of, version=of.version, changes=changes)
    elif kind == "etape":
        fiches.update_fiche(by=by, fiche=of, version=of.version, changes={"prochaine_etape": f"étape {rank}"})
    elif kind == "nouvelle":
        nouvelles.give_news(by=by, fiche=of, texte=f"Dit {rank}.", le=date(2026, 1, 1 + rank))
    elif kind == "les deux":
        nouvelles.give_news_and_update(by=by, fiche=of, texte="Dit.", version=of.version, changes=changes)
    elif kind == "jalon":
        jalons.create_jalon(by=by, fiche=of, titre=f"Jalon {rank}", prevu_le=date(2026, 5, 1 + rank))
    elif kind == "part":
        nouvelles.set_part(by=by, fiche=of, organisation=body(("caf", "ccas")[rank % 2]), part=f"part {rank}")
    else:
        take_away(by, kind, step, partner, piece, of)


def take_away(by: Acces, kind: str, step: Any, partner: Any, piece: Any, of: Any) -> None:
    if kind == "lien":
        pieces.add_piece(by=by, fiche=of, niveau=Niveau.PUBLIC, **LINK)
    elif kind == "atteint" and step:
        jalons.update_jalon(by=by, jalon=step, changes={"atteint_le": None if step.atteint_le else DAY})
    elif kind == "retirer" and step:
        jalons.delete_jalon(by=by, jalon=step)
    elif kind == "partir" and partner:
        nouvelles.remove_partner(by=by, partenaire=partner)
    elif kind == "oter" and piece:
        pieces.remove_piece(by=by, piece=piece)


class AnySequence(TestCase):
    """The gestures of one person, undone in any order that the site lets through."""

    @few(12)
    @given(st.lists(st.tuples(st.sampled_from([*KINDS, "annuler"]), st.integers(0, 9)), max_size=12))
    def test_gestures_and_undos_in_any_order_leave_what_was_there(self, steps: list[tuple[str, int]]) -> None:
        espace = contract("vallon")
        scene = SimpleNamespace(by=acces("Basile Pivot", Role.EQUIPE, espace), fiche=fiche(espace))
        before = everything()
        for kind, rank in steps:
            if kind == "annuler":
                self.undo_one(scene.by, rank)
            else:
                play(scene, kind, rank)
        while made := Geste.objects.filter(annule_le=None).first():
            undo(by=scene.by, geste=made)
        assert everything() == before

    def undo_one(self, by: Acces, rank: int) -> None:
        """Undo one of the gestures that stand; refused, it leaves all as it was."""
        found = list(Geste.objects.filter(annule_le=None))
        if not found:
            return
        before = everything()
        try:
            undo(by=by, geste=found[rank % len(found)])
        except ChangeDepuis:
            assert everything() == before
