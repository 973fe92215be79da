import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.recits import recits
from tenir.regles.parties import mots_de, noms_des_signataires
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

DECIDES = re.compile(
    r"(?:^|[,;:.]\s)\W*(?:l[ae]\s|l[’'])(?P<nom>(?:comite|commission|cellule|conseil|instance|conference|college)"
    r"(?:\s(?!(?:se|et|est|sont|a|ont|qui|dont|y|en)\b|s[’'])[\w’'-]+){1,6}?),?\s(?:(?:y|en)\s)?"
    r"(?:valide|arrete|decide|examine|choisit|selectionne|attribue|fixe|instruit|donne|rend|se prononce|controle"
    r"|approuve|retient|designe|distribue|repartit|evalue|vote|etablit|dresse|statue|suit|pilote|coordonne|oriente|anime|tranche"
    r"|se reunit|accorde|verifie)\b"
)
BODY = re.compile(r"comite|commission|cellule|conseil|instance|conference|college")
OF_OTHERS = re.compile(
    r"\b(?:administration|municipal|communautaire|departemental|regional|metropolitain|syndical|ecole|etablissement"
    r"|surveillance|discipline|classe|attribution|securite|social et economique|local\w*|citoyen\w*|national\w*"
    r"|scientifique|interministeriel\w*|(?:du|de la|de l[’']|des) ?(?:plan|programme|pacte|schema|projet|label|fonds"
    r"|clspd|cispd|plie)s?)\b"
)
"""The bodies of a law, of another body or of another plan."""
HEADS = frozenset({"comite", "commis", "cellul", "consei", "instan", "confer", "colleg"})
"""The roots of what a body is called, whatever it does."""
ENOUGH = 2
"""How many bodies a contract describes, at least, before one that it does not is told."""


@regle("GOV016", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS, de=(Contenu.INSTANCES,))
def instance_que_la_gouvernance_ignore(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une instance décide, et la gouvernance ne la nomme pas.

    ## Ce que la règle vérifie

    Quand le contrat décrit ses instances, « le comité… » ou « la commission… » qui valide, choisit ou décide dans une
    action ou un engagement est l’une d’elles : une instance que le document ne nomme qu’à cet endroit n’en est pas une.
    Celles de la loi, d’un autre plan ou d’un organisme (conseil municipal, commission d’attribution…) ne comptent pas.

    ## Pourquoi

    On ne sait ni qui y siège, ni qui la convoque : ce qu’elle doit valider attendra.

    ## Exemple fautif

    Gouvernance : comité de pilotage, comité technique. Action 3 : « Le comité des artisans valide la liste. »

    ## Corrigé

    Le comité des artisans est décrit parmi les instances ; ou le comité technique valide la liste.

    ## Source

    Loi 2014-173, article 6 : le contrat dit son organisation.
    """
    known = {comparable(one.nom) for one in contrat.instances} | {
        one.nom for one in recits(contrat, document) if not one.recite
    }
    if len(known) < ENOUGH:
        return
    signing = {word for one in noms_des_signataires(contrat, document) for word in mots_de(one)}
    whole = f" {comparable(document.texte)} "
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        for found in DECIDES.finditer(said) if BODY.search(said) else ():
            printed = phrase.texte[slice(*found.span("nom"))]
            ours = not OF_OTHERS.search(found["nom"]) and not (mots_de(printed) - HEADS) & signing
            if ours and _alone(comparable(printed), known, whole):
                yield _told(contrat, phrase, found, printed)


def _alone(name: str, known: set[str], whole: str) -> bool:
    """Whether a body is named once in the document, and is none of those known, under a longer or a shorter name."""
    short = " ".join(name.split()[:2])
    near = any(name in one or one in name or one.startswith(short) for one in known)
    return len(name.split()) > 1 and not near and whole.count(f" {short} ") == 1


def _told(contrat: ContratDeVille, phrase: Phrase, found: re.Match[str], printed: str) -> Anomalie:
    source = phrase.plage(*found.span("nom"))
    return Anomalie(
        porteur(contrat, source[0].debut),
        f"« {printed} » décide ici, et rien d’autre dans le document ne parle de cette instance.",
        "Décrivez-la parmi les instances, ou confiez la décision à l’une d’elles.",
        source=source,
    )
