import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Engagement, Indicateur, Objectif, Periode, SousAction
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage
from tenir.regles.annees import termes
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.engagements.eng005_promesse_au_passe import PAST
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.structure.calendriers import calendriers, reunions
from tenir.regles.structure.str004_horizon_hors_de_la_periode import horizon_hors_de_la_periode
from tenir.regles.textes import est_une_promesse

BINDING = (ActionPrevue, SousAction, Objectif, Engagement)
MARK = re.compile(r"^(?:o\s+|\W+)")
SHOWN = 70


@regle("STR011", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, periode=True)
def annee_hors_du_contrat(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une promesse est datée hors du contrat.

    ## Ce que la règle vérifie

    Un engagement, un objectif ou une action qui dit pour quand (« avant 2028 », « d’ici 2027 », « de mars 2025 à juin
    2026 ») le dit dans la période du contrat ; de même ce qui suit « calendrier » ou « échéance », et la date d’une
    réunion ou d’un rapport. Une année qui date une chose passée (« ouvert en 2019 », « le plan de 2021 ») ne compte
    pas ; ni l’échéance d’une action, que STR004 lit, ni les cibles, que IND010 lit. La règle ne parle que si le
    document imprime sa période.

    ## Pourquoi

    Une promesse d’avant la signature est tenue ou manquée déjà ; d’après la fin, elle n’engage plus. C’est souvent un
    reste du contrat précédent.

    ## Exemple fautif

    Contrat 2024-2030 : « accompagner trente ménages avant 2019 ».

    ## Corrigé

    « accompagner trente ménages avant 2029 »

    ## Source

    Loi 2014-173, article 6 : le contrat a une durée.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    told: set[int] = set()
    for carrier, line, words in _promises(contrat, document):
        outside = [year for year, _, _ in termes(words, periode.debut) if not periode.debut <= year <= periode.fin]
        elsewhere = (isinstance(carrier, ActionPrevue) and carrier.horizon) or PAST.match(words)
        if outside and not elsewhere:
            told.add(line)
            yield _told(carrier, line, words, outside[0], periode)
    known = {
        line for one in horizon_hors_de_la_periode(contrat) for plage in one.plages for line in plage.lignes
    } | told
    for line, words, year in (*calendriers(document, periode), *reunions(document, periode)):
        carrier = porteur(contrat, line)
        sheet = range(carrier.source[0].debut, line + 1) if carrier and carrier.source else range(line, line + 1)
        if not known.intersection(sheet):
            known.add(line)
            yield _told(carrier, line, words, year, periode)


def _promises(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[tuple[Item | None, int, str]]:
    """The words that promise: those of items that bind, and the bullets that open with an infinitive."""
    seen: set[int] = set()
    for item in contrat.items.values():
        if isinstance(item, BINDING) and item.source and item.source[0].debut not in seen:
            seen.add(item.source[0].debut)
            yield item, item.source[0].debut, document.mots(item.source)
    for one in phrases(document):
        line = document.lignes[one.ligne - 1]
        words = MARK.sub("", one.texte)
        if one.ligne not in seen and (is_bullet(line) or line.lstrip()[:1] in "–—") and est_une_promesse(words):
            carrier = porteur(contrat, one.ligne)
            if not isinstance(carrier, Indicateur):
                yield carrier, one.ligne, words


def _told(carrier: Item | None, line: int, words: str, year: int, periode: Periode) -> Anomalie:
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]}…"
    return Anomalie(
        carrier,
        f"« {shown} » : {year} est hors du contrat ({periode.debut}-{periode.fin}).",
        "Corrigez l’année, ou dites ce qui restera à faire.",
        source=(Plage(line, line),) if line else (),
    )
