"""The protocol: its articles, and the block where it is signed."""

import re
from dataclasses import replace

from tenir.fichier.modeles import Article
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import Plan, Region
from tenir.lecteur.titres import titre_court

_ARTICLE = re.compile(r"^\s*Article\s+(?P<rang>premier|1er|\d+)\s*[:.–-]\s*(?P<reste>.*)$", re.IGNORECASE)
_FAIT = re.compile(r"^\s*Fait à\b")
PARTIES = ("ouverture", "protocole")


def lire_articles(atelier: Atelier, plan: Plan) -> tuple[Article, ...]:
    """Read the articles: each runs to the next, to the announced orientations, or to the signature."""
    texte = atelier.texte
    stops = {t.debut for t in (*plan.annonces.values(), *plan.annonces_d_axes)}
    heads = [
        (numero, region)
        for region in plan.sections
        if region.nature in PARTIES
        for numero in texte.pleines(region.debut, region.fin)
        if _ARTICLE.match(texte.brut(numero))
    ]
    read = (_article(atelier, numero, region, stops) for numero, region in heads)
    return tuple(article for article in read if article)


def _article(atelier: Atelier, numero: int, region: Region, stops: set[int]) -> Article | None:
    texte, fin = atelier.texte, numero
    for line in texte.pleines(numero + 1, region.fin):
        if line in stops or _ARTICLE.match(texte.brut(line)) or _FAIT.match(texte.brut(line)):
            break
        fin = line
    source = (Plage(numero, fin),)
    match = _ARTICLE.match(texte.brut(numero))
    assert match is not None  # noqa: S101 - the heads were chosen by it
    rank = int(match["rang"]) if match["rang"].isdecimal() else 1
    mots = texte.mots(source)
    titre = titre_court(mots.partition(":")[2] or mots)
    return atelier.bati(Article, code=f"ART{rank}", titre=titre, source=source, texte=mots)


def avec_signature(texte: Texte, regions: tuple[Region, ...]) -> list[Region]:
    """The same regions, the block « Fait à … » set apart as the signature."""
    cut: list[Region] = []
    for region in regions:
        made = next((n for n in texte.pleines(region.debut, region.fin) if _FAIT.match(texte.brut(n))), None)
        if made is None or region.nature not in PARTIES:
            cut.append(region)
            continue
        cut.append(replace(region, fin=made - 1))
        cut.append(Region("signature", "Signature", made, made, region.fin))
    return cut
