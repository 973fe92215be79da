"""The texts that contracts de ville cite, with the number and the day under which the Journal officiel printed them.

Source: Légifrance, by number. A text enters with its number, its day and what it is called there; none is ever guessed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TexteOfficiel:
    """A law, a decree or an ordinance: its number, its day as it is written, words of its title that name it alone."""

    nature: str
    numero: str
    jour: str
    titre: str
    mots: tuple[str, ...] = ()


TEXTES = (
    TexteOfficiel(
        "loi", "2014-173", "21 février 2014", "de programmation pour la ville et la cohésion urbaine",
        ("programmation pour la ville et la cohésion urbaine", "loi lamy"),
    ),
    TexteOfficiel(
        "loi", "2003-710", "1er août 2003", "d’orientation et de programmation pour la ville et la rénovation urbaine",
        ("programmation pour la ville et la rénovation urbaine",),
    ),
    TexteOfficiel(
        "loi", "2000-1208", "13 décembre 2000", "relative à la solidarité et au renouvellement urbains",
        ("solidarité et au renouvellement urbains",),
    ),
    TexteOfficiel(
        "loi", "2014-366", "24 mars 2014", "pour l’accès au logement et un urbanisme rénové",
        ("accès au logement et un urbanisme rénové",),
    ),
    TexteOfficiel(
        "loi", "2017-86", "27 janvier 2017", "relative à l’égalité et à la citoyenneté",
        ("relative à l’égalité et à la citoyenneté",),
    ),
    TexteOfficiel(
        "loi", "2018-1021", "23 novembre 2018", "portant évolution du logement, de l’aménagement et du numérique",
        ("évolution du logement, de l’aménagement et du numérique",),
    ),
    TexteOfficiel(
        "loi", "2015-991", "7 août 2015", "portant nouvelle organisation territoriale de la République",
        ("nouvelle organisation territoriale de la république",),
    ),
    TexteOfficiel(
        "loi", "2014-58", "27 janvier 2014",
        "de modernisation de l’action publique territoriale et d’affirmation des métropoles",
        ("modernisation de l’action publique territoriale",),
    ),
    TexteOfficiel(
        "loi", "2021-1109", "24 août 2021", "confortant le respect des principes de la République",
        ("confortant le respect des principes de la république",),
    ),
    TexteOfficiel(
        "loi", "2014-873", "4 août 2014", "pour l’égalité réelle entre les femmes et les hommes",
        ("égalité réelle entre les femmes et les hommes",),
    ),
    TexteOfficiel("loi", "2007-297", "5 mars 2007", "relative à la prévention de la délinquance"),
    TexteOfficiel(
        "loi", "2022-217", "21 février 2022",
        "relative à la différenciation, la décentralisation, la déconcentration",
        ("différenciation, la décentralisation, la déconcentration",),
    ),
    TexteOfficiel(
        "décret", "2014-1750", "30 décembre 2014",
        "fixant la liste des quartiers prioritaires de la politique de la ville",
    ),
    TexteOfficiel(
        "décret", "2023-1314", "28 décembre 2023",
        "modifiant la liste des quartiers prioritaires de la politique de la ville",
    ),
)  # fmt: skip
