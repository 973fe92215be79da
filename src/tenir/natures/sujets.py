"""Whom a kind must never be about: one resident, one pupil, one victim, one household.

An entry says what took place, or counts; a kind named « Suivi d’un élève » would make a file of persons of it. What
gives such a kind away is the number of a noun: « orientation des auteurs » counts, « orientation d’un auteur » follows
someone. So the singular is sought, in the places where French makes it one person; « droits de l’enfant » and
« atelier parent-enfant » are nobody. The lists hold words without accents, in the singular.
"""

import re
from collections.abc import Iterator

from tenir.fichier.mots import plain, singular


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GENS = _set("""
    habitant habitante resident residente riverain riveraine voisin voisine usager usagere administre administree
    citoyen citoyenne concitoyen concitoyenne personne individu femme homme fille fillette garcon couple conjoint
    conjointe famille menage foyer fratrie parent pere mere papa maman aine ainee senior retraite retraitee vieillard
    enfant bebe nourrisson ado adolescent adolescente jeune mineur mineure pupille orphelin orpheline
    eleve ecolier ecoliere collegien collegienne lyceen lyceenne etudiant etudiante apprenti apprentie stagiaire
    apprenant apprenante decrocheur decrocheuse candidat candidate
    patient patiente malade aidant aidante assure assuree handicape handicapee
    victime auteur auteure autrice agresseur agresseuse plaignant plaignante delinquant delinquante detenu detenue
    condamne condamnee justiciable contrevenant contrevenante recidiviste
    locataire proprietaire coproprietaire occupant occupante heberge hebergee squatteur squatteuse sdf
    demandeur demandeuse beneficiaire allocataire brsa ayant-droit chomeur chomeuse salarie salariee travailleur
    travailleuse interimaire createur creatrice porteur-de-projet porteuse-de-projet
    migrant migrante exile exilee refugie refugiee etranger etrangere arrivant arrivante allophone
    adherent adherente benevole volontaire participant participante inscrit inscrite mis-en-cause sans-abri
    """)
"""One person, or one household."""
ASSOCIES = _set("professionnel professionnelle agent visiteur visiteuse marraine parrain tuteur adulte")
"""More words that count people, in a unit alone: a kind may well be about them."""
ADJECTIFS = _set("citoyen citoyenne mineur mineure")
"""Those that agree with the noun before them: « parcours citoyen » is nobody, « fiche citoyen » is someone."""

FICHES = _set("fiche dossier fichier profil livret casier")
"""What is kept on someone, in the plural too."""
SUIVIS = _set("""
    cas situation suivi accompagnement entretien parcours bilan prise-en-charge orientation signalement convocation
    hebergement placement exclusion plainte inscription audition relogement admission expulsion consultation
    hospitalisation sanction rappel historique visite accueil rendez-vous aide contrat evaluation diagnostic projet
    identite tutorat parrainage mentorat sejour soin absence retard
    """)
"""What is done for someone, one by one."""
OUVERTS = _set("""
    visite accueil rendez-vous aide contrat evaluation diagnostic projet tutorat parrainage mentorat sejour
    soin rappel consultation
    """)
"""Those of them that a noun may qualify and be nobody: « accueil famille », « rendez-vous senior »."""
COMMUNS = _set("""
    droit journee semaine mois maison espace fete service cafe village forum ecole college lycee pole centre lieu relais
    conseil protection place statut image condition sante cause atelier rencontre reunion groupe permanence formation
    sortie sensibilisation prevention education action evenement collectif association reseau plateforme jardin jeu
    loisir spectacle concert exposition commission comite convention observatoire campagne sport culture politique lutte
    fonds plan schema metier soutien information seance cycle parole budget repas marche randonnee stage chantier
    demande candidature subvention creche ludotheque club quartier salon nuit carte
    """)
"""What is open to many, or is no one’s: « journée de la femme », « maison de l’enfant »."""

UN = _set(
    "un une 1 chaque cet cette ce tel telle son sa mon ma ton ta notre votre quel quelle tout toute meme seul seule"
)
DEFINIS = _set("le la l du au")
LIANTS = _set("de d a pour avec chez et ou en sur entre")
AVANT = _set("""
    jeune petit petite nouveau nouvel nouvelle ancien ancienne futur future vieux vieil vieille premier premiere grand
    grande autre certain certaine meilleur meilleure primo
    """)
"""Adjectives that stand between « un » and its noun."""

_INCLUSIF = re.compile(r"(?<=[a-z])[·•.(-](?:e|ne|trice|rice|euse|ere)\)?([·•.-]?s|\(s\))?(?![a-z])")
_PARTS = re.compile(r"[^a-z0-9]+")
_LOCUTIONS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\b(aides?|services?|metiers?) a la personne\b", "service"),
        (r"\b(en|toute la) famille\b", "ensemble"),
        (r"\baccueil du jeune enfant\b", "creche"),
        (r"\bpersonnes? morales?\b", "organisme"),
        (r"\bjeunes? (public|pousse|entreprise|association|creation|talent|artiste|cadre)s?\b", "public"),
        (r"\bauteure?s? (de )?(jeunesse|bd|bande dessinee|livres?|romans?|theatre)\b", "livre"),
        (r"\bfoyers? (de|des|d|du|rural|ruraux|socio|logement|restaurant|residence|educatif|communal)\b", "maison de"),
        (r"\bprise en charge\b", "prise-en-charge"),
        (r"\brendez vous\b", "rendez-vous"),
        (r"\bmise? en cause\b", "mis-en-cause"),
        (r"\bsans abri\b", "sans-abri"),
        (r"\bayant droit\b", "ayant-droit"),
        (r"\bporteu(r|se) de projets?\b", "porteur-de-projet"),
        (r"\b(parent|pere|mere|adulte)s? (enfant|bebe|ado|adolescent)s?\b", "lien"),
        (r"\b(famille|parent)s? (ecole|college|lycee|creche)s?\b", "lien"),
        (
            r"\b(ecole|college|lycee|creche|police|bailleur|mairie)s? (famille|parent|jeune|locataire|habitant)s?\b",
            "lien",
        ),
        (r"\b(femmes? hommes?|hommes? femmes?|filles? garcons?)\b", "lien"),
    )
)
"""Words that together are somebody, or nobody."""
_CIVILITE = re.compile(r"\b(M\.|Mr|Mme|Mlle|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)\s+[A-ZÀ-Ý]")
_CAS = re.compile(
    r"((un|une|le|la|chaque) )?(situation|cas|suivi|parcours|entretien|accompagnement|dossier|fiche|prise-en-charge)"
    r"( (social|sociale|familial|familiale|medical|medicale|scolaire|judiciaire|penal|penale|individuel|individuelle|"
    r"personnel|personnelle|d insertion|de vie))*"
)
_A_DOMICILE = re.compile(r"^((un|une|la) )?visite a domicile\b")
_INDIVIDUEL = _set("individuel individuelle")
_NOMINATIF = re.compile(r"nominati(f|ve)s?")


def names_one(text: str, *, counted: bool = False) -> str | None:
    """The word by which a text is about one person or one household; None when it is about nobody.

    `counted`: what is named is counted over a period, so that files may be (« dossiers de familles »).
    """
    if found := _CIVILITE.search(text):
        return found.group(1)
    mots = _mots(text)
    one = next((mot for rank, mot in enumerate(mots) if _is_one(mots, rank, counted=counted)), None)
    return one or (None if counted else _one_by_one(mots))


def names_one_case(sujet: str) -> str | None:
    """The same for what one entry is about: « une situation » has someone behind it."""
    said = " ".join(_mots(sujet))
    return said if _CAS.fullmatch(said) else names_one(sujet)


def counts_people(unite: str) -> bool:
    """Whether a unit is a word for people, who are counted as « passages » or « personnes » alone."""
    return any(one in GENS | ASSOCIES for mot in _mots(unite) for one in (mot, singular(mot)))


def _mots(text: str) -> list[str]:
    """The words of a text, plural kept; « habitant·e·s » is « habitants », « élève(s) » may be one."""
    said = _INCLUSIF.sub(lambda found: "s" if found.group(1) not in (None, "(s)") else "", plain(text))
    said = " ".join(_PARTS.split(said.replace("(s)", ""))).strip()
    for locution, put in _LOCUTIONS:
        said = locution.sub(put, said)
    return said.split()


def _is_one(mots: list[str], rank: int, *, counted: bool) -> bool:
    """Whether the word at a rank is one person there."""
    mot, before = mots[rank], _before(mots, rank)
    if mot == "lien":
        return rank > 0 and _noun(mots[rank - 1]) in FICHES | SUIVIS - OUVERTS
    if mot not in GENS:
        return singular(mot) in GENS and not counted and _nearest(mots, rank) in FICHES
    if not before or before[-1] in UN or before[-1] == "par":
        return True
    if before[-1] in DEFINIS:  # « avec la famille » meets one, « droits de l’enfant » none
        return "avec" in before[-2:-1] or _nearest(mots, rank) not in COMMUNS
    if before[-1] in LIANTS:
        return _nearest(mots, rank) in FICHES | SUIVIS
    return _nearest(mots, rank) in (FICHES if mot in ADJECTIFS else FICHES | SUIVIS - OUVERTS)


def _before(mots: list[str], rank: int) -> list[str]:
    """The words before a noun, without the adjectives that lean on it."""
    end = rank
    while end and mots[end - 1] in AVANT:
        end -= 1
    return mots[:end]


def _nearest(mots: list[str], rank: int) -> str | None:
    """The noun before a rank that says what is done, or for whom."""
    return next((noun for mot in reversed(mots[:rank]) if (noun := _noun(mot))), None)


def _noun(mot: str) -> str | None:
    """A word as it stands in our lists, if it does."""
    return next((one for one in (mot, singular(mot)) if one in FICHES | SUIVIS | COMMUNS), None)


def _one_by_one(mots: list[str]) -> str | None:
    """The word that says that entries are one for each person, though it names none: « entretien individuel »."""
    return next(_ones(mots), None)


def _ones(mots: list[str]) -> Iterator[str]:
    said = " ".join(mots)
    yield from (mot for mot in mots if _NOMINATIF.fullmatch(mot))
    if any(_noun(mot) in FICHES | SUIVIS for mot in mots) and "collecti" not in said:
        yield from (mot for mot in mots if mot in _INDIVIDUEL)
    if _A_DOMICILE.match(said):
        yield "visite à domicile"
