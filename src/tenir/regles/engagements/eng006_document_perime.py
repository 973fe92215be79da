import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, DocumentCadre
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

CITED = re.compile(
    r"\b(?P<nom>(?:plan|schema|programme|convention|charte|strategie|pacte|feuille de route|projet (?:social"
    r"|educatif|territorial"
    r"|de territoire|academique)|contrat (?:local|territorial|de (?:projet|plan|relance|territoire|sante))"
    r"|accord[- ]cadre|protocole|agenda"
    r"|plh|plu|plui|pcaet|pdu|scot|ctg|cls|clsm|pedt|prs|pdalhpd|pdi|plie|sdis|srdeii|pluih"
    r"|pat)\b[^.;:()]{0,80}?)\(?\s?(?P<debut>(?:19|20)\d{2})\s?[-–/]\s?(?P<fin>20\d{2})\b"
)
TOLD = re.compile(
    r"\bbilan\b|\bevalu|\bprecedent|\bancien|\bissue?s?\b|\bacheve|\bprolong|\bproro|\bsucced|\bfait suite"
    r"|\ba (?:permis|ete|porte)\b"
    r"|\bcontrat de ville (?:de \w+ )?\(?(?:19|20[01])\d|\bavait\b|\bavaient\b|\btermine|\bhistori"
)
BULLET = re.compile(r"\s*(?:[-–—•▪*>o]|\d{1,2}[.)]|[a-z]\))\s")
"""What opens an item of a list: the sentence that leads to the list speaks for each."""
LEANS = re.compile(
    r"\b(?:s[’']appuie|s[’']inscri\w+|conform\w+|en application|dans le cadre|selon|en coherence|au titre"
    r"|compatible|coherente?s? avec|complete\b|complement|articul\w+|tien(?:t|nent) compte|pren(?:d|nent)"
    r" en compte|s[’']accorde\w*|documents? (?:cadres?|du territoire|deja adoptes?|existants?)|respect\w*"
    r"|vis[ée]e? (?:au|par)"
    r"|decline\w*|mobilis\w+"
    r"|mettre en oeuvre|met en oeuvre|s[’']adosse|poursui\w+|appliquer?|soutien\w*|financer?|engage)\b"
)
ARTICLE = 4
"""How many characters open a sentence before its subject: « Le », « La », « • »."""
RULES = re.compile(
    r"\)?,?\s(?:\w+(?:,\s)?\s?)?(?:retient|prevoit|fixe|identifie|inscrit|place|classe|designe|vise|comprend|reconnait|definit"
    r"|donne|fait|guide|encadre|organise|impose|demande|oriente|couvre|concerne)\b"
)
"""What a document that is in force does, when it is the subject of the sentence."""


@regle("ENG006", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, periode=True)
def document_perime(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Le contrat s’appuie sur un document qui ne vaut plus.

    ## Ce que la règle vérifie

    Un plan, un schéma, un programme ou une convention sur lequel une phrase s’appuie (« dans le cadre de », «
    conformément à », « s’appuie sur », « est compatible avec », « complète ») et dont elle imprime les années
    n’était pas fini quand le contrat commence, et ne commence pas quand il est fini. Une phrase qui en fait le
    bilan n’est pas concernée, ni les documents cadres que ENG002 lit.

    ## Pourquoi

    La promesse repose sur un document qui ne vaut plus : c’est souvent un reste du contrat précédent.

    ## Exemple fautif

    Contrat 2024-2030 : « dans le cadre du plan de lutte contre l’isolement 2015-2019 ».

    ## Corrigé

    « dans le cadre du plan de lutte contre l’isolement 2023-2028 »

    ## Source

    Cohérence interne : la période du contrat.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    led = ""
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        bullet = BULLET.match(document.lignes[phrase.ligne - 1])
        led = said if said.endswith(":") else led if bullet else ""
        for found in CITED.finditer(said):
            carrier = porteur(contrat, phrase.plage(*found.span())[0].debut)
            over, later = int(found["fin"]) < periode.debut, int(found["debut"]) > periode.fin
            if not (over or later) or TOLD.search(f"{led} {said}") or isinstance(carrier, DocumentCadre):
                continue
            if not LEANS.search(f"{led} {said}") and not (found.start() <= ARTICLE and RULES.match(said, found.end())):
                continue
            when = f"a fini avant {periode.debut}" if over else f"commence après {periode.fin}"
            yield Anomalie(
                carrier,
                f"« {phrase.texte[slice(*found.span())]} » {when}.",
                "Citez le document qui vaut pendant le contrat.",
                source=phrase.plage(*found.span()),
            )
