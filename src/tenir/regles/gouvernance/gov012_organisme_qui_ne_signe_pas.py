import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Champ, champs
from tenir.regles.financements import parts
from tenir.regles.gouvernance.paroles import par_ellipse, presidences_dites
from tenir.regles.parties import ENOUGH, decoupe, est_de, noms_des_signataires
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

WITHIN = re.compile(
    r"\b(?:service|direction|agence (?!regional|national|departemental|eau|urbanisme|habitat)\w+"
    r"|antenne|site|unite|pole|ccas|cias|centre"
    r"|ecole|college|lycee|equipe|chef\w*|charge\w*|mairie|maison (?!(?:d[eu] l?[’']? ?)?emploi)\w+"
    r"|associations|association \w*(?:locale|quartier|partenaire)"
    r"|habitant\w*|partenaire\w*|bailleur|acteur\w*|structure\w*|prestataire\w*|operateur\w*|porteur\w*|autre\w*"
    r"|collectif|club|fonds|europ\w+|ue|fse\w*|feder|autofinancement|total|reste|solde|divers|compagnie"
    r"|contribution\w*|usager\w*|beneficiaire\w*|participant\w*|signataire\w*|cofinanc\w+|credit\w*|droit)\b"
)
"""Who pilots or pays without signing, as everywhere: an association, a service, Europe, « les partenaires »."""
ASSOCIATION = re.compile(r"(?:l )?association\b")
"""Many pilot without signing: one is told only where several sign."""
VAGUE = re.compile(
    r"\b(?:service|direction|antenne|unite|pole|equipe|chef\w*|charge\w*|mairie|habitant\w*|partenaire\w*|acteur\w*"
    r"|structure\w*|porteur\w*|autre\w*|collectif|usager\w*|participant\w*|signataire\w*|bailleurs|associations)\b"
)
"""Who chairs a body without signing, as everywhere: a service of a signatory, « les partenaires »."""
LONGEST = 9
DOES = {"pilote": "pilote", "financement": "finance", "presidence": "préside"}
"""What each label says that a body does."""
SURE = 3
"""How many bodies pilot or pay and sign, at least, before one that does not is told."""


@regle("GOV012", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def organisme_qui_ne_signe_pas(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un seul des pilotes ou des financeurs ne signe pas.

    ## Ce que la règle vérifie

    Quand tous les organismes nommés sous « Pilote » sont des signataires sauf un, celui-là est dit ; de même de ceux
    qui financent (« Coût : 60 000 €, dont… »). Une association compte quand plusieurs signent ; un service, un
    établissement ou l’Europe pilotent et financent sans signer : ils ne comptent pas.

    ## Pourquoi

    Qui ne signe pas ne s’engage pas : l’action n’aura pas de pilote, ou son financement manquera.

    ## Exemple fautif

    Dix actions pilotées par les signataires, et une par « la chambre de commerce », qui ne signe pas.

    ## Corrigé

    La chambre de commerce signe, ou un signataire pilote l’action et elle en est partenaire.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    signed = noms_des_signataires(contrat, document)
    acting: set[str] = set()
    for genre, does in DOES.items() if len(signed) >= ENOUGH else ():
        if found := _only_stranger(contrat, document, genre, signed, acting):
            name, where = found
            yield Anomalie(
                porteur(contrat, where[0].debut) if where else None,
                f"« {name} » {does} et ne signe pas ce contrat, quand tous les autres signent.",
                "Faites signer l’organisme, ou confiez sa part à un signataire.",
                source=where,
            )


def _only_stranger(
    contrat: ContratDeVille, document: DocumentNormalise, genre: str, signed: Sequence[str], acting: set[str]
) -> tuple[str, tuple[Plage, ...]] | None:
    """The only one of those who act so that signs nothing; `acting` gains those that do sign."""
    associations = sum(bool(ASSOCIATION.match(comparable(one))) for one in signed) > 1
    chairs = genre == "presidence"
    named = [(name, one.source) for one in champs(document) if one.genre == genre for name in _bodies(one)]
    named = named or list(_chairing(document) if chairs else _read(contrat, genre))
    named = [one for one in named if associations or not ASSOCIATION.match(comparable(one[0]))]
    strangers = [(name, where) for name, where in named if not any(est_de(name, other) for other in signed)]
    sure = {comparable(name) for name, _ in named} - {comparable(name) for name, _ in strangers}
    acting |= sure
    known = len(acting if chairs and sure else sure)
    alone = len({comparable(name) for name, _ in strangers}) == 1
    return strangers[0] if alone and known >= SURE and (len(named) > SURE or chairs) else None


def _read(contrat: ContratDeVille, genre: str) -> Iterator[tuple[str, tuple[Plage, ...]]]:
    """Who pilots or pays the actions that were read, where no label names them: the cells of a table."""
    for orientation in contrat.orientations:
        if genre == "pilote":
            for action in orientation.actions:
                yield from ((one.nom, action.source) for one in action.pilotes if _is_a_body(one.nom))
        else:
            yield from ((one.financeur, one.source) for one in orientation.credits if _is_a_body(one.financeur or ""))


def _chairing(document: DocumentNormalise) -> Iterator[tuple[str, tuple[Plage, ...]]]:
    """The bodies said to chair or run another; who is named by a function is a person."""
    for _, how, who, where in presidences_dites(document):
        if how == "preside":
            yield from ((name, where) for name in _chairs(who))
    for phrase in phrases(document):
        for found in CHAIRED.finditer(phrase.texte):
            said, (start, end) = sans_accents(phrase.texte), found.span("qui")
            chairs = [phrase.texte[a:b] for _, a, b in par_ellipse(said, start, end)]
            yield from ((name, phrase.plage(*found.span())) for who in chairs for name in _chairs(who))


def _chairs(who: str) -> Iterator[str]:
    """The bodies among those who chair."""
    for name in takewhile(NAMED.match, decoupe(who)):
        bare = re.sub(r"^(?:par )?(?:[Ll][ae]s? |[Ll][’'])", "", name.strip())
        if _is_a_body(bare, VAGUE) and not PERSON.match(comparable(bare)):
            yield bare


IN_KIND = re.compile(r"\s*\([^()\d]*\)")
"""What a body gives otherwise: « Fondation du Val (prêt d’un local) »."""
CHAIRED = re.compile(
    r"(?:co)?(?:présidé|animé)e?s?\s(?:\w+ment\s|ensemble\s)?par\s(?P<qui>[^.;:()]{3,80}?)(?=[.;:(]|\set\sse\s|,\s(?:il|elle|se|qui)\s|$)"
)
NAMED = re.compile(r"(?:par )?(?:[Ll][ae]s? |l[’']|un[e]? |du |des |d[’'])|[A-ZÀ-Ý]")
"""How a name opens: what follows « présidé par l’ARS, suit cet axe » is none."""
PERSON = re.compile(
    r"^(?:(?:vice )?president\w*|prefet\w*|sous prefet\w*|maire|adjoint\w*|elu\w*|directeur|directrice"
    r"|delegue\w*|deux?|trois?|quatre|un|une"
    r"|habitant\w*|membre\w*|conseil citoyen\w*|conseiller\w*|procureur\w*|recteur|rectrice|inspect\w+|nom"
    r" masque|m|mme)\b"
)


def _is_a_body(name: str, unless: re.Pattern[str] = WITHIN) -> bool:
    return bool(name.strip()) and len(name.split()) <= LONGEST and not unless.search(comparable(name))


def _bodies(one: Champ) -> list[str]:
    names = list(_funders(one.valeur)) if one.genre == "financement" else decoupe(one.valeur)
    return [name for name in names if _is_a_body(name)]


def _funders(words: str) -> Iterator[str]:
    """The bodies of a cost: those that give an amount, and beside them those that give something else."""
    named = [name for name, _ in parts(words)]
    yield from named
    for piece in re.split(r"[;,]\s*", IN_KIND.sub("", words)) if named else ():
        bare = piece.strip()
        if re.match(r"[A-ZÀ-Ý]", bare) and not re.search(r"\d|:", bare) and len(bare.split()) <= LONGEST:
            yield bare
