"""The signatories, in the order printed, with their commitments, recalls and frame documents."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tenir.fichier.enums import Forme
from tenir.fichier.modeles import DocumentCadre, Engagement, Rappel, Signataire
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.entete import Partie, parties_en_tete
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.plan import SUR, Plan, Region
from tenir.lecteur.promesses import Promesse, Promesses, Sorte
from tenir.lecteur.promesses_en_phrases import EnPhrases, Promis
from tenir.lecteur.promet import PROMET
from tenir.lecteur.repartition import Possession
from tenir.lecteur.titres import titre_court

_ANNEES = re.compile(r"20\d\d\s*-\s*20\d\d")
MAX_NIVEAUX = 3
_ENGAGE = re.compile(rf"\b{PROMET}\b")
_AUTOUR = re.compile(
    rf"^(?:[Aa]rticle|ARTICLE)\s+\w+\s*[.:–—-]\s*|\s+{PROMET}\b.*$"
    r"|^[Ll]es engagements (?:de\s+|du\s+|d[’'])|,\s+représentée?s?\s+par\b.*$"
)
_INCONNU = "« {} » n’est pas dans le fichier des organisations : ajoutez-le."


def lire_signataires(
    atelier: Atelier, plan: Plan, sections: Sequence[Region]
) -> tuple[tuple[Signataire, ...], list[Possession]]:
    """Read each part of the section of commitments as a signatory, then the parties that promise nothing alone."""
    heads = parties_en_tete(atelier, sections)
    regions = [region for region in _parts(plan) if not _is_a_sentence(region)]
    if plan.en_phrases:
        named = _connaitre(atelier, [partie.nom for partie in heads])
        regions = [replace(r, titre=_nom_en_tete(named, heads, r.titre)) for r in regions]
    found = [(_signataire(atelier, plan, region, f"S{rank:02d}"), region) for rank, region in enumerate(regions, 1)]
    read = [(signataire, region) for signataire, region in found if signataire]
    held = [Possession(s.code, region) for s, region in read]
    known = [signataire for signataire, _ in read]
    if len(regions) < ASSEZ:
        apart = [p for p in heads if not any(r.corps <= p.source.debut <= r.fin for r in regions)]
        others = (p for p in apart if not any(_same(atelier, p.nom, s) for s in known))
        alone = (_partie(atelier, p, f"S{rank:02d}") for rank, p in enumerate(others, len(known) + 1))
        known += [signataire for signataire in alone if signataire]
    if plan.en_phrases:
        known = _avec_les_phrases(atelier, known, _in_sentences(atelier, known, sections, regions))
    return tuple(known), held


def _nom_en_tete(named: Callable[[str], str], heads: Sequence[Partie], titre: str) -> str:
    """The name that the head of the contract gives a party whose part says it shorter (« la Communauté »)."""
    found = named(_nom(titre))
    return found if any(found == partie.nom for partie in heads) else titre


def _in_sentences(
    atelier: Atelier, known: Sequence[Signataire], sections: Iterable[Region], parts: Sequence[Region]
) -> list[Promis]:
    """The promises that sentences hold outside the parts of signatories."""
    reader = EnPhrases(atelier.texte, _connaitre(atelier, [s.nom for s in known]))
    found: list[Promis] = []
    for region in sections:
        inside = any(part.debut <= region.debut <= part.fin for part in parts)
        if region.nature in SANS_PROMESSE or inside:
            continue
        fin = min([part.debut - 1 for part in parts if part.debut > region.debut] + [region.fin])
        found += reader.lire(region.corps, fin, entier=region.nature == "engagements")
    return found


SANS_PROMESSE = ("sommaire", "orientations", "indicateurs", "diagnostic")


def _avec_les_phrases(atelier: Atelier, known: list[Signataire], found: Sequence[Promis]) -> list[Signataire]:
    """The signatories with what sentences promise; one whom only a sentence names comes last."""
    read = list(known)
    for nom in dict.fromkeys(promis.nom for promis in found):
        mine = [_en_promesse(promis) for promis in found if promis.nom == nom]
        rank = next((k for k, s in enumerate(read) if s.nom == nom or _same(atelier, nom, s)), None)
        if rank is None:
            new = _partie(atelier, Partie(nom, mine[0].source[0]), f"S{len(read) + 1:02d}")
            read += [new] if new else []
            rank = len(read) - 1
            if new is None:
                continue
        held = read[rank]
        more = _engagements(atelier, mine, held.code, len(held.engagements) + 1)
        short, said = (comparable(_ARTICLE.sub("", words)) for words in (held.nom, nom))
        fuller = nom if said.startswith(f"{short} ") else held.nom
        read[rank] = held.model_copy(update={"nom": fuller, "engagements": (*held.engagements, *more)})
    return read


def _en_promesse(promis: Promis) -> Promesse:
    return Promesse(Sorte.ENGAGEMENT, Forme.PROSE, promis.phrase.source, promis.phrase.mots)


def _connaitre(atelier: Atelier, noms: Sequence[str]) -> Callable[[str], str]:
    """What tells the party that words name, as it is printed at the head: its name, its acronym, its first words."""
    parties = {nom: comparable(nom) for nom in noms}
    own = atelier.collectivites

    def connu(words: str) -> str:
        bare = _ARTICLE.sub("", words.strip(" ,:"))
        said = comparable(bare)
        if not said or set(said.split()) <= set(lexique().listes["collectifs"]):
            return ""
        exact = [nom for nom, key in parties.items() if said in (key, _initials(nom)) or key == _initials(bare)]
        exact = exact or [nom for nom, key in parties.items() if _sans_corps(key) == said]
        exact = exact or _seule_intercommunalite(said, parties)
        opened = exact or [
            nom for nom, key in parties.items() if f"{key} ".startswith(f"{said} ") and " et " not in nom
        ]
        if exact or len(opened) == 1:
            return opened[0]
        body = reconnaitre(bare, atelier.territoires)
        if body is None:
            return bare if said in lexique().listes["institutions"] or said in own else ""
        return next((nom for nom in noms if _body(nom, atelier) == body.id), bare)

    return connu


def _seule_intercommunalite(said: str, parties: Mapping[str, str]) -> list[str]:
    """« L’agglomération », where one party alone is one."""
    named = [nom for nom, key in parties.items() if _GROUPEMENT & set(key.split())] if said in _GROUPEMENT else []
    return named if len(named) == 1 else []


def _sans_corps(key: str) -> str:
    """The name of a body without what it is (« association échappée » is « échappée »)."""
    first, _, rest = key.partition(" ")
    return rest if first in lexique().listes["noms_de_corps"] else ""


def _body(nom: str, atelier: Atelier) -> str | None:
    body = reconnaitre(nom, atelier.territoires)
    return body.id if body else None


_ARTICLE = re.compile(r"^(?:l[’']|la\s+|les?\s+)", re.IGNORECASE)


ASSEZ = 9  # signatories with promises: a contract that gives each of them a part names them all there


def _is_a_sentence(region: Region) -> bool:
    return len(region.titre.split()) > 16


def _same(atelier: Atelier, nom: str, signataire: Signataire) -> bool:
    """Whether a party named at the head is one already read below."""
    body = reconnaitre(nom, atelier.territoires)
    if body is not None and body.id == signataire.organisme:
        return True
    if _initials(nom) == comparable(signataire.nom) or comparable(nom) == _initials(signataire.nom):
        return True
    if held := _dont_on_est(nom):
        return _same(atelier, held, signataire)
    a, b = set(comparable(nom).split()), set(comparable(signataire.nom).split())
    return a <= b or b <= a or (a <= _GROUPEMENT and bool(b & _GROUPEMENT))


def _dont_on_est(nom: str) -> str:
    """The body that a function signs for (« le maire de Valbrume », « la préfète »), "" when no function is named."""
    bare = _ARTICLE.sub("", nom.strip())
    if not lexique().commence("fonctions", bare.replace("’", " ")):
        return ""
    if "prefet" in comparable(bare.split()[0]):
        return "État"
    _function, link, body = bare.partition(found[0]) if (found := _DE.search(bare)) else ("", "", "")
    return body if link else ""


_DE = re.compile(r"\s+(?:de\s+la\s+|de\s+l[’']|de\s+|du\s+|des\s+|d[’'])")
_GROUPEMENT = frozenset({"intercommunalite", "communaute", "agglomeration", "metropole"})


def _initials(nom: str) -> str:
    """« Caisse d’allocations familiales » as its acronym, « caf »."""
    words = comparable(nom).split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _partie(atelier: Atelier, partie: Partie, code: str) -> Signataire | None:
    body = reconnaitre(partie.nom, atelier.territoires)
    if body is None:
        atelier.juge(code, Niveau.BASSE, _INCONNU.format(partie.nom))
    return atelier.bati(
        Signataire,
        code=code,
        nom=partie.nom,
        organisme=body.id if body else cle(partie.nom).replace(" ", "-"),
        source=(partie.source,),
        texte=partie.nom,
    )


def _parts(plan: Plan) -> list[Region]:
    """The parts that say who engages, or else the numbered parts « 1. », or the first headings under the section."""
    under = [r for r in plan.sections if r.nature == "engagements" and r.niveau > 1]
    under = [r for r in under if lexique().section(r.titre, entier=True) != "engagements"]
    sure = [r for r in under if r.niveau == SUR]
    under = [r for r in under if r.niveau != SUR and not (plan.en_phrases and _SANS_NOM.search(r.titre))]
    levels = {r.niveau for r in under}
    engaging = Counter(r.niveau for r in under if _ENGAGE.search(r.titre))
    told = [level for level, times in engaging.items() if times > 1]
    wanted = told[0] if told else 3 if 3 in levels else min(levels, default=0)
    return sorted([*sure, *(r for r in under if r.niveau == wanted)], key=lambda region: region.debut)


_SANS_NOM = re.compile(r"\bengagements?\b|\bobligations\b", re.IGNORECASE)  # the part of all, not that of a party


def _nom(titre: str) -> str:
    """The body that a heading names, without the number of its article nor « s’engage à »."""
    return _AUTOUR.sub("", titre).strip(" :–—-.") or titre


def _avec_ses_phrases(atelier: Atelier, region: Region, found: list[Promesse]) -> list[Promesse]:
    """What the part of a signatory promises, its sentences each with their own words, « à » left out of its bullets."""
    reader = EnPhrases(atelier.texte, _connaitre(atelier, [region.titre]))
    told = [_en_promesse(p) for p in reader.lire(region.corps, region.fin, sujet=region.titre) if p.nom == region.titre]
    lines = {n for p in told for plage in p.source for n in range(plage.debut, plage.fin + 1)}
    kept = [p for p in found if p.enfants or not any(plage.debut in lines for plage in p.source)]
    for promesse in kept:
        _sans_a(atelier, promesse)
    return sorted([*kept, *told], key=lambda p: (p.source[0].debut, p.source[0].colonne_debut or 0))


def _sans_a(atelier: Atelier, promesse: Promesse) -> None:
    """« à maintenir … », under « s’engage : », is what « maintenir … » is."""
    first = promesse.source[0]
    raw = atelier.texte.brut(first.debut)
    opened = _A.match(raw) if first.colonne_debut is None else None
    if opened is None:
        return
    own = Plage(first.debut, first.debut, opened.end() + 1, len(raw.rstrip()))
    below = (Plage(first.debut + 1, first.fin),) if first.fin > first.debut else ()
    promesse.source = (own, *below, *promesse.source[1:])
    promesse.mots = atelier.texte.mots(promesse.source)


_A = re.compile(r"^[^\w«]*à\s+(?=[^\W\d_][\w’'-]*(?:er|ir|re|oir)\b)")


def _signataire(atelier: Atelier, plan: Plan, region: Region, code: str) -> Signataire | None:
    region = replace(region, titre=_nom(region.titre))
    body = reconnaitre(region.titre, atelier.territoires)
    if body is None:
        atelier.juge(code, Niveau.BASSE, _INCONNU.format(region.titre))
    found = Promesses(atelier.texte, region.corps, region.fin).lire()
    if plan.en_phrases:
        found = _avec_ses_phrases(atelier, region, found)
    source = (Plage(region.debut, region.corps - 1),)
    return atelier.bati(
        Signataire,
        code=code,
        nom=region.titre,
        organisme=body.id if body else cle(region.titre).replace(" ", "-"),
        source=source,
        texte=region.titre,
        engagements=_engagements(atelier, [p for p in found if p.sorte is Sorte.ENGAGEMENT], code),
        rappels=tuple(_rappel(atelier, p, f"{code}-R{n:02d}") for n, p in _numbered(found, Sorte.RAPPEL)),
        documents_cadres=tuple(_document(atelier, p, f"{code}-C{n:02d}") for n, p in _numbered(found, Sorte.DOCUMENT)),
    )


def _numbered(found: list[Promesse], sorte: Sorte) -> list[tuple[int, Promesse]]:
    return list(enumerate((p for p in found if p.sorte is sorte), 1))


def _engagements(atelier: Atelier, found: list[Promesse], code: str, premier: int = 1) -> tuple[Engagement, ...]:
    codes = {id(p): f"{code}-E{rank:02d}" for rank, p in enumerate(found, premier)}
    parents = {id(child): codes[id(p)] for p in found for child in p.enfants if p.niveau < MAX_NIVEAUX - 1}
    read = (_engagement(atelier, p, codes[id(p)], parents.get(id(p))) for p in found)
    return tuple(engagement for engagement in read if engagement)


def _engagement(atelier: Atelier, promesse: Promesse, code: str, parent: str | None) -> Engagement | None:
    if promesse.forme is Forme.PROSE:
        atelier.juge(code, Niveau.BASSE, "Promesse lue dans une phrase : en est-ce une, et où finit-elle ?")
    elif promesse.regroupement and not promesse.mots.endswith(":"):
        atelier.juge(code, Niveau.MOYENNE, "Intitulé pris pour un simple regroupement : promet-il quelque chose ?")
    return atelier.bati(
        Engagement,
        code=code,
        titre=titre_court(promesse.mots),
        forme=promesse.forme,
        regroupement=promesse.regroupement,
        parent=parent,
        source=promesse.source,
        texte=promesse.mots,
    )


def _rappel(atelier: Atelier, promesse: Promesse, code: str) -> Rappel | None:
    titre = titre_court(promesse.mots)
    return atelier.bati(Rappel, code=code, titre=titre, source=promesse.source, texte=promesse.mots)


def _document(atelier: Atelier, promesse: Promesse, code: str) -> DocumentCadre | None:
    years = _ANNEES.search(promesse.mots)
    return atelier.bati(
        DocumentCadre,
        code=code,
        titre=re.split(r"\s+avec une\b", promesse.mots)[0].strip(" ,.;"),
        periode=re.sub(r"\s", "", years.group()) if years else None,
        source=promesse.source,
        texte=promesse.mots,
    )
