"""The life of a contract for the tests: actions with their pilots, fiches and jalons; promises; indicators."""

from dataclasses import asdict
from datetime import date, timedelta

from django.core.files.base import ContentFile

from tenir.activite.catalogue import freeze, read
from tenir.contrat.models import (
    ActionPrevue,
    Axe,
    DocumentCadre,
    Engagement,
    Indicateur,
    OrganismeCite,
    Orientation,
    Signataire,
)
from tenir.core import horloge
from tenir.core.documents import digest
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.enums import EXPLAINED
from tenir.fiches.models import FicheAction, Jalon
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.natures.catalogue import catalogue
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.synthese import synthesis_of
from tests.activite.registre import HEURES
from tests.personnes import body, person

OPENED = date(2026, 1, 5)
"""The day follow-up opened."""


def orientation(
    espace: EspaceDeContrat, code: str = "O01", *, axe: str = "A", pilots: tuple[str, ...] = ()
) -> Orientation:
    """An orientation, made once; `pilots` are identifiants of bodies, or printed names of nobody known (« ?… »)."""
    rank = int(code[1:])
    above, _ = Axe.objects.get_or_create(
        espace=espace, code=axe, defaults={"ordre": 0, "titre": f"Axe {axe}", "titre_imprime": axe}
    )
    found, made = Orientation.objects.get_or_create(
        espace=espace,
        code=code,
        defaults={"ordre": rank * 100, "titre": f"Orientation {code}", "titre_imprime": code, "axe": above},
    )
    if made:
        _cite(espace, pilots, orientation=found)
    return found


def action(
    espace: EspaceDeContrat, code: str = "O01-A01", *, pilots: tuple[str, ...] = (), axe: str = "A", **fields: object
) -> ActionPrevue:
    """A planned action of the orientation its code says, with the pilots it prints."""
    above = orientation(espace, code.split("-")[0], axe=axe)
    given = {"titre": f"Action {code}", "ordre": above.ordre + int(code[-2:]), **fields}
    found = ActionPrevue.objects.create(espace=espace, code=code, orientation=above, **given)
    _cite(espace, pilots, action=found)
    return found


def fiche(
    espace: EspaceDeContrat, code: str = "O01-A01", *, pilots: tuple[str, ...] = (), axe: str = "A", **fields: object
) -> FicheAction:
    """The fiche of a new planned action; a status given is declared since follow-up opened."""
    if fields.get("statut"):
        fields.setdefault("statut_depuis", OPENED)
    if fields.get("statut") in EXPLAINED:
        fields.setdefault("motif", "Raison fictive.")
    fields.setdefault("ouverte_le", OPENED)
    return FicheAction.objects.create(espace=espace, action=action(espace, code, pilots=pilots, axe=axe), **fields)


def jalon(of: FicheAction, prevu_le: date, titre: str = "Ouvrir le lieu", **fields: object) -> Jalon:
    """A jalon of a fiche."""
    return Jalon.objects.create(fiche=of, titre=titre, prevu_le=prevu_le, **fields)


def _cite(espace: EspaceDeContrat, pilots: tuple[str, ...], **holder: object) -> None:
    for rang, pilot in enumerate(pilots):
        known = None if pilot.startswith("?") else body(pilot)
        OrganismeCite.objects.create(
            espace=espace,
            role=OrganismeCite.Role.PILOTE,
            rang=rang,
            nom=known.nom if known else pilot[1:],
            organisation=known,
            **holder,
        )


def engagement(
    espace: EspaceDeContrat, code: str = "S01-E01", *, of: str = "caf", **fields: object
) -> SuiviDEngagement:
    """The life of a new promise of a body, whose signature is made once."""
    organisation, rank = body(of), int(code[1:3])
    signataire, _ = Signataire.objects.get_or_create(
        espace=espace,
        code=code.split("-")[0],
        defaults={"ordre": rank * 100, "nom": organisation.nom, "organisation": organisation},
    )
    engagement = Engagement.objects.create(
        espace=espace,
        code=code,
        signataire=signataire,
        titre=f"Engagement {code}",
        ordre=rank * 100 + int(code[-2:]),
        niveau=1,
    )
    if fields.get("etat"):
        fields.setdefault("etat_depuis", OPENED)
    fields.setdefault("ouvert_le", OPENED)
    return SuiviDEngagement.objects.create(espace=espace, engagement=engagement, **fields)


def indicateur(espace: EspaceDeContrat, code: str = "I01", **fields: object) -> SuiviDIndicateur:
    """The life of a new indicator."""
    printed = Indicateur.objects.create(espace=espace, code=code, libelle=f"Indicateur {code}", ordre=int(code[1:]))
    fields.setdefault("ouvert_le", OPENED)
    return SuiviDIndicateur.objects.create(espace=espace, indicateur=printed, **fields)


def point_asked(espace: EspaceDeContrat) -> tuple[int, int, int]:
    """A draft of a point d'étape, someone asked, and her first question, on an action: their numbers."""
    today = horloge.today()
    someone = person("Ugo Sollicité", signs_in=False)
    point = PointDEtape.objects.create(
        espace=espace, titre="Automne", reponse_avant=today + timedelta(days=9), cree_par=someone
    )
    asked = Destinataire.objects.create(point=point, personne=someone, expire_le=horloge.now() + timedelta(days=21))
    question = Question.objects.create(
        destinataire=asked,
        ordre=1,
        fiche=fiche(espace, "O09-A09"),
        nom="note.txt",
        fichier=ContentFile(b"vu", "note.txt"),
    )
    asked_number(asked)
    return point.pk, asked.pk, question.pk


def asked_number(asked: Destinataire) -> Question:
    """A number asked of the same person, of what the CAF counted in the winter of 2026."""
    espace = asked.point.espace
    return Question.objects.create(
        destinataire=asked,
        ordre=2,
        mots=freeze(espace, catalogue([read(HEURES)])["heures"]),
        organisme=body("caf"),
        du=date(2026, 1, 1),
        au=date(2026, 3, 31),
    )


def frozen_point(espace: EspaceDeContrat) -> int:
    """A point d'étape closed, about nothing that was answered, whose synthesis is frozen: its number."""
    now = horloge.now()
    point = PointDEtape.objects.create(
        espace=espace,
        titre="Hiver",
        reponse_avant=horloge.today(),
        cree_par=person("Zoé Ouvreuse", signs_in=False),
        envoye_le=now,
        clos_le=now,
    )
    document = synthesis_of(point, horloge.today())
    point.synthese, point.synthese_sha256, point.synthese_le = asdict(document), digest(document), now
    point.save()
    return point.pk


def document_cadre(espace: EspaceDeContrat, titre: str, *, of: str = "caf", periode: str = "") -> DocumentCadre:
    """A frame document that a body that signs refers to."""
    organisation = body(of)
    rank = DocumentCadre.objects.count() + 1
    signataire, _ = Signataire.objects.get_or_create(
        espace=espace,
        organisation=organisation,
        defaults={"code": f"S{80 + rank}", "ordre": 8000 + rank, "nom": organisation.nom},
    )
    return DocumentCadre.objects.create(
        espace=espace,
        code=f"{signataire.code}-C{rank:02}",
        ordre=8000 + rank,
        signataire=signataire,
        titre=titre,
        periode=periode,
    )
