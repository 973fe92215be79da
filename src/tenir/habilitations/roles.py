"""Who may do what: read this file and you know every role, every right and what each role may do.

A right is a name; its French sentence finishes « peut… ». A new role is declared when it has something of its own
to do.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import models


class Role(models.TextChoices):
    """What someone is. `CARNET` is given to nobody: a link makes it, for one body, as long as it opens."""

    ADMINISTRATION = "administration", "administration de la plateforme"
    EQUIPE = "equipe", "équipe du contrat"
    COPILOTE = "copilote", "copilote"
    PARTENAIRE = "partenaire", "partenaire"
    LECTURE = "lecture", "lecture"
    CARNET = "carnet", "carnet"

    @property
    def at(self) -> str:
        """Who holds it, after « réservé »."""
        return _AT[self]


GIVEN = tuple(role for role in Role if role != Role.CARNET)
"""The roles that someone is given."""
CHOICES = [(role.value, role.label) for role in GIVEN]

_AT = {
    Role.ADMINISTRATION: "à l’administration de la plateforme",
    Role.EQUIPE: "à l’équipe du contrat",
    Role.COPILOTE: "à qui copilote le contrat",
    Role.PARTENAIRE: "aux partenaires du contrat",
    Role.LECTURE: "aux personnes en lecture",
    Role.CARNET: "à qui tient un carnet",
}

RIGHTS = {
    "contrat.read": "entrer dans l’espace du contrat",
    "contrat.update": "régler le contrat : à qui l’on s’adresse, l’heure locale",
    "contrat.create": "créer un contrat",
    "atelier.update": "relire et corriger le texte du contrat, préparer une correction ou un avenant",
    "atelier.sign": "signer le texte du contrat, le publier, mettre en vigueur une correction ou un avenant",
    "droits.read": "voir qui peut faire quoi dans ce contrat",
    "contact.read": "voir les contacts d’un organisme",
    "contact.update": "ajouter, corriger et remplacer les contacts d’un organisme",
    "contact.import": "importer une liste de contacts",
    "organisme.update": "ajouter un organisme, dire ses graphies, ses noms et ce qu’il devient",
    "invitation.create": "inviter une personne et révoquer son invitation",
    "habilitation.update": "donner un rôle à une personne et y mettre fin",
    "copilotage.read": "lire d’un coup ce que le contrat attend de chacun : réponses, promesses, argent, aide demandée",
    "fiche.read": "lire la vie des actions, des engagements et des indicateurs",
    "fiche.confide": "lire les difficultés et l’aide demandée d’une action",
    "fiche.update": "tenir à jour la fiche d’une action",
    "fiche.assign": "désigner qui porte une action",
    "fiche.bulk": "changer plusieurs fiches à la fois, par lot ou par tableur",
    "engagement.update": "dire où en est un engagement, et le prouver",
    "engagement.define": "dire comment un engagement sera jugé, pour quand, et ce qui s’y rattache",
    "releve.create": "donner les relevés d’un indicateur",
    "indicateur.define": "dire qui répond d’un indicateur, son unité, sa fréquence, ses cibles",
    "releve.validate": "valider ou contester un relevé",
    "activite.read": "lire ce qui est fait : séances, décomptes, états",
    "entree.update": "inscrire ce qui est fait, et le corriger",
    "serie.update": "dire ce qui revient à un rythme, et le changer",
    "carnet.update": "ouvrir un carnet, l’envoyer, le fermer",
    "objet.update": "tenir les registres : y ajouter, y changer ce qui dure",
    "entree.judge": "retenir ou contester ce qui est inscrit",
    "flux.update": "donner l’adresse d’un flux d’agenda, et la retirer",
    "salle.read": "lire les salles, et les créneaux qui y sont pris",
    "salle.update": "tenir les salles : en ajouter, les changer, ne plus les proposer",
    "reservation.update": "réserver une salle, et annuler ce qui y est réservé",
    "reperage.read": "repérer des droits à l’accueil, lire ce qui en est compté",
    "reperage.count": "compter un accueil, et ce que deviennent les droits repérés",
    "reperage.update": "tenir les droits proposés et les aides locales",
    "nature.update": "faire et changer les natures d’activité du contrat",
    "relance.create": "relancer un organisme sur une action ou un engagement",
    "point.update": "ouvrir un point d’étape, l’envoyer, lire et accepter les réponses ; remettre leur état à tous",
    "reunion.read": "lire les instances, leurs réunions et leurs décisions",
    "reunion.update": "préparer, convoquer, tenir et publier une réunion",
    "instance.update": "dire qui siège dans une instance, et ses règles",
    "decision.update": "dire où en est une décision",
    "conseil.read": "lire l’espace du conseil citoyen : mandats par numéro, appels, avis, dossiers",
    "conseil.name": "lire les noms des membres du conseil citoyen",
    "conseil.file": "déposer une pièce dans l’espace du conseil citoyen, et la retirer",
    "conseil.answer": "répondre à une question du conseil citoyen",
    "conseil.update": "ouvrir un appel à candidatures, tirer au sort, tenir les mandats, demander un avis",
    "preconisation.read": "lire les préconisations publiées et leurs réponses",
    "preconisation.update": "lire, publier, corriger et inscrire une préconisation",
    "preconisation.answer": "répondre à une préconisation",
    "preconisation.reopen": "rouvrir une fois une préconisation à laquelle il a été répondu",
    "marche.read": "lire les marches exploratoires : leurs arrêts, ce que l’on y voit, ce qui en est fait",
    "marche.update": "inscrire une marche, noter et revoir ses arrêts",
    "marche.publish": "publier une marche, choisir ses photographies, la retirer du site public",
    "evaluation.read": "lire les évaluations partagées du contrat",
    "evaluation.update": "préparer une évaluation, figer la situation, apprécier, actualiser les besoins",
    "evaluation.publish": "partager une évaluation, la publier, la retirer du site public",
    "tarif.read": "lire les tarifs : les services et leurs grilles",
    "tarif.update": "tenir les grilles tarifaires, essayer d’autres prix, retenir un scénario",
    "frequentation.update": "lire et dire la fréquentation d’un service tarifé",
    "enquete.read": "lire les enquêtes, leurs questions et leurs résultats",
    "enquete.update": "préparer une enquête, l’ouvrir, entrer des papiers",
    "enquete.publish": "publier les résultats d’une enquête, les retirer du site public",
    "commentaire.create": "commenter une action, un engagement, une réponse, et prévenir quelqu’un",
    "commentaire.withdraw": "retirer un commentaire, en disant pourquoi",
    "financement.read": "lire l’argent du contrat : lignes, tableau des financeurs, versions figées",
    "financement.update": "inscrire ce qu’un financeur annonce, vote, verse ou refuse",
    "financement.define": "dire budgets, scénarios et dispositifs, interroger les financeurs, figer le tableau",
    "appel.read": "lire les appels à projets publiés",
    "appel.update": "préparer, publier et clore un appel à projets",
    "dossier.read": "lire les dossiers de demande",
    "dossier.update": "ouvrir, remplir, déposer et retirer un dossier de demande reçu par l’équipe",
    "dossier.instruct": "instruire un dossier de demande et inscrire ce que chaque financeur décide",
    "anomalie.read": "lire les anomalies que les règles trouvent dans le contrat",
    "derogation.update": "admettre une anomalie pour un temps, et y mettre fin",
    "vue.update": "enregistrer pour soi des vues d’une liste, les changer et les supprimer",
    "vue.share": "partager une vue d’une liste, changer et supprimer celles qui sont partagées",
    "geste.undo": "annuler dans les dix minutes ce qu’une autre personne vient de faire",
    "trace.read": "voir qui a changé quoi et quand",
    "personne.update": "corriger le nom et les adresses d’une personne",
    "personne.erase": "effacer une personne à sa demande",
    "trace.erase": "effacer des valeurs de la trace",
    "plateforme.update": "régler la plateforme et suivre son fonctionnement",
}
"""Every right, in the order of the page « Droits »."""

LECTURE = frozenset(
    {
        "contrat.read",
        "droits.read",
        "fiche.read",
        "activite.read",
        "salle.read",
        "reperage.read",
        "reunion.read",
        "conseil.read",
        "preconisation.read",
        "marche.read",
        "evaluation.read",
        "enquete.read",
        "tarif.read",
        "financement.read",
        "appel.read",
    }
)
PARTENAIRE = LECTURE | {"commentaire.create"}
COPILOTE = PARTENAIRE | {"copilotage.read", "contact.read", "fiche.confide", "anomalie.read"}
EQUIPE = COPILOTE | {
    "contrat.update",
    "atelier.update",
    "atelier.sign",
    "contact.update",
    "contact.import",
    "organisme.update",
    "fiche.update",
    "fiche.assign",
    "fiche.bulk",
    "engagement.update",
    "engagement.define",
    "releve.create",
    "indicateur.define",
    "releve.validate",
    "entree.update",
    "serie.update",
    "objet.update",
    "carnet.update",
    "salle.update",
    "reservation.update",
    "reperage.count",
    "reperage.update",
    "enquete.update",
    "enquete.publish",
    "entree.judge",
    "flux.update",
    "nature.update",
    "relance.create",
    "point.update",
    "reunion.update",
    "instance.update",
    "decision.update",
    "conseil.name",
    "conseil.file",
    "conseil.answer",
    "conseil.update",
    "preconisation.update",
    "preconisation.answer",
    "preconisation.reopen",
    "marche.update",
    "marche.publish",
    "evaluation.update",
    "evaluation.publish",
    "tarif.update",
    "frequentation.update",
    "commentaire.withdraw",
    "financement.update",
    "financement.define",
    "appel.update",
    "dossier.read",
    "dossier.update",
    "dossier.instruct",
    "derogation.update",
    "invitation.create",
    "habilitation.update",
    "vue.share",
    "geste.undo",
    "trace.read",
}
ADMINISTRATION = EQUIPE | {"contrat.create", "personne.update", "personne.erase", "trace.erase", "plateforme.update"}

CARNET: frozenset[str] = frozenset()

RIGHTS_BY_ROLE = {
    Role.CARNET: CARNET,
    Role.LECTURE: LECTURE,
    Role.PARTENAIRE: PARTENAIRE,
    Role.COPILOTE: COPILOTE,
    Role.EQUIPE: EQUIPE,
    Role.ADMINISTRATION: ADMINISTRATION,
}
"""What each role may do, whatever the thing."""

OF_ONESELF = frozenset({"vue.update"})
"""What everyone may do with what is hers alone, and nobody else."""

_OF_A_BODY = OF_ONESELF | {
    "contact.read",
    "contact.update",
    "fiche.confide",
    "fiche.update",
    "engagement.update",
    "releve.create",
    "entree.update",
    "serie.update",
    "objet.update",
    "reperage.count",
    "reservation.update",
    "decision.update",
    "conseil.name",
    "conseil.file",
    "conseil.answer",
    "preconisation.answer",
    "preconisation.reopen",
    "marche.update",
    "evaluation.update",
    "frequentation.update",
    "financement.update",
    "trace.read",
}
"""What someone who acts for a body may do on what is its own."""

RIGHTS_ON_THEIRS = {
    Role.LECTURE: OF_ONESELF | {"trace.read"},
    Role.PARTENAIRE: _OF_A_BODY,
    Role.COPILOTE: _OF_A_BODY - COPILOTE,
    Role.CARNET: frozenset({"entree.update", "objet.update", "reservation.update"}),
    Role.EQUIPE: OF_ONESELF,
    Role.ADMINISTRATION: OF_ONESELF,
}
"""What a role may do only on what is theirs: the room that knows the thing registers the predicate that says so."""

RIGHTS_OF_THE_PLATFORM = frozenset({"contrat.create", "personne.update", "personne.erase", "plateforme.update"})
"""The rights that belong to no contract."""


class UnknownRight(ImproperlyConfigured):
    """The code names a right that is not in the table."""

    def __init__(self, right: str) -> None:
        super().__init__(f"« {right} » n’est pas un droit de habilitations/roles.py.")


def known(right: str) -> str:
    """The right itself.

    Raises:
        UnknownRight: no such name in the table.
    """
    if right not in RIGHTS:
        raise UnknownRight(right)
    return right


for _rights in (*RIGHTS_BY_ROLE.values(), *RIGHTS_ON_THEIRS.values(), RIGHTS_OF_THE_PLATFORM):
    for _right in _rights:
        known(_right)
