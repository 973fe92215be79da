"""The words of a kind, without the models: what the site reads when it starts."""

from enum import StrEnum


class Forme(StrEnum):
    """What one entry of a kind tells."""

    SEANCE = "séance"
    """Something held one day."""
    DECOMPTE = "décompte"
    """What happened over a period, counted by who did it."""
    ETAT = "état"
    """How things stand on one day: a stock."""
    OBJET = "objet"
    """What becomes, one day, of a thing that lasts: a convention, a place, a pledge. Each is a line of a register."""


class Unite(StrEnum):
    """What people are counted as. Things are counted in a word of their own."""

    PASSAGES = "passages"
    """Who came this time: adds up over sessions."""
    PERSONNES = "personnes"
    """Different people: never adds up, for one may come twice."""


class Cumulation(StrEnum):
    """How the values of several entries make one."""

    SOMME = "somme"
    MAX = "max"
    """Different people: at least the greatest, at most the sum."""
    DERNIER = "dernier"
    """A stock: the last one known, for each body and place."""
    JAMAIS = "jamais"


class Ventilation(StrEnum):
    """A margin by which people are counted again: never two of them crossed."""

    SEXE = "sexe"
    AGE = "age"
    QUARTIER = "quartier"


MODALITES: dict[Ventilation, dict[str, str]] = {
    Ventilation.SEXE: {"f": "femmes", "h": "hommes"},
    Ventilation.AGE: {
        "0-15": "moins de 16 ans",
        "16-25": "16 à 25 ans",
        "26-59": "26 à 59 ans",
        "60": "60 ans ou plus",
    },
    Ventilation.QUARTIER: {"oui": "habitent le quartier", "non": "n’habitent pas le quartier"},
}
"""The parts of each margin, in the order in which they are asked. What they leave of the total is « non précisé »."""


class Periode(StrEnum):
    """How long a period that is counted lasts, or how often a state is asked."""

    MOIS = "mois"
    TRIMESTRE = "trimestre"
    SEMESTRE = "semestre"
    ANNEE = "année"


class Lecteurs(StrEnum):
    """Who reads the entries of a kind."""

    PARTENAIRES = "partenaires"
    EQUIPE = "équipe"


D_AVANCE = 60
"""How many days before it falls due one is warned of a thing, when its kind does not say."""


class TypeDeChamp(StrEnum):
    """What one thing of a register is described by."""

    NOMBRE = "nombre"
    DATE = "date"
    OUI_NON = "oui-non"
    CHOIX = "choix"
    """One of the words listed."""
    PLUSIEURS = "plusieurs"
    """As many of the words listed as one likes."""
    TELEPHONE = "telephone"
    """The number of a service, that anyone may call; never that of a person."""
    MOT = "mot"
    """A short text; never in a register that the team alone reads, for it would tell of people."""
