"""What the routes of calls for projects and of dossiers state (`tests/routes.py`)."""

from datetime import timedelta
from decimal import Decimal

from tenir.appels.models import AppelAProjets, PartDemandee
from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.lecture import ask_reading
from tenir.appels.services.liens import token_of, token_of_reading
from tenir.appels.services.suites import ask_dates, establish, pay
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.appels import dossiers as d
from tests.appels.appels import appel, piece, publie
from tests.personnes import acces, body
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, RENVOI, TOUS, Arguments, Route

PARCOURS = "tests/appels/test_navigateur_dossier.py::test_an_association_applies_on_a_phone"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A call that is published, with a file; a draft."""
    by = acces("Olga Appelante", Role.EQUIPE, espace)
    one, draft = publie(by, espace), appel(by, espace)
    file = [one.numero, piece(by, one).pk]
    names = ("modifier", "reprendre", "clore", "financeur", "financeur-retirer", "piece-nouvelle")
    given: Arguments = {f"appel-a-projets-{name}": [one.numero] for name in names}
    given |= {"appel-a-projets": [one.numero], "appel-a-projets-publier": [draft.numero]}
    until = horloge.today(espace) + timedelta(days=20)
    caf, ccas = ask_reading(by=by, appel=one, financeurs=[body("caf"), body("ccas")], close_le=until)
    given |= {"appel-a-projets-instruction": [one.numero]}
    given |= {"appel-a-projets-instruction-arreter": [one.numero, caf.pk]}
    given |= {"instruction": [token_of_reading(ccas)], "instruction-abime": [f"{token_of_reading(ccas)}&data=x"]}
    given |= {"appel-a-projets-dossier": [one.numero], "dossiers-a-remplir": ["csv"]}
    return (
        given
        | {"appel-a-projets-piece": file, "appel-a-projets-piece-retirer": file}
        | of_dossiers(by, one, publie(by, espace))
    )


def granted(by: Acces, one: AppelAProjets) -> PartDemandee:
    """A grant whose convention waits to be signed, half paid, whose dates are to be moved."""
    part = d.accorde(d.depose(one), by)
    establish(by=by, part=part, modalites="En une fois.")
    pay(by=by, part=part, montant=Decimal(2000), le=horloge.today(one.espace), source="Mandat fictif")
    day = horloge.today(one.espace) + timedelta(days=90)
    ask_dates(by=None, dossier=part.dossier, debut=day, fin=day + timedelta(days=90), raison="Le lieu ferme.")
    return part


def of_dossiers(by: Acces, one: AppelAProjets, other: AppelAProjets) -> Arguments:
    """A dossier in which nothing is missing, one that is sent, one that was taken back; a call open beside."""
    whole, sent = d.rempli(one), d.depose(one)
    withdraw(by=None, dossier=d.depose(one))
    paid = granted(by, one)
    part = sent.parts.get().pk
    file, token, closed = whole.pieces.get().pk, token_of(whole), token_of(sent)
    team: Arguments = {
        "": [whole.numero], "-section": [whole.numero, "organisme"], "-deposer": [whole.numero],
        "-retirer": [sent.numero], "-instruire": [sent.numero, part], "-decider": [sent.numero, part],
        "-piece": [whole.numero, file], "-piece-retirer": [whole.numero, file], "-noter": [sent.numero, part],
        "-document": [sent.numero, "docx"],
    }  # fmt: skip
    link: Arguments = {
        "": [token], "-section": [token, "organisme"], "-deposer": [token], "-retirer": [closed],
        "-reprendre": [closed, other.numero], "-piece": [token, file], "-piece-retirer": [token, file],
        "-abime": [f"{token}&data=x"], "-document": [token, "docx"],
    }  # fmt: skip
    given = {f"dossier-de-demande{name}": args for name, args in team.items()}
    grant, opened = [paid.dossier.numero, paid.pk], token_of(paid.dossier)
    names = ("convention", "signer", "verser", "reverser")
    given |= {f"dossier-de-demande-{name}": grant for name in names}
    given |= {"dossier-de-demande-convention-fichier": [*grant, "docx"]}
    given |= {f"dossier-de-demande-dates{name}": grant[:1] for name in ("", "-repondre")}
    given |= {"dossier-dates": [opened], "dossier-convention": [opened, paid.pk, "pdf"]}
    reading = token_of_reading(one.demandes_d_instruction.order_by("-pk")[0])
    given |= {"instruction-dossier": [reading, sent.numero], "instruction-piece": [reading, sent.pieces.get().pk]}
    told, shown = d.ended(d.accorde(d.depose(one), by).dossier), d.ended(d.accorde(d.depose(one), by).dossier)
    ready = d.pret_a_rendre(d.ended(d.accorde(d.depose(one), by).dossier))
    d.rendu(told)
    report = "dossier-de-demande-compte-rendu"
    given |= {f"{report}{name}": [told.numero] for name in ("", "-lire", "-redemander")}
    given |= {f"{report}-document": [told.numero, "docx"]}
    given |= {f"{report}-partie": [shown.numero, "produits"], f"{report}-remettre": [ready.numero]}
    link |= {"-compte-rendu": [token_of(shown)], "-compte-rendu-remettre": [token_of(ready)]}
    link["-compte-rendu-document"] = [token_of(shown), "docx"]
    link["-compte-rendu-partie"] = [token_of(shown), "resultats"]
    return given | {f"dossier{name}": args for name, args in link.items()}


ROUTES = {
    "appels-a-projets": Route(TOUS, COMMUN, 10),
    "appels-a-projets-export": Route(TOUS, FICHIER, 8),
    "appel-a-projets": Route(TOUS, COMMUN, 16),
    "appel-a-projets-nouveau": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-modifier": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-reprendre": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-publier": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-clore": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-financeur": Route(EQUIPE, COMMUN, 9),
    "appel-a-projets-financeur-retirer": Route(EQUIPE, COMMUN, 9),
    "appel-a-projets-piece-nouvelle": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-piece": Route(TOUS, FICHIER, 6),
    "appel-a-projets-piece-retirer": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-dossier": Route(EQUIPE, COMMUN, 8),
    "dossiers-de-demande": Route(EQUIPE, COMMUN, 11),
    "dossiers-de-demande-export": Route(EQUIPE, FICHIER, 8),
    "dossiers-importer": Route(EQUIPE, COMMUN, 9),
    "dossiers-a-remplir": Route(EQUIPE, FICHIER, 10),
    "dossier-de-demande": Route(EQUIPE, COMMUN, 25),
    "dossier-de-demande-document": Route(EQUIPE, FICHIER, 12),
    "dossier-de-demande-section": Route(EQUIPE, COMMUN, 9),
    "dossier-de-demande-deposer": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-retirer": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-instruire": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-decider": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-piece": Route(EQUIPE, FICHIER, 7),
    "dossier-de-demande-piece-retirer": Route(EQUIPE, COMMUN, 8),
    "dossier": Route(LIEN, PARCOURS, 16),
    "dossier-section": Route(LIEN, PARCOURS, 6),
    "dossier-deposer": Route(LIEN, PARCOURS, 5),
    "dossier-retirer": Route(LIEN, COMMUN, 5),
    "dossier-reprendre": Route(LIEN, COMMUN, 5),
    "dossier-piece": Route(LIEN, FICHIER, 4),
    "dossier-piece-retirer": Route(LIEN, COMMUN, 6),
    "dossier-abime": Route(LIEN, RENVOI, 1),
    "dossier-de-demande-convention": Route(EQUIPE, COMMUN, 10),
    "dossier-de-demande-convention-fichier": Route(EQUIPE, FICHIER, 10),
    "dossier-de-demande-signer": Route(EQUIPE, COMMUN, 10),
    "dossier-de-demande-verser": Route(EQUIPE, COMMUN, 11),
    "dossier-de-demande-reverser": Route(EQUIPE, COMMUN, 10),
    "dossier-de-demande-dates": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-dates-repondre": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-compte-rendu": Route(EQUIPE, COMMUN, 25),
    "dossier-de-demande-compte-rendu-partie": Route(EQUIPE, COMMUN, 14),
    "dossier-de-demande-compte-rendu-remettre": Route(EQUIPE, COMMUN, 10),
    "dossier-de-demande-compte-rendu-lire": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-compte-rendu-redemander": Route(EQUIPE, COMMUN, 8),
    "dossier-compte-rendu": Route(LIEN, COMMUN, 25),
    "dossier-de-demande-compte-rendu-document": Route(EQUIPE, FICHIER, 22),
    "dossier-compte-rendu-document": Route(LIEN, FICHIER, 20),
    "dossier-compte-rendu-partie": Route(LIEN, COMMUN, 14),
    "dossier-compte-rendu-remettre": Route(LIEN, COMMUN, 6),
    "dossier-document": Route(LIEN, FICHIER, 8),
    "dossier-dates": Route(LIEN, COMMUN, 5),
    "dossier-convention": Route(LIEN, FICHIER, 6),
    "appel-a-projets-instruction": Route(EQUIPE, COMMUN, 9),
    "appel-a-projets-instruction-arreter": Route(EQUIPE, COMMUN, 9),
    "dossier-de-demande-noter": Route(EQUIPE, COMMUN, 9),
    "instruction": Route(LIEN, COMMUN, 6),
    "instruction-dossier": Route(LIEN, COMMUN, 9),
    "instruction-piece": Route(LIEN, FICHIER, 4),
    "instruction-abime": Route(LIEN, RENVOI, 1),
}
