"""What the routes of the register state (`tests/routes.py`)."""

from datetime import time, timedelta
from decimal import Decimal

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree, Objet, ProfilDeTableur, Serie
from tenir.activite.services.entree import Saisie, record_entree
from tenir.activite.services.flux import give_feed, token_of
from tenir.activite.services.objets import Point, Porte, note_objet
from tenir.activite.services.par_carnet import note, undoable
from tenir.activite.services.series import create_serie, to_write
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.roles import Role
from tests.activite.carnets import affiche, carnet, jeton_of
from tests.activite.registre import LE, kinds
from tests.activite.registres import CLASSE, PAQTE, RUE, objet, point
from tests.activite.tableurs import deposed, row, sheet
from tests.personnes import acces, body
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route
from tests.vie import document_cadre, fiche, indicateur

PAGES = "tests/activite/test_navigateur_activite.py::test_the_pages_are_sound_and_accessible_for_each"
GESTES = "tests/activite/test_navigateur_activite.py::test_every_gesture_is_sound_and_accessible"
FLUX = "tests/activite/test_navigateur_agenda.py::test_the_address_of_a_feed_is_given_copied_and_withdrawn"
AGENDA = "tests/activite/test_navigateur_agenda.py::test_a_calendar_is_brought_in_then_a_session_is_said_held"
SERIES = "tests/activite/test_navigateur_series.py::test_a_partner_says_what_comes_back_and_tells_a_day_in_two_gestures"
CALCULS = "tests/activite/test_navigateur_registres.py::test_an_indicator_computes_itself_and_opens_on_its_rows"
REGISTRES = "tests/activite/test_navigateur_registres.py::test_a_register_is_opened_filled_and_told_of"
CARNETS_DE_REGISTRE = "tests/activite/test_navigateur_registres.py::test_a_company_answers_its_pledge_by_its_link"
TABLEURS = "tests/activite/test_navigateur_importation.py::test_an_association_brings_its_own_sheet"

BUS = """nature: bus-en-plus
est: atelier
libelle: Bus en +
themes: [mobilité]
actions: [O88-A01]
mesures:
  - {code: titres, libelle: Titres de transport, unite: titres, vraisemblable: [0, 60]}
alimente:
  - {indicateur: I88, calcul: somme, mesure: presents}
"""
"""A kind of one contract, that says all that it may."""
NAVIGATEUR = "tests/activite/test_navigateur_natures.py::test_{}"
CARNETS = "tests/activite/test_navigateur_carnets.py::test_{}"
CARNET = CARNETS.format("the_pages_of_a_carnet_are_light_sound_and_accessible")
EQUIPES = CARNETS.format("the_team_opens_prints_and_closes")
NATURES = NAVIGATEUR.format("the_pages_of_kinds_are_sound_and_accessible")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One entry of the body of the partner, to be read, what it holds every day; a kind of the contract."""
    made = (entrees, natures, series, flux, tableurs, registres, grilles, carnets)
    return {name: value for make in made for name, value in make(espace).items()}


def entrees(espace: EspaceDeContrat) -> Arguments:
    """An entry, to be read; a kind under which to write another; a place."""
    Lieu.objects.create(espace=espace, code="L77", ordre=77, nom="Maison des habitants")
    numero = made(espace).numero
    of_one = {f"entree{end}": [numero] for end in ("", "-corriger", "-annuler", "-retenir", "-contester")}
    of_one["entree-confirmer"] = [planned(espace).numero]
    return {**of_one, "entree-inscrire": ["atelier"], "activite-lieu": ["L77"]}


def planned(espace: EspaceDeContrat) -> Entree:
    """A session of the body of the partner, planned, whose day has come."""
    by = acces("Paco Prévu", Role.EQUIPE, espace)
    saisie = Saisie({"debut": LE, "fin": LE, "organisme": body("ccas"), "statut": Statut.PREVUE})
    return record_entree(by=by, espace=espace, nature="atelier", saisie=saisie, exact=True)


def natures(espace: EspaceDeContrat) -> Arguments:
    """A kind of the contract, with the indicator and the action that it names."""
    fiche(espace, "O88-A01")
    indicateur(espace, "I88")
    kinds(espace, BUS)
    return {f"nature{end}": ["bus-en-plus"] for end in ("", "-changer", "-retirer", "-reprendre", "-fichier")}


def series(espace: EspaceDeContrat) -> Arguments:
    """A series, and one of its days."""
    back = daily(espace)
    day = to_write(back, horloge.today(espace))[0].le.isoformat()
    return {"serie": [back.numero], "serie-modifier": [back.numero], "serie-jour": [back.numero, day]}


def flux(espace: EspaceDeContrat) -> Arguments:
    """The feed of the body that holds the series."""
    by = acces("Zoé Flux", Role.EQUIPE, espace)
    made = give_feed(by=by, espace=espace, chose=body("ccas"))
    token = token_of(made)
    of_one = {"flux-adresse": [made.pk], "flux-retirer": [made.pk]}
    return {**of_one, "agenda-flux": [token], "agenda-flux-fichier": [token], "agenda-flux-abime": [f"{token}&x"]}


def tableurs(espace: EspaceDeContrat) -> Arguments:
    """A table of the body of the partner, its columns said, and the profile that it left."""
    by = acces("Gil Tableur", Role.PARTENAIRE, espace)
    OrganismeRetenu.objects.get_or_create(espace=espace, organisation=body("ccas"))
    depose = deposed(by, espace, sheet([row(), row(**{"Nb de personnes": "douze"})]))
    found: Arguments = {f"activite-import{name}": [depose.pk] for name in ("", "-colonnes", "-expliquees")}
    return {**found, "activite-profil-oublier": [ProfilDeTableur.objects.get().pk]}


def registres(espace: EspaceDeContrat) -> Arguments:
    """A thing of the body of the partner, twice told of; and one that the team alone reads."""
    by = acces("Rita Registre", Role.EQUIPE, espace)
    kinds(espace, PAQTE, RUE)
    held = objet(by, espace, valeurs={"promis": 4}, attributs={"genre": "stage"})
    point(by, held, "tenu", utilises=2)
    of_one = {f"objet{end}": [held.numero] for end in ("", "-noter", "-modifier", "-ecarter")}
    register = ["engagement"]
    document_cadre(espace, "Convention territoriale globale", periode="2023-2027")
    of_one["registre-reprendre"] = ["document-cadre"]
    objet(by, espace, "Rue du Lavoir", nature="fait", attributs={"genre": "bruit"})
    return {**of_one, "registre": register, "registre-export": [*register, "csv"], "objet-nouveau": register}


def grilles(espace: EspaceDeContrat) -> Arguments:
    """A grid of things and choices: a class of the body of the partner, to which someone came."""
    by = acces("Gaby Grille", Role.EQUIPE, espace)
    kinds(espace, CLASSE)
    held = objet(by, espace, "CM2, école du Bourg", nature="classe-suivie")
    came = Point(LE, "", {("venues", "choix:sante"): Decimal(1)})
    note_objet(by=by, objet=held, point=came, porte=Porte(exact=True))
    tilleul = objet(by, espace, "Le Tilleul", nature="residence-tfpb")
    told = Point(LE, "", {("abattement", ""): Decimal(900), ("programme", "choix:travaux"): Decimal(500)})
    note_objet(by=by, objet=tilleul, point=told, porte=Porte(exact=True))
    given: Arguments = {"abattement-bilan-fichier": ["csv"]}
    return {**given, "grille": ["classe-suivie"], "grille-fichier": ["classe-suivie", "csv"]}


def carnets(espace: EspaceDeContrat) -> Arguments:
    """The carnet of someone of the body of the partner, what was noted by it; an affiche."""
    by = acces("Carla Carnet", Role.EQUIPE, espace)
    mine, wall = carnet(by, espace), affiche(by, espace)
    before = horloge.today(espace) - timedelta(days=58)  # shown still, and no day of the series any more
    saisie = Saisie({"debut": before, "fin": before, "statut": "tenue"}, {("presents", ""): Decimal(12)})
    noted = note(mine, nature="atelier", saisie=saisie, cle="").numero
    jeton = jeton_of(mine)
    behind = {f"mon-carnet{end}": [jeton] for end in ("", "-mois", "-notees", "-renvoyer", "-ne-plus")}
    of_one = {f"mon-carnet{end}": [jeton, noted] for end in ("-notee", "-corriger")}
    of_team = {f"carnet{end}": [mine.numero] for end in ("", "-modifier", "-envoyer", "-fermer")}
    (geste,) = undoable(mine)
    return {
        **behind,
        **of_one,
        **of_team,
        "carnet-affiche": [wall.numero],
        "mon-carnet-noter": [jeton, "atelier"],
        "mon-carnet-objet": [jeton, Objet.objects.get(nature="engagement").numero],
        "mon-carnet-ajouter": [jeton, "engagement"],
        "mon-carnet-annuler": [jeton, geste.pk],
        "mon-carnet-abime": [f"{jeton}&data=x"],
    }


def daily(espace: EspaceDeContrat) -> Serie:
    """A session of every day."""
    by = acces("Rémi Refrain", Role.EQUIPE, espace)
    values = {"jours": "0123456", "debut": time(14), "fin": time(17), "du": LE, "organisme": body("ccas")}
    return create_serie(by=by, espace=espace, nature="atelier", values={**values, "sauf_feries": False})


def made(espace: EspaceDeContrat) -> Entree:
    """A session, with a part of its number."""
    by = acces("Ali Plume", Role.EQUIPE, espace)
    numbers = {("presents", ""): Decimal(12), ("presents", "sexe:f"): Decimal(7)}
    saisie = Saisie({"debut": LE, "fin": LE, "organisme": body("ccas")}, numbers)
    found = record_entree(by=by, espace=espace, nature="atelier", saisie=saisie, exact=True)
    Entree.objects.filter(pk=found.pk).update(confiance=Confiance.DECLAREE)
    return found


ROUTES = {
    "activite": Route(TOUS, PAGES, 24),
    "activite-export": Route(TOUS, FICHIER, 19),
    "activite-lot": Route(EQUIPE, GESTES, 4),
    "entree": Route(TOUS, PAGES, 14, aussi=("?histoire=2",)),
    "entree-nouvelle": Route(PARTENAIRES, GESTES, 7),
    "entree-inscrire": Route(PARTENAIRES, GESTES, 11, commune=True, aussi=("?comme=1", "?apres=1")),
    "entree-confirmer": Route(PARTENAIRES, AGENDA, 10),
    "agenda-importer": Route(PARTENAIRES, AGENDA, 6),
    "entree-corriger": Route(PARTENAIRES, GESTES, 13),
    "entree-annuler": Route(PARTENAIRES, GESTES, 9),
    "entree-retenir": Route(EQUIPE, GESTES, 9),
    "entree-contester": Route(EQUIPE, GESTES, 9),
    "activite-importer": Route(PARTENAIRES, TABLEURS, 10),
    "activite-import": Route(PARTENAIRES, TABLEURS, 30),
    "activite-import-colonnes": Route(PARTENAIRES, TABLEURS, 20),
    "activite-import-expliquees": Route(PARTENAIRES, FICHIER, 30),
    "activite-profil-oublier": Route(PARTENAIRES, TABLEURS, 10),
    "natures": Route(EQUIPE, NATURES, 8),
    "natures-export": Route(EQUIPE, FICHIER, 7),
    "natures-fichier": Route(EQUIPE, FICHIER, 5),
    "natures-importer": Route(EQUIPE, NATURES, 4),
    "nature-nouvelle": Route(EQUIPE, NATURES, 7, aussi=("?de=atelier", "?de=-")),
    "nature": Route(EQUIPE, NATURES, 12),
    "nature-changer": Route(EQUIPE, NATURES, 7),
    "nature-retirer": Route(EQUIPE, NATURES, 6),
    "nature-reprendre": Route(EQUIPE, COMMUN, 6),
    "nature-fichier": Route(EQUIPE, FICHIER, 5),
    "activite-lieux": Route(TOUS, COMMUN, 6),
    "activite-lieu": Route(TOUS, COMMUN, 10),
    "flux": Route(EQUIPE, FLUX, 7),
    "flux-donner": Route(EQUIPE, GESTE, None),
    "flux-adresse": Route(EQUIPE, FLUX, 6),
    "flux-retirer": Route(EQUIPE, FLUX, 8),
    "agenda-flux": Route(LIEN, FICHIER, 6),
    "agenda-flux-fichier": Route(LIEN, FICHIER, 6),
    "agenda-flux-abime": Route(LIEN, RENVOI, 1),
    "series": Route(TOUS, SERIES, 12),
    "series-export": Route(TOUS, FICHIER, 8),
    "serie": Route(TOUS, SERIES, 12),
    "serie-nouvelle": Route(PARTENAIRES, SERIES, 12),
    "serie-modifier": Route(PARTENAIRES, COMMUN, 12),
    "calculs": Route(TOUS, CALCULS, 60),
    "registres": Route(TOUS, REGISTRES, 8),
    "registre": Route(TOUS, REGISTRES, 16, aussi=("?annee=2026", "?etat=en-cours", "?q=scierie")),
    "registre-export": Route(TOUS, FICHIER, 14),
    "abattement-bilan": Route(TOUS, COMMUN, 11),
    "abattement-bilan-fichier": Route(TOUS, FICHIER, 11),
    "grilles": Route(TOUS, COMMUN, 13),
    "grille": Route(TOUS, COMMUN, 11),
    "grille-fichier": Route(TOUS, FICHIER, 11),
    "objet": Route(TOUS, REGISTRES, 17),
    "registre-reprendre": Route(EQUIPE, COMMUN, 12, commune=True),
    "objet-nouveau": Route(PARTENAIRES, REGISTRES, 12),
    "objet-ecarter": Route(EQUIPE, COMMUN, 12),
    "objet-noter": Route(PARTENAIRES, REGISTRES, 12),
    "objet-modifier": Route(PARTENAIRES, REGISTRES, 14),
    "carnets": Route(EQUIPE, EQUIPES, 12),
    "carnets-export": Route(EQUIPE, FICHIER, 8),
    "carnet-ouvrir": Route(EQUIPE, EQUIPES, 9),
    "affiche-nouvelle": Route(EQUIPE, EQUIPES, 10),
    "carnet": Route(EQUIPE, EQUIPES, 14),
    "carnet-modifier": Route(EQUIPE, COMMUN, 10),
    "carnet-envoyer": Route(EQUIPE, COMMUN, 10),
    "carnet-fermer": Route(EQUIPE, EQUIPES, 10),
    "carnet-affiche": Route(EQUIPE, EQUIPES, 6),
    "mon-carnet": Route(LIEN, CARNET, 22),
    "mon-carnet-mois": Route(LIEN, CARNET, 14),
    "mon-carnet-noter": Route(LIEN, CARNET, 6),
    "mon-carnet-objet": Route(LIEN, CARNETS_DE_REGISTRE, 12),
    "mon-carnet-ajouter": Route(LIEN, CARNETS_DE_REGISTRE, 8),
    "mon-carnet-notees": Route(LIEN, CARNET, 8),
    "mon-carnet-notee": Route(LIEN, CARNET, 20),
    "mon-carnet-corriger": Route(LIEN, CARNET, 10),
    "mon-carnet-annuler": Route(LIEN, GESTE, None),
    "mon-carnet-renvoyer": Route(LIEN, CARNET, 2),
    "mon-carnet-ne-plus": Route(LIEN, CARNET, 2),
    "mon-carnet-abime": Route(LIEN, RENVOI, 1),
    "serie-jour": Route(PARTENAIRES, SERIES, 12),
}
