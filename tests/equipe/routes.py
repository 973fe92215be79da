"""What the routes of the team state (`tests/routes.py`)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tenir.acteurs.models import Graphie, Organisation
from tenir.core.trace import Auteur, Fait, record
from tenir.equipe.models import Sigle
from tenir.equipe.services.invitations import _digest
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation, OrganismeRetenu
from tenir.habilitations.services import trace_of
from tests.personnes import body, person, referent
from tests.routes import ADMINISTRATION, COMMUN, EQUIPE, FICHIER, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

ECRANS = "tests/equipe/test_navigateur_equipe.py::test_every_screen_is_sound_and_accessible"
IMPORT_DE_CONTACTS = "tests/equipe/test_navigateur_equipe.py::test_contacts_come_in_from_a_spreadsheet"
INVITER = "tests/equipe/test_navigateur_equipe.py::test_a_partner_is_invited_and_signs_in_by_a_code"
INSTALLATION = (
    "tests/equipe/test_parcours_equipe.py"
    "::test_from_an_empty_installation_to_a_partner_who_sees_what_is_theirs_and_nothing_else"
)
ORGANISMES = "tests/equipe/test_navigateur_organismes.py::test_a_body_is_added_spelled_renamed_ended_and_undone"
SECRET = "le-secret-d-une-invitation".ljust(43, "x")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A person with two roles and a trace, a contact, an invitation."""
    someone = person("Gil Sujet")
    held = [
        Habilitation.objects.create(personne=someone, espace=espace, role="lecture", du="2026-01-05"),
        Habilitation.objects.create(personne=someone, role="administration", du="2026-01-05"),
    ]
    contact = referent(person("Ida Contact", signs_in=False), espace)
    invited = Invitation.objects.create(
        espace=espace,
        role="lecture",
        email="invite@exemple.test",
        jeton=_digest(SECRET),
        expire_le=timezone.now() + timedelta(days=14),
    )
    return (
        of_a_trace(espace, someone.pk)
        | of_a_body(espace)
        | {
            "habilitation-fin": [held[0].pk],
            "plateforme-habilitation-fin": [held[1].pk],
            "droits-d-une-personne": [someone.pk],
            "contact-modifier": [contact.pk],
            "contact-fin": [contact.pk],
            **of_an_acronym(espace),
            "invitation-renvoyer": [invited.pk],
            "invitation-revoquer": [invited.pk],
            "invitation": [SECRET],
            "invitation-abime": [f"{SECRET})"],
        }
    )


def of_an_acronym(espace: EspaceDeContrat) -> Arguments:
    """The pages of an acronym that the document prints, and whose words the team gave."""
    made = Sigle.objects.create(espace=espace, sigle="RFV", imprime="Relais", ligne=1, mots="Relais des Familles")
    return {f"sigle{end}": [made.pk] for end in ("", "-retirer", "-remettre")}


def of_a_body(espace: EspaceDeContrat) -> Arguments:
    """The pages of a body that nothing names, with a spelling and a branch; of one that is no more."""
    made = Organisation.objects.create(
        identifiant="ajout-mains", nom="Les Mains Fictives", nature="association", version=1
    )
    Organisation.objects.create(
        identifiant="ajout-antenne", nom="Antenne Fictive", nature="association", parent=body("caf")
    )
    over = Organisation.objects.create(
        identifiant="ajout-ancien",
        nom="Ancien Organisme",
        nature="association",
        fin="2026-01-01",
        devenir="dissolution",
    )
    free = Organisation.objects.create(identifiant="ajout-libre", nom="Libre Fictive", nature="association")
    OrganismeRetenu.objects.create(espace=espace, organisation=made)
    spelled = Graphie(organisation=made, texte="Jardin d’en bas")
    spelled.full_clean()
    spelled.save()
    ends = ("", "-modifier", "-graphie", "-renommer", "-fin", "-liberer", "-supprimer")
    return {f"organisme{end}": [made.pk] for end in ends} | {
        "organisme-revivre": [over.pk],
        "organisme-retenir": [free.pk],
        "organisme-graphie-retirer": [made.pk, spelled.pk],
    }


def of_a_trace(espace: EspaceDeContrat, someone: int) -> Arguments:
    """The same for the pages of the trace: of the contract and of the platform, of a thing, of a person."""
    facts = [Fait("action", "O01-A01", "titre", "a", "b"), Fait("personne", str(someone), "nom", "", "x")]
    for chain in (trace_of(espace), trace_of(None)):
        with transaction.atomic():
            record(chain, Auteur(), facts)
    thing = ["action", "O01-A01"]
    return {
        "trace-personne": [someone],
        "trace-personne-export": ["csv", someone],
        "trace-personne-effacer": [someone],
        "trace-objet": thing,
        "trace-objet-export": ["csv", *thing],
        "trace-objet-effacer": thing,
    }


ROUTES = {
    "mes-droits": Route(TOUS, ECRANS, 4, jumelle=True),
    "droits": Route(TOUS, ECRANS, 4, jumelle=True),
    "droits-export": Route(TOUS, FICHIER, 4, jumelle=True),
    "habilitations": Route(EQUIPE, ECRANS, 7, jumelle=True),
    "habilitations-export": Route(EQUIPE, FICHIER, 5, jumelle=True),
    "habilitation-nouvelle": Route(EQUIPE, ECRANS, 6, jumelle=True),
    "habilitation-fin": Route(EQUIPE, ECRANS, 8, jumelle=True),
    "droits-d-une-personne": Route(EQUIPE, ECRANS, 6, jumelle=True),
    "trace": Route(EQUIPE, ECRANS, 8, jumelle=True),
    "trace-export": Route(EQUIPE, FICHIER, 6, jumelle=True),
    "trace-personne": Route(EQUIPE, ECRANS, 10, jumelle=True),
    "trace-personne-export": Route(EQUIPE, FICHIER, 8, jumelle=True),
    "trace-personne-effacer": Route(ADMINISTRATION, ECRANS, 11, jumelle=True),
    "trace-objet": Route(EQUIPE, ECRANS, 9, jumelle=True),
    "trace-objet-export": Route(EQUIPE, FICHIER, 7, jumelle=True),
    "trace-objet-effacer": Route(ADMINISTRATION, COMMUN, 9, jumelle=True),
    "reglages": Route(EQUIPE, COMMUN, 5),
    "contacts": Route(PARTENAIRES, INSTALLATION, 9),
    "contacts-export": Route(PARTENAIRES, FICHIER, 5),
    "contact-nouveau": Route(PARTENAIRES, ECRANS, 5),
    "contacts-importer": Route(EQUIPE, IMPORT_DE_CONTACTS, 4),
    "contact-modifier": Route(PARTENAIRES, COMMUN, 6),
    "contact-fin": Route(PARTENAIRES, ECRANS, 8),
    "organismes": Route(EQUIPE, ORGANISMES, 9),
    "organismes-export": Route(EQUIPE, FICHIER, 7),
    "organisme-nouveau": Route(EQUIPE, ORGANISMES, 5),
    **{
        f"organisme{end}": Route(EQUIPE, COMMUN, most, commune=True)
        for end, most in (
            ("", 50),
            ("-modifier", 6),
            ("-graphie", 5),
            ("-graphie-retirer", 8),
            ("-renommer", 7),
            ("-fin", 8),
            ("-revivre", 7),
            ("-retenir", 7),
            ("-liberer", 7),
            ("-supprimer", 7),
        )
    },
    "glossaire": Route(EQUIPE, COMMUN, 10),
    "glossaire-export": Route(EQUIPE, FICHIER, 8),
    "sigle-nouveau": Route(EQUIPE, COMMUN, 5),
    "sigle": Route(EQUIPE, COMMUN, 7),
    "sigle-retirer": Route(EQUIPE, COMMUN, 6),
    "sigle-remettre": Route(EQUIPE, COMMUN, 6),
    "invitations": Route(EQUIPE, ECRANS, 7),
    "invitations-export": Route(EQUIPE, FICHIER, 5),
    "invitation-nouvelle": Route(EQUIPE, ECRANS, 5),
    "invitation-renvoyer": Route(EQUIPE, COMMUN, 5),
    "invitation-revoquer": Route(EQUIPE, COMMUN, 5),
    "invitation": Route(LIEN, INVITER, 2),
    "invitation-abime": Route(LIEN, RENVOI, 1),
}
