"""What the routes of the public site state (`tests/routes.py`), on the shipped fictitious contract."""

from tenir.activite.models import Objet
from tenir.appels.models import PieceDAppel
from tenir.conseil.models import AppelACandidatures
from tenir.enquetes.models import Enquete
from tenir.evaluation.models import Evaluation
from tenir.gouvernance.models import Decision, InstanceSuivie, Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.roles import Role
from tenir.marches.models import Arret
from tenir.preconisations.models import Preconisation
from tests.activite.registres import objet
from tests.appels.appels import piece, publie
from tests.conseil.appels import tire
from tests.enquetes.enquetes import publiee as enquete_publiee
from tests.evaluation.evaluations import publiee as evaluation_publiee
from tests.marches.marches import publiee
from tests.personnes import acces, person
from tests.preconisations.preconisations import answered
from tests.routes import COMMUN, FICHIER, GESTE, OUVERTE, RENVOI, Arguments, Route
from tests.vie import OPENED

ECRANS = "tests/equipe/test_navigateur_equipe.py::test_every_screen_is_sound_and_accessible"
PAGES = "tests/public/test_navigateur_pages.py::test_every_page_is_sound_and_accessible"
VERIFIER = (
    "tests/controles/test_navigateur_qualite.py::test_anyone_checks_a_draft_reads_a_rule_and_takes_the_report_away"
)
CAF = "tests/public/test_parcours_caf.py::test_from_the_signatory_to_the_file"
CAF_FILTRES = "tests/public/test_parcours_caf.py::test_from_the_filters_to_the_file"
CAF_RECHERCHE = "tests/public/test_parcours_caf.py::test_from_the_search_to_the_orientation"
EVALUEE = "tests/evaluation/test_navigateur_evaluation.py::test_an_evaluation_from_its_preparation_to_the_public_page"
MARCHEE = "tests/marches/test_navigateur_marches.py::test_a_walk_is_noted_on_a_phone_then_walked_again"
PUBLIEE = "tests/gouvernance/test_navigateur_reunions.py::test_from_a_convocation_to_its_minutes"
TIRAGE = "tests/conseil/test_navigateur_conseil.py::test_from_a_call_to_a_draw_that_anyone_reads"
PRECONISEE = "tests/preconisations/test_navigateur_preconisations.py::test_answered_late_then_reopened"
ENQUETE = "tests/enquetes/test_navigateur_enquetes.py::test_from_the_core_to_the_published_results"
POSTULE = "tests/appels/test_navigateur_dossier.py::test_an_association_applies_on_a_phone"
LIEU = "lieu-ouvert"
WITH_A_CODE = {
    "code": "O01-A01",
    "axe": "A",
    "orientation": "O01",
    "action": "O01-A01",
    "signataire": "S01",
    "engagement": "S01-E01",
    "indicateur": "I01",
    "instance": "G01",
}
"""The pages of one item, with its code."""


def arguments(espace: EspaceDeContrat | None) -> Arguments:
    """The codes, versions and formats that the addresses name; a rule for its page; in a contract, an open place."""
    if espace and not Objet.objects.filter(espace=espace, nature=LIEU).exists():
        place(espace)
    given: Arguments = {name: [code] for name, code in WITH_A_CODE.items()}
    given |= {name: ["xlsx"] for name in ("engagements-export", "credits-tableau-export")}
    return given | {
        "version": [1],
        "version-export": [1, "csv"],
        "fichier-de-version": [1],
        "reunion-publique": [meeting(espace)],
        "agenda-d-une-instance": ["G01"],
        "appel-public": [drawn_call(espace)],
        "candidater": [drawn_call(espace)],
        "appel-liste": [drawn_call(espace)],
        "preconisation-publique": [asked_of(espace)],
        "marche-publique": walked(espace)[:1],
        "arret-photo-publique": walked(espace),
        "evaluation-publique": evaluated(espace),
        "enquete-publique": surveyed(espace),
        "dossier-ouvrir": call_of(espace)[:1],
        "appel-a-projets-public": call_of(espace)[:1],
        "appel-a-projets-piece-publique": call_of(espace),
        "regle": ["CHF001"],
        "aide-page": ["bureau"],
        "verifier-rapport": ["docx"],
    }


def meeting(espace: EspaceDeContrat | None) -> int:
    """A meeting that took place, published; none on the site itself."""
    if espace is None:
        return 1
    if known := Reunion.objects.filter(espace=espace, niveau=Niveau.PUBLIC).first():
        return known.pk
    by = person(f"Paul {espace.slug}", signs_in=False)
    given = {"suivie_depuis": OPENED, "nom_propre": "Commission", "cree_par_quoi": "une décision"}
    instance = InstanceSuivie.objects.filter(espace=espace).first() or InstanceSuivie.objects.create(
        espace=espace, **given
    )
    found = Reunion.objects.create(
        espace=espace, instance=instance, jour=OPENED, etat="tenue", niveau=Niveau.PUBLIC, creee_par=by
    )
    found.points.create(rang=1, titre="Bilan")
    Decision.objects.create(espace=espace, reunion=found, numero=901, texte="Ouvrir le lieu.")
    return found.pk


def drawn_call(espace: EspaceDeContrat | None) -> int:
    """A call that was drawn; none on the site itself."""
    if espace is None:
        return 1
    known = AppelACandidatures.objects.filter(espace=espace, tire_le__isnull=False).first()
    return (known or tire(acces(f"Odile {espace.slug}", Role.EQUIPE, espace), espace)).numero


def asked_of(espace: EspaceDeContrat | None) -> int:
    """A préconisation that is published, and answered; none on the site itself."""
    if espace is None:
        return 1
    known = Preconisation.objects.filter(espace=espace).public().first()
    return (known or answered(acces(f"Ève {espace.slug}", Role.EQUIPE, espace), espace)).numero


def evaluated(espace: EspaceDeContrat | None) -> list[int]:
    """An évaluation that is published; none on the site itself."""
    if espace is None:
        return [1]
    known = Evaluation.objects.filter(espace=espace).public().first()
    return [(known or evaluation_publiee(acces(f"Éva {espace.slug}", Role.EQUIPE, espace), espace)).numero]


def surveyed(espace: EspaceDeContrat | None) -> list[int]:
    """A survey whose results are public; none on the site itself."""
    if espace is None:
        return [1]
    known = Enquete.objects.filter(espace=espace).exclude(publiee_le=None).first()
    return [(known or enquete_publiee(acces(f"Édith {espace.slug}", Role.EQUIPE, espace), espace)).numero]


def walked(espace: EspaceDeContrat | None) -> list[int]:
    """A walk that is published, and its stop with a photograph; none on the site itself."""
    if espace is None:
        return [1, 1]
    known = Arret.objects.filter(marche__espace=espace, photo_publique=True).first()
    if known is None:
        walk = publiee(acces(f"Ida {espace.slug}", Role.EQUIPE, espace), espace)
        known = Arret.objects.get(marche=walk, photo_publique=True)
    return [known.marche.numero, known.pk]


def call_of(espace: EspaceDeContrat | None) -> list[int]:
    """A call for projects that is published, and a file given with it; none on the site itself."""
    if espace is None:
        return [1, 1]
    known = PieceDAppel.objects.filter(appel__espace=espace).exclude(appel__etat="brouillon").first()
    if known is None:
        by = acces(f"Aude {espace.slug}", Role.EQUIPE, espace)
        known = piece(by, publie(by, espace))
    return [known.appel.numero, known.pk]


def place(espace: EspaceDeContrat) -> Objet:
    """A place of the directory, of a body that is not the partner's."""
    described = {"horaires": "9 h à 12 h", "services": ["demarches"], "telephone": "05 57 00 00 01"}
    by = acces(f"Dora {espace.slug}", Role.EQUIPE, espace)
    return objet(by, espace, "Maison des Habitants", nature=LIEU, of="voisine", attributs=described)


ROUTES = {
    "sante": Route(OUVERTE, ECRANS, 6),
    "sante-json": Route(OUVERTE, FICHIER, 6),
    "accueil": Route(OUVERTE, PAGES, 8),
    "accueil-export": Route(OUVERTE, FICHIER, 3),
    "accessibilite": Route(OUVERTE, PAGES, 0),
    "mentions-legales": Route(OUVERTE, PAGES, 0),
    "donnees-personnelles": Route(OUVERTE, PAGES, 0),
    "licence": Route(OUVERTE, PAGES, 0),
    "plan-du-site": Route(OUVERTE, PAGES, 2),
    "composants": Route(OUVERTE, PAGES, 0),
    "regles": Route(OUVERTE, VERIFIER, 0),
    "regle": Route(OUVERTE, VERIFIER, 0),
    "verifier": Route(OUVERTE, VERIFIER, 0),
    "verifier-rapport": Route(OUVERTE, GESTE, None),
    "verifier-fichier": Route(OUVERTE, GESTE, None),
    "aide": Route(OUVERTE, PAGES, 0),
    "aide-page": Route(OUVERTE, PAGES, 0),
    "contrat": Route(OUVERTE, PAGES, 29),
    "code": Route(OUVERTE, RENVOI, 2),
    "en-ce-moment": Route(OUVERTE, PAGES, 12, aussi=("?theme=A&periode=365",)),
    "en-ce-moment-export": Route(OUVERTE, FICHIER, 12, aussi=("?periode=365",)),
    "en-ce-moment-atom": Route(OUVERTE, FICHIER, 12, aussi=("?periode=365",)),
    "en-ce-moment-agenda": Route(OUVERTE, FICHIER, 12, aussi=("?periode=365",)),
    "axe": Route(OUVERTE, PAGES, 7),
    "orientation": Route(OUVERTE, PAGES, 19),
    "actions": Route(OUVERTE, PAGES, 13),
    "actions-export": Route(OUVERTE, FICHIER, 9),
    "action": Route(OUVERTE, PAGES, 17),
    "signataires": Route(OUVERTE, PAGES, 12),
    "signataires-export": Route(OUVERTE, FICHIER, 6),
    "signataire": Route(OUVERTE, CAF, 15),
    "engagements": Route(OUVERTE, CAF_FILTRES, 10),
    "engagements-export": Route(OUVERTE, FICHIER, 6),
    "engagement": Route(OUVERTE, CAF_RECHERCHE, 8),
    "credits": Route(OUVERTE, PAGES, 11),
    "credits-export": Route(OUVERTE, FICHIER, 9),
    "dispositifs": Route(OUVERTE, PAGES, 8),
    "dispositifs-trouver": Route(OUVERTE, COMMUN, 6, aussi=("?q=atelier",)),
    "dispositifs-export": Route(OUVERTE, FICHIER, 7),
    "credits-tableau": Route(OUVERTE, PAGES, 5),
    "credits-tableau-export": Route(OUVERTE, FICHIER, 4),
    "argent-du-contrat": Route(OUVERTE, PAGES, 12),
    "argent-du-contrat-export": Route(OUVERTE, FICHIER, 4),
    "indicateurs": Route(OUVERTE, PAGES, 9),
    "indicateurs-export": Route(OUVERTE, FICHIER, 6),
    "indicateur": Route(OUVERTE, PAGES, 10),
    "gouvernance": Route(OUVERTE, PAGES, 19),
    "gouvernance-export": Route(OUVERTE, FICHIER, 10),
    "articles-export": Route(OUVERTE, FICHIER, 2),
    "instance": Route(OUVERTE, PAGES, 8),
    "agenda-des-reunions": Route(OUVERTE, FICHIER, 2),
    "agenda-d-une-instance": Route(OUVERTE, FICHIER, 3),
    "reunion-publique": Route(OUVERTE, PUBLIEE, 6),
    "conseil-public": Route(OUVERTE, TIRAGE, 5),
    "appel-public": Route(OUVERTE, TIRAGE, 5),
    "appel-liste": Route(OUVERTE, FICHIER, 2),
    "candidater": Route(OUVERTE, TIRAGE, 3),
    "rejouer": Route(OUVERTE, FICHIER, 1),
    "appels-a-projets-publics": Route(OUVERTE, COMMUN, 8),
    "appels-a-projets-publics-export": Route(OUVERTE, FICHIER, 6),
    "appels-a-projets-agenda": Route(OUVERTE, FICHIER, 4),
    "appel-a-projets-public": Route(OUVERTE, COMMUN, 9),
    "dossier-ouvrir": Route(OUVERTE, POSTULE, 3),
    "appel-a-projets-piece-publique": Route(OUVERTE, FICHIER, 5),
    "marches-publiques": Route(OUVERTE, MARCHEE, 9),
    "marches-publiques-export": Route(OUVERTE, FICHIER, 6),
    "marche-publique": Route(OUVERTE, MARCHEE, 6),
    "arret-photo-publique": Route(OUVERTE, FICHIER, 5),
    "evaluations-publiques": Route(OUVERTE, EVALUEE, 6),
    "evaluation-publique": Route(OUVERTE, EVALUEE, 6),
    "preconisations-publiques": Route(OUVERTE, PRECONISEE, 9),
    "preconisations-publiques-export": Route(OUVERTE, FICHIER, 6),
    "preconisation-publique": Route(OUVERTE, PRECONISEE, 7),
    "preconisation-deposer": Route(OUVERTE, PRECONISEE, 2),
    "quartier": Route(OUVERTE, PAGES, 10),
    "donnees": Route(OUVERTE, COMMUN, 10),
    "donnees-export": Route(OUVERTE, FICHIER, 8),
    "lieux-export": Route(OUVERTE, FICHIER, 2),
    "enseignements-export": Route(OUVERTE, FICHIER, 2),
    "enquetes-publiques": Route(OUVERTE, PAGES, 5),
    "enquete-publique": Route(OUVERTE, ENQUETE, 7),
    "mes-droits-ici": Route(OUVERTE, PAGES, 4),
    "tarifs-publics": Route(OUVERTE, COMMUN, 6),
    "tarifs-publics-export": Route(OUVERTE, FICHIER, 5),
    "annuaire": Route(OUVERTE, COMMUN, 8),
    "annuaire-export": Route(OUVERTE, FICHIER, 5),
    "document": Route(OUVERTE, PAGES, 5),
    "document-export": Route(OUVERTE, FICHIER, 3),
    "sigles": Route(OUVERTE, PAGES, 3),
    "sigles-export": Route(OUVERTE, FICHIER, 3),
    "recherche": Route(OUVERTE, PAGES, 2, aussi=("?q=accueil",)),
    "recherche-export": Route(OUVERTE, FICHIER, 1, aussi=("?q=accueil",)),
    "histoire": Route(OUVERTE, PAGES, 5),
    "versions-export": Route(OUVERTE, FICHIER, 2),
    "chargements-export": Route(OUVERTE, FICHIER, 2),
    "fichier-contrat": Route(OUVERTE, FICHIER, 2),
    "plan-du-contrat": Route(OUVERTE, PAGES, 4),
    "version": Route(OUVERTE, COMMUN, 4),
    "fichier-de-version": Route(OUVERTE, FICHIER, 2),
    "version-export": Route(OUVERTE, FICHIER, 3),
}
