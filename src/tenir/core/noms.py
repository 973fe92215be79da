"""The article before the name of a body: « la commune de… », « l’Agence… », « la CAF », « du conseil départemental ».

Pure. What gives the gender is the first word, by a table of common nouns and acronyms; a name that starts with no known
noun (« Bpifrance », « France Travail ») takes no article: French gives none to most names of their own.
"""

import re
from typing import Literal

Genre = Literal["f", "m", "p"]
"""Feminine, masculine, plural."""

_NOUNS: dict[Genre, str] = {
    "f": """académie agence agglomération aide auto-école adie adil pmi ase alliance antenne assemblée
        assistance association assurance banque boutique branche brigade caisse cellule centrale chambre
        circonscription cité collectivité commission commune communauté compagnie confédération coopérative
        coordination cour croix délégation direction division école église entente entreprise équipe famille
        fédération filière fondation gendarmerie habitation inspection intercommunalité ligue maison mairie
        médiathèque métropole ministre mission mutualité mutuelle police préfecture protection province
        régie région ressourcerie sauvegarde section société sous-préfecture structure trésorerie union
        université ville éducation copropriété crèche épicerie plateforme résidence unité caf cpam msa ars
        ddets dreets deets ddtm drac dsden mildeca anct anah cdc bpi sncf cnil epide épide udaf cci cma mda
        mdph mds pjj ratp""",
    "m": """atelier bailleur barreau bureau cabinet cadre canton centre cercle club collectif collège comité
        commissariat conseil conservatoire consortium crédit défenseur département dispositif district
        diocèse établissement état etat foyer fonds délégué espace contrat plan point-justice plie petr clic
        gouvernement groupe groupement haut hôpital institut institution laboratoire lycée ministère
        monsieur mouvement musée observatoire office opérateur organisme parquet planning pôle port
        procureur quartier rectorat relais réseau secours secrétariat service syndicat système théâtre
        tiers-lieu tribunal village ccas cias cidff cispd cdad epf crous crij clat epci sdis sdjes sivom
        sivu smtc spip fipd pnr inae hlm medef gip""",
    "p": """associations bailleurs maisons caisses chambres communes écoles entreprises habitants services
        villes compagnons restos apprentis""",
}
_COMMON = """agglomération antenne association commune communauté département gendarmerie mairie métropole police
    préfecture quartier rectorat région sous-préfecture tribunal village ville conseil bailleurs bailleur
    services chambres collège école lycée syndicat service plan espace délégué écoles communes associations
    villes université centre"""
_PLAIN = frozenset(_COMMON.split())
"""Common nouns that lose their capital inside a sentence."""
GENRES: dict[str, Genre] = {word: genre for genre, words in _NOUNS.items() for word in words.split()}
_MUTE = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæh]", re.IGNORECASE)
_ASPIRATED = {"haut", "hameau", "halle", "hall", "hlm", "handicap"}
_LED = re.compile(r"^(les |le |la |l['’])(?=\S)", re.IGNORECASE)


def designe(nom: object) -> str:
    """A body as the subject of a sentence: « la commune de Songe », « l’Agence régionale », « Bpifrance »."""
    bare, genre = _bare(str(nom))
    return bare if genre is None else f"{_article(bare, genre)}{_inside(bare)}"


def de(nom: object) -> str:
    """A body after « de »: « de la commune… », « du conseil… », « des bailleurs… », « de l’État », « d’Alotra »."""
    bare, genre = _bare(str(nom))
    if genre is None:
        return _led(bare, "du", "des") or (f"d’{bare}" if _elides(bare) else f"de {bare}")
    if genre == "p":
        return f"des {_inside(bare)}"
    return f"du {_inside(bare)}" if genre == "m" and not _elides(bare) else f"de {designe(nom)}"


def a(nom: object) -> str:
    """A body after « à »: « à la commune… », « au conseil… », « aux bailleurs… », « à l’État », « à Bpifrance »."""
    bare, genre = _bare(str(nom))
    if genre is None:
        return _led(bare, "au", "aux") or f"à {bare}"
    if genre == "p":
        return f"aux {_inside(bare)}"
    return f"au {_inside(bare)}" if genre == "m" and not _elides(bare) else f"à {designe(nom)}"


def de_personne(nom: object) -> str:
    """A person after « de »: « d’Agathe Fictive », « de Le Goff ». Nothing of her name is an article or a noun."""
    return f"d’{nom}" if _elides(str(nom)) else f"de {nom}"


def _bare(nom: str) -> tuple[str, Genre | None]:
    """A name without the article it came with, and its gender; one that no table knows stays as it is."""
    whole = " ".join(nom.split())
    bare = _LED.sub("", whole)
    genre = GENRES.get(_first(bare))
    return (whole, None) if genre is None else (bare, genre)


def _led(bare: str, singular: str, plural: str) -> str:
    """A name of its own that starts with « Le » or « Les », after « de » or « à »: « des Restos fictifs »."""
    article, _, rest = bare.partition(" ")
    return {"le": f"{singular} {rest}", "les": f"{plural} {rest}"}.get(article.lower(), "") if rest else ""


def _first(bare: str) -> str:
    return re.split(r"[ ,(/’']", bare.lower())[0]


def _article(bare: str, genre: Genre) -> str:
    if genre == "p":
        return "les "
    return "l’" if _elides(bare) else "la " if genre == "f" else "le "


def _elides(bare: str) -> bool:
    return bool(_MUTE.match(bare)) and _first(bare) not in _ASPIRATED


def _inside(bare: str) -> str:
    """A name inside a sentence: a common noun loses its capital, an acronym or a name of its own keeps it."""
    common = _first(bare) in _PLAIN and bare[:1].isupper() and not bare[1:2].isupper()
    return bare[:1].lower() + bare[1:] if common else bare
