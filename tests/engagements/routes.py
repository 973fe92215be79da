"""What the routes of engagements state (`tests/routes.py`)."""

from django.core.files.base import ContentFile

from tenir.habilitations.models import EspaceDeContrat
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, PARTENAIRES, TOUS, Arguments, Route
from tests.vie import engagement

TENU = "tests/engagements/test_navigateur_engagements.py::test_a_signatory_declares_its_promise_kept_with_a_proof"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One promise, which the body of the partner made, with a proof."""
    made = engagement(espace, "S91-E01", of="ccas")
    proof = made.preuves.create(titre="Note", nom="note.txt", fichier=ContentFile(b"vu", "note.txt"))
    pages = ("", "-dire", "-definir", "-rattacher", "-preuve-nouvelle")
    given: Arguments = {f"suivi-engagement{end}": [made.code] for end in pages}
    given |= {"suivi-engagement-tenu": [made.code], "suivi-engagement-relancer": [made.code]}
    given |= {"suivi-engagement-reporter": [made.code, 30]}
    signed = made.engagement.signataire.code
    given |= {"suivi-engagements-etat": [signed], "suivi-engagements-etat-fichier": [signed, "docx"]}
    return given | {f"suivi-engagement-preuve{end}": [made.code, proof.pk] for end in ("", "-retirer")}


ROUTES = {
    "suivi-engagements": Route(TOUS, TENU, 17),
    "suivi-engagements-export": Route(TOUS, FICHIER, 8),
    "suivi-engagements-etat": Route(TOUS, TENU, 10),
    "suivi-engagements-etat-fichier": Route(TOUS, FICHIER, 10),
    "suivi-engagement": Route(TOUS, TENU, 17),
    "suivi-engagement-dire": Route(PARTENAIRES, TENU, 5),
    "suivi-engagement-tenu": Route(PARTENAIRES, GESTE, None),
    "suivi-engagement-reporter": Route(EQUIPE, GESTE, None),
    "suivi-engagement-relancer": Route(EQUIPE, GESTE, None),
    "suivi-engagement-definir": Route(EQUIPE, COMMUN, 5),
    "suivi-engagement-rattacher": Route(EQUIPE, COMMUN, 12),
    "suivi-engagement-preuve-nouvelle": Route(PARTENAIRES, TENU, 5),
    "suivi-engagement-preuve": Route(TOUS, FICHIER, 6),
    "suivi-engagement-preuve-retirer": Route(PARTENAIRES, COMMUN, 6),
}
