"""What the routes of the desk and of the platform state (`tests/routes.py`)."""

from tenir.acteurs.models import Personne
from tenir.bureau.models import Resume
from tenir.bureau.services.resumes import token_of
from tenir.core import horloge
from tenir.habilitations.mentions import digest
from tenir.habilitations.models import EspaceDeContrat, Mention
from tests.personnes import person
from tests.routes import COMMUN, COPILOTES, EQUIPE, FICHIER, LIEN, PLATEFORME, RENVOI, SIGNE, TOUS, Arguments, Route

ECRANS = "tests/equipe/test_navigateur_equipe.py::test_every_screen_is_sound_and_accessible"
PAGES = "tests/bureau/test_navigateur_aujourdhui.py::test_every_page_is_sound_and_accessible"


def arguments(_espace: EspaceDeContrat) -> Arguments:
    """A person whom the administration may erase, and the link of her summary."""
    someone = person("Gil Résumé")
    token = token_of(Resume.objects.create(personne=someone))
    people = {name: [someone.pk] for name in ("personne-corriger", "personne-effacer")}
    people["personne-mentions"] = [named_still().pk]
    files = {"copilotage-fichier": ["docx"], "papier-fichier": ["docx"]}
    return {**people, **files, "resume": [token], "resume-abime": [f"{token}>"]}


def named_still() -> Personne:
    """Someone erased, whom a text still names."""
    gone = Personne.objects.create(effacee_le=horloge.now())
    for row in EspaceDeContrat.objects.order_by("pk")[:1]:
        place = {"modele": row._meta.label, "cle": str(row.pk), "champ": "titre", "empreinte": digest(row.titre)}
        Mention.objects.create(personne=gone, passages=[[0, 3]], **place)
    return gone


ROUTES = {
    "mes-contrats": Route(SIGNE, ECRANS, 5, aussi=("?liste=oui",)),
    "mes-coordonnees": Route(SIGNE, COMMUN, 9),
    "mes-donnees": Route(SIGNE, ECRANS, 21),
    "mes-donnees-export": Route(SIGNE, FICHIER, 21),
    "mon-resume": Route(SIGNE, COMMUN, 5),
    "resume": Route(LIEN, COMMUN, 4),
    "resume-abime": Route(LIEN, RENVOI, 1),
    "personnes": Route(PLATEFORME, ECRANS, 7),
    "personnes-export": Route(PLATEFORME, FICHIER, 5),
    "personne-corriger": Route(PLATEFORME, COMMUN, 7),
    "personne-effacer": Route(PLATEFORME, ECRANS, 184),  # reads every table, looking for her name
    "personne-mentions": Route(PLATEFORME, COMMUN, 12),
    "fonctionnement": Route(PLATEFORME, ECRANS, 15),
    "aujourdhui": Route(TOUS, PAGES, 43),
    "copilotage": Route(COPILOTES, PAGES, 20),
    "copilotage-fichier": Route(COPILOTES, FICHIER, 25),
    "chiffres": Route(TOUS, PAGES, 7),
    "chiffres-export": Route(TOUS, FICHIER, 6),
    "demarrage": Route(EQUIPE, COMMUN, 20),
    "papier": Route(TOUS, COMMUN, 12),
    "papier-fichier": Route(TOUS, FICHIER, 11),
}
