"""The bodies of governance: a heading each, or the bullets of a working-group heading; who chairs, who sits, when."""

import re
from collections.abc import Iterator

from tenir.fichier.modeles import InstanceDeGouvernance, OrganismeCite
from tenir.fichier.mots import ARTICLES, plain
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA
from tenir.lecteur.organismes import reconnaitre, trouver
from tenir.lecteur.phrases import phrases
from tenir.lecteur.plan import Region

_PRESIDE = re.compile(r"\b(?:co-?)?(?:présid|anim)ée?s?\b[^.]*?\bpar (?P<qui>[^.;]*)", re.IGNORECASE)
_MEMBRES = re.compile(r"\b(?:composée? d[eu]s?|rassemble|(?<!se )réunit|regroupe) (?P<qui>[^.;]*)", re.IGNORECASE)
_NOMBRE = re.compile(r"\bau nombre de (?P<n>\d+)\b")
_RYTHMES: tuple[tuple[str, int], ...] = (
    (r"tous les quinze jours", 24),
    (r"une fois par mois|chaque mois|tous les mois", 12),
    (r"une fois par trimestre|chaque trimestre|tous les trimestres", 4),
    (r"(?:au moins )?(?:deux|2) fois par an|chaque semestre", 2),
    (r"(?:au moins )?(?:une|1) fois (?:par|l[’']) ?an|chaque année(?: en \w+)?|(?:à )?chaque automne", 1),
)
_POSSIBLE = re.compile(r"\b(?:peuvent|peut) se réunir\b|selon la demande", re.IGNORECASE)
_TRIO = re.compile(r"«\s*(?P<nom>\w+)\s*»\s+(?P<qui>[^.,;()]{3,80})")


def lire_instances(atelier: Atelier, regions: list[Region]) -> tuple[InstanceDeGouvernance, ...]:
    """Read every body of governance, numbered in the order of the text; one named only in a sentence comes last."""
    found: list[tuple[str, tuple[Plage, ...], str]] = []
    for region in regions:
        found += _of_region(atelier, region)
    found += _named_in_a_sentence(atelier, regions)
    read = (_instance(atelier, nom, source, mots, f"G{rank:02d}") for rank, (nom, source, mots) in enumerate(found, 1))
    return tuple(instance for instance in read if instance)


def _of_region(atelier: Atelier, region: Region) -> Iterator[tuple[str, tuple[Plage, ...], str]]:
    if not lexique().contient("instances", region.titre) or region.niveau < 2:
        return
    lines = atelier.texte.pleines(region.debut, region.fin)
    mots = atelier.texte.mots((Plage(region.corps, region.fin),))
    bullets = [b for b in atelier.texte.blocs(region.corps, region.fin) if b.puce != ALINEA]
    if lexique().contient("groupes", region.titre) and "«" not in region.titre and bullets:
        for bloc in bullets:
            text = atelier.texte.mots((bloc.plage,))
            if not lexique().contient("sans_instance", text):
                yield f"Groupe de travail « {text.split(',')[0].strip()} »", (bloc.plage,), text
        return
    count = _NOMBRE.search(mots)
    if count:
        for rank in range(1, int(count["n"]) + 1):
            yield f"{_singular(region.titre)} n° {rank}", (Plage(lines[0], lines[-1]),) if rank == 1 else (), mots
        return
    yield _name(region.titre), (Plage(lines[0], lines[-1]),), mots


def _name(titre: str) -> str:
    first, _, rest = titre.partition(" ")
    name = rest if plain(first) in ARTICLES else re.sub(r"^L[’']", "", titre)
    return name[:1].upper() + name[1:]


def _singular(titre: str) -> str:
    return " ".join(word.removesuffix("s") for word in _name(titre).split())


def _named_in_a_sentence(atelier: Atelier, regions: list[Region]) -> list[tuple[str, tuple[Plage, ...], str]]:
    """A quoted name followed by bodies parted by slashes: « … » État / EPCI / Commune."""
    for region in regions:
        for numero in atelier.texte.pleines(region.corps, region.fin):
            match = _TRIO.search(f"{atelier.texte.net(numero)} {atelier.texte.net(numero + 1)}")
            bodies = [p.strip() for p in match["qui"].split("/")] if match else []
            known = [p for p in bodies if reconnaitre(p, atelier.territoires) or trouver(p, atelier.territoires)]
            if match and len(known) > 1 and f"« {match['nom']}" in atelier.texte.net(numero):
                return [(match["nom"].capitalize(), _sentence(atelier, region, numero), match.group())]
    return []


def _sentence(atelier: Atelier, region: Region, numero: int) -> tuple[Plage, ...]:
    bloc = next(b for b in atelier.texte.blocs(region.corps, region.fin) if b.debut <= numero <= b.fin)
    around = [p for p in phrases(atelier.texte, bloc.debut, bloc.fin) if any(numero in s.lignes for s in p.source)]
    return around[0].source if around else (bloc.plage,)


def _instance(
    atelier: Atelier, nom: str, source: tuple[Plage, ...], mots: str, code: str
) -> InstanceDeGouvernance | None:
    frequence, meetings = _rythme(mots)
    if not source:
        atelier.juge(code, Niveau.BASSE, "Instance citée sans lignes à elle : vérifiez qu’elle existe bien.")
    elif frequence is None:
        atelier.juge(code, Niveau.MOYENNE, "Aucun rythme de réunion n’a été lu : en est-il écrit un ?")
    chair, members = _PRESIDE.search(mots), _MEMBRES.search(mots)
    return atelier.bati(
        InstanceDeGouvernance,
        code=code,
        nom=nom,
        presidence=_bodies(atelier, chair["qui"] if chair else ""),
        composition=_bodies(atelier, members["qui"] if members else ""),
        frequence=frequence,
        reunions_par_an=meetings,
        source=source,
        texte=mots if source else None,
    )


def _bodies(atelier: Atelier, text: str) -> tuple[OrganismeCite, ...]:
    return tuple(_member(atelier, name) for name in _people(text))


def _member(atelier: Atelier, nom: str) -> OrganismeCite:
    """A member as printed; the body is the one the whole name means, or the one named inside it."""
    body = reconnaitre(nom, atelier.territoires)
    inside = trouver(nom, atelier.territoires)
    known = body or (reconnaitre(inside[0], atelier.territoires) if inside else None)
    return OrganismeCite(nom=nom, organisme=known.id if known else None)


def _people(text: str) -> list[str]:
    """The members of a sentence: parted by commas and « et », ends of clauses dropped."""
    clause = re.split(r",\s+(?:il|elle|qui|auxquels|une fois|deux fois)\b", text)[0]
    pieces = re.split(r",\s+(?:et\s+)?|\s+et(?:/ou)?\s+(?=[ldLDA-Z])", clause)
    return [" ".join(piece.split()) for piece in pieces if any(map(str.isalnum, piece))]


def _rythme(mots: str) -> tuple[str | None, int | None]:
    for pattern, meetings in _RYTHMES:
        if match := re.search(pattern, mots, re.IGNORECASE):
            return match.group().strip(), None if _POSSIBLE.search(mots) else meetings
    return None, None
