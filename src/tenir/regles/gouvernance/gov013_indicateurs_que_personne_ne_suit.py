import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import fiches
from tenir.regles.gouvernance.recits import recits
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

SUBJECT = re.compile(r"\bindicateurs\b|\btableaux? de (?:bord|suivi)\b")
REPORT = re.compile(
    r"\b(?:bilans?|rapports?|points? d[’']etape)\b(?:\s(?:annuels?|regulier|periodiques?|d[’']avancement|d[’']etape))?"
    r"(?:\s(?:du|des|de\sla|de\sl[’']|de\s)\s?(?:\w+\s){0,2}?(?:contrat|convention|actions?|fiches?|axes?|piliers?"
    r"|orientations?|programme|avancement|mise)\b|\sannuels?\b|\sd[’']avancement\b)"
)
"""What says each year how the contract goes, whoever counts."""
KEPT = (
    r"(?:tenus?|tenues?|mis(?:es?)? a jour|actualises?|actualisees?|renseignes?|renseignees?|suivis?|suivies?|releves?"
    r"|relevees?|collectes?|collectees?|publies?|publiees?|presentes?|presentees?|remplis?|remplies?|consolides?"
    r"|etablis?|etablies?|dresses?|dressees?|rediges?|redigees?|realises?|realisees?|produits?|produites?)"
)
PASSIVE = re.compile(rf"\b(?:est|sont|sera|seront)\s+(?:\w+ment\s+|ainsi\s+|aussi\s+)?{KEPT}\b")
BY = re.compile(r"\bpar (?:l[ae]s?\b|l[’']|un\b|une\b|chaque\b|[A-Z])|\baupres d")
OWNS = re.compile(
    r"\b(?:tient|tiennent|assure\w*|renseigne(?:nt|ra)?|met(?:tent)? a jour|suit|suivent|collecte(?:nt|ra)?|produi\w+"
    r"|presente(?:nt|ra)?|releve(?:nt|ra)?|publie(?:nt|ra)?|actualise(?:nt|ra)?|transmet\w*|consolide(?:nt|ra)?"
    r"|charge(?:e|es|s)? d\w+|responsables?|pilote\w*|remet(?:tent)?|fourni\w+|communique\w*|remonte\w*|analyse\w*"
    r"|examine\w*|etabli\w*|rempli(?:t|ssent)|alimente\w*|garant\w*|confie\w*|incombe\w*|referente?s?|observatoire)\b"
)


@regle("GOV013", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def indicateurs_que_personne_ne_suit(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Personne n’est chargé de suivre les indicateurs.

    ## Ce que la règle vérifie

    Quand une phrase dit que les indicateurs ou leur tableau sont tenus, mis à jour ou publiés, ou qu’un bilan du
    contrat ou de ses actions est établi, elle dit par qui, ou une autre phrase sur la même chose nomme qui en est
    chargé. Quand les fiches disent ce qu’elles mesurent, le document parle quelque part de qui les suit.

    ## Pourquoi

    Ce que tout le monde doit remplir, personne ne le remplit : le jour du bilan, le tableau est vide.

    ## Exemple fautif

    « Les indicateurs sont mis à jour chaque année. »

    ## Corrigé

    « Les indicateurs sont mis à jour chaque année par l’agglomération. »

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi.
    """
    for subject in (SUBJECT, REPORT):
        yield from _silent(contrat, document, subject)
    yield from _nobody(contrat, document)


def _nobody(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """A plan whose sheets say what they measure, and a governance that says nothing of a report nor of who follows."""
    measured = [one for one in fiches(document) if re.search(r"\b20\d\d\b", one.de("mesure"))]
    if len(measured) < SHEETS or len(contrat.instances) + len(recits(contrat, document)) < BODIES:
        return
    if not any(FOLLOWED.search(sans_accents(one.texte)) for one in phrases(document)):
        yield Anomalie(
            None,
            f"{len(measured)} fiches disent ce qu’elles mesurent, et rien ne dit qui en suit les indicateurs.",
            "Nommez qui en est chargé, et quand il en rend compte.",
        )


SHEETS, BODIES = 5, 2
"""How many sheets that measure, and how many bodies described, make a contract that should say who follows."""
FOLLOWED = re.compile(
    r"\bindicateurs\b|\btableaux? de (?:bord|suivi)|\bbilans?\b|\bavancement|\brapports? |\b(?:equipe|chef\w*"
    r"|direct\w+|charge\w*)"
    r" (?:de )?(?:la )?(?:projet|mission|politique)|\bcoord(?:onn|inat)\w+|\bobservatoire|\bsuivi (?:d[eu]|annuel"
    r"|regulier)"
    r"|\brend\w* compte|\bpoint d[’']etape"
)
"""Whatever says that somebody follows, counts or reports."""


def _silent(contrat: ContratDeVille, document: DocumentNormalise, subject: re.Pattern[str]) -> Iterator[Anomalie]:
    following = phrases(document)
    silent: list[Phrase] = []
    for rank, phrase in enumerate(following):
        said = sans_accents(phrase.texte)
        if not subject.search(said):
            continue
        passive = PASSIVE.search(said)
        after = following[rank + 1] if rank + 1 < len(following) else phrase
        near = sans_accents(after.texte) if passive and after.paragraphe is phrase.paragraphe else ""
        if _owned(said) or _owned(near) or (passive and BY.search(phrase.texte)):
            return
        if passive:
            silent.append(phrase)
    for phrase in silent[:1]:
        yield Anomalie(
            porteur(contrat, phrase.ligne),
            f"« {phrase.texte.strip(' .–•-')} » : rien ne dit par qui.",
            "Nommez qui en est chargé.",
            source=phrase.plage(),
        )


def _owned(said: str) -> bool:
    """Whether a sentence says who does it: « publie » does, « est publié » does not."""
    return bool(OWNS.search(PASSIVE.sub(" ", said)))
