"""Words that promise nothing by themselves: « Encourager une dynamique partenariale autour des enjeux »."""

import re

from tenir.fichier.mots import ARTICLES, words
from tenir.regles.memoire import des_mots

_VERBES = (
    "accompagner agir amplifier animer améliorer articuler associer assurer conforter consolider contribuer coordonner"
    " créer dynamiser développer encourager engager faciliter faire favoriser fédérer garantir impulser"
    " initier inscrire"
    " insuffler intensifier investir maintenir mettre mobiliser oeuvrer participer permettre porter poursuivre prendre"
    " promouvoir rechercher renforcer rester sensibiliser soutenir stimuler susciter tendre tenir"
    " travailler valoriser veiller"
    " accroître approfondir construire cultiver penser repenser interroger partager poser nourrir"
)
_NOMS = (
    "acteur action adhésion approche attente attractivité avenir axe besoin bien bienveillance cadre chance citoyenneté"
    " cohérence cohésion collaboration collectif communauté compte concertation confiance contexte"
    " convergence coopération"
    " culture dialogue dimension dispositif diversité dynamique démarche développement effort égalité élan"
    " énergie engagement"
    " enjeu environnement épanouissement équilibre équité esprit être évolution gouvernance habitant harmonie impulsion"
    " inclusion initiative innovation intelligence intérêt lien logique mieux mixité mobilisation monde mutation niveau"
    " objectif ouverture paix part participation partenaire partenariat perspective place politique position potentiel"
    " projet qualité quartier question rayonnement réflexion regard relation réponse réseau respect"
    " ressource réussite rôle"
    " sens service solidarité stratégie structure suite synergie système temps terme territoire transition"
    " transversalité"
    " valeur vie vision vivre volonté vivacité échange écoute public population personne association"
    " institution horizon"
)
_QUALITES = (
    "actif bon citoyen commun concerné concret durable efficace ensemble engagé existant fort global"
    " humain inclusif innovant"
    " intégré local meilleur meilleure nouveau nouvelle partagé partenarial partenariale pertinent plein"
    " positif positive"
    " privilégié qualitatif renouvelé renforcé serein social sociale solidaire structurant territorial territoriale"
    " transversal transversale utile vertueux volontariste adapté approprié collective collectif commune"
    " publique politique"
    " pleinement activement résolument davantage plus mieux toujours"
)
_LIENS = (
    "tout tous toute toutes chacun chaque son sa ses leur nos notre ce cet cette ces qui que dont où par"
    " pour avec sans dans"
    " sur sous entre vers chez autour auprès afin ainsi selon comme se s y est sont être ont a au aux en"
    " ou ne pas plus d l"
    " service faveur matière cœur coeur sein regard travers long fil cours notamment aussi également ensemble acteur"
)


@des_mots(4096)
def _stem(word: str) -> str:
    return re.sub(r"(?:er|ir|re|ee?s?|ent|ant|tion|es|e|s)$", "", word)


CREUX = frozenset(_stem(word) for word in words(f"{_VERBES} {_NOMS} {_QUALITES}"))
_VIDES = ARTICLES | frozenset(words(_LIENS))
FEWEST, SHARE = 2, 5
"""How few words of its own a text may have and be judged, and of how many words one that says something is lost."""


def est_creux(texte: str) -> bool:
    """Whether no word of a text, or one in five at most, says what will be done: no number, no name, no thing."""
    bare = re.sub(r"^\W*(?:[A-Z]?\d[\d.]*\s*[.)–:-]*\s*)?", "", texte)
    bare = re.sub(r"\((?:ambition|question|axe|orientation|action|priorité|enjeu|défi|pilier)s?\b[^()]*\)", "", bare)
    if (
        bare.rstrip().endswith(",")
        or re.search(r"\d", bare)
        or re.search(r"(?<=[a-zà-ÿ,] )(?:[dl][’'])?[A-ZÀ-Ý]", bare)
    ):
        return False
    said = [word for word in words(bare) if word not in _VIDES]
    own = [word for word in said if _stem(word) not in CREUX]
    return len(said) >= FEWEST and len(own) * SHARE <= len(said)
