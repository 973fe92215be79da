import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

SIGNED = re.compile(
    r"^\W*(?:(?:document|contrat|convention|version|texte) )?(?:fait|signee?)\s+(?:a|au|aux|en|le|par"
    r"|ce)\b[^;:]{0,120}?\b"
    r"(?P<date>(?:\d{1,2}(?:er)?\s+[a-z]+|\d{1,2}[/.]\d{1,2}[/.])\s?(?P<an>(?:19|20)\d{2}))"
)
BEFORE = 2
"""How many years before its first one a contract may have been signed: it is often negotiated the year before."""


@regle("STR013", gravite=Gravite.BLOQUANTE, depuis="0.1", lit=Lit.MOTS, periode=True)
def signature_hors_du_temps(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """La date de signature ne va pas avec la période du contrat.

    ## Ce que la règle vérifie

    « Fait à…, le… » ou « Signé à…, le… » porte une date qui n’est ni après la dernière année du contrat, ni plus de
    deux ans avant la première. La règle ne parle que si le document imprime sa période.

    ## Pourquoi

    La date est celle d’un autre contrat, dont la page a servi de modèle ; un juge la lira.

    ## Exemple fautif

    Contrat 2024-2030 : fait à Valclair, le 3 juin 2015.

    ## Corrigé

    Contrat 2024-2030 : fait à Valclair, le 3 juin 2024.

    ## Source

    Forme des actes : un acte est daté du jour où on le signe.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    for phrase in phrases(document):
        found = SIGNED.search(sans_accents(phrase.texte))
        if found and not periode.debut - BEFORE <= int(found["an"]) <= periode.fin:
            yield Anomalie(
                porteur(contrat, phrase.plage(*found.span("date"))[0].debut),
                f"Signé le {phrase.texte[slice(*found.span('date'))]}, pour un contrat {periode.debut}-{periode.fin}.",
                "Corrigez la date de signature.",
                source=phrase.plage(*found.span("date")),
            )
