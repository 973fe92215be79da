import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf001_part_hors_de_cent import part_hors_de_cent
from tenir.regles.chiffres.commun import COMPARES, EVOLUTION
from tenir.regles.chiffres.phrases import not_told, sentence_before
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

NUMBER = r"(?<![\d,.+–−-])(?P<{name}>\d{{3,}}(?:,\d+)?)\s?%"
PEOPLE = r"habitants|ménages|familles|logements|jeunes|enfants|femmes|hommes|personnes|demandeurs|élèves|locataires"
LARGE = re.compile(
    rf"\b(?:part|proportion|pourcentage)\b[^.;!?%\d]{{0,80}}?{NUMBER.format(name='part')}"
    rf"|{NUMBER.format(name='autre')}\s(?:des?\s|d[’'])(?:{PEOPLE})\b"
    rf"|{NUMBER.format(name='dit')}\s(?:(?:ne\s|n[’']|y\s|en\s)?(?:sont|ont|vivent|habitent|travaillent|disposent|disent"
    r"|déclarent|occupent|bénéficient|touchent|viennent)\b|d[’']entre\s)",
    re.IGNORECASE,
)


@regle("CHF021", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def phrase_dont_la_part_depasse_cent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans une phrase, une part dépasse 100 %.

    ## Ce que la règle vérifie

    Ce qu’une phrase appelle une part, une proportion ou un pourcentage, ce qu’elle dit « des habitants », « des
    logements », ou ce qui est, vit ou travaille (« 27 % sont sans emploi »), ne dépasse pas 100 %. Une phrase qui
    dit une évolution, un écart ou une occupation est laissée. Ce que la règle CHF001 dit déjà n’est pas répété.

    ## Pourquoi

    Une virgule déplacée passe inaperçue à la relecture, puis se recopie dans chaque bilan.

    ## Exemple fautif

    Dans le quartier, 352 % des logements sont mal isolés.

    ## Corrigé

    Dans le quartier, 35,2 % des logements sont mal isolés.

    ## Source

    Arithmétique.
    """
    found = [one for passage in passages(contrat, document, LARGE, "%") for one in _told(passage)]
    yield from not_told(found, part_hors_de_cent(contrat))


def _told(passage: Passage) -> Iterator[Anomalie]:
    found = passage.trouve
    share = found["part"] or found["autre"] or found["dit"]
    said = sentence_before(found.string, found.end())
    if float(share.replace(",", ".")) > 100 and not EVOLUTION.search(said) and not COMPARES.search(said):
        told = f"« {share} % » est écrit comme une part : une part est comprise entre 0 et 100 %."
        yield Anomalie(passage.objet, told, "Vérifiez la virgule dans la source du chiffre.", source=passage.source)
