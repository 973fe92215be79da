"""What a finished reading should make one doubt: a title that is no title, an orientation without any action."""

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.avis import Atelier, Niveau

LONG_TITRE = 30  # words of the title of an axis or an orientation
LONG_NOM = 14  # words of the name of a body
NOMBREUSES = 25  # actions: under one orientation while others have none, some of them are elsewhere


def soupconner(atelier: Atelier, contrat: ContratDeVille) -> None:
    """Doubt what no contract prints, unless the item is doubted already."""
    for code, sentence in (*_titles(contrat), *_orientations(contrat), *_signatories(contrat)):
        if code not in atelier.avis:
            atelier.juge(code, Niveau.BASSE, sentence)


def _titles(contrat: ContratDeVille) -> list[tuple[str, str]]:
    titled = [(a.code, a.titre_imprime) for a in contrat.axes]
    titled += [(o.code, o.titre_imprime) for o in contrat.orientations]
    named = [(s.code, s.nom) for s in contrat.signataires]
    named += [(i.code, i.nom) for i in contrat.instances]
    return [
        *((code, "Ce titre est bien long : où finit-il ?") for code, t in titled if len(t.split()) > LONG_TITRE),
        *((code, "Ce nom est bien long : est-ce un organisme ?") for code, n in named if len(n.split()) > LONG_NOM),
    ]


def _orientations(contrat: ContratDeVille) -> list[tuple[str, str]]:
    counts = {o.code: len(o.actions) for o in contrat.orientations}
    if not any(counts.values()):
        return []  # said once, of the whole document
    found = [(c, "Aucune action n’a été lue sous ce titre : en annonce-t-il ?") for c, n in counts.items() if not n]
    if found:
        crowded = (code for code, number in counts.items() if number > NOMBREUSES)
        found += [
            (code, "Bien plus d’actions qu’ailleurs : certaines sont-elles d’un autre titre ?") for code in crowded
        ]
    return found


def _signatories(contrat: ContratDeVille) -> list[tuple[str, str]]:
    promising = [s for s in contrat.signataires if s.engagements]
    if not promising:
        return []
    return [
        (s.code, "Aucun engagement n’a été lu pour ce signataire, alors que d’autres en ont : en prend-il ?")
        for s in contrat.signataires
        if not s.engagements
    ]
