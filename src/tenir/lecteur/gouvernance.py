"""The bodies of governance: a heading each, or the bullets of a working-group heading; who chairs, who sits, when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tenir.fichier.modeles import InstanceDeGouvernance, OrganismeCite
from tenir.fichier.mots import ARTICLES, plain
from tenir.fichier.rythmes import rythmes
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Bloc
from tenir.lecteur.organismes import reconnaitre, trouver
from tenir.lecteur.phrases import phrases
from tenir.lecteur.plan import Region
from tenir.lecteur.structure.cases import Case
from tenir.lecteur.structure.colonnes import COMPOSITION, NOM, PRESIDENCE, RYTHME, rangees

_PRESIDE = re.compile(r"\b(?:co-?)?(?:présid|anim)ée?s?\b[^.]*?\bpar (?P<qui>[^.;]*)", re.IGNORECASE)
_MEMBRES = re.compile(r"\b(?:composée? d[eu]s?|rassemble|(?<!se )réunit|regroupe) (?P<qui>[^.;]*)", re.IGNORECASE)
_CITEE = re.compile(
    r"^(?:(?:[^,.;:]{3,50},\s+)|(?:Chaque \w+ a son\s+))?(?:(?:[Ll]e|[Uu]n|[Uu]ne|[Ll]a|son)\s+|[Ll][’'])?"
    r"(?P<nom>(?:comité|conseil citoyen|conférence|groupe|équipe|assemblée|cellule|commission|bureau"
    r"|tables? de quartier|collectif)\b.*)"
)
_BESIDE = re.compile(  # a body beside others, whatever it is called
    r"^(?P<nom>(?:[^\s:,.;–—]+\s+){1,6}?[^\s:,.;–—]+)(?:\s*:|\s[–—])\s+\S"
)
_LONG_NOM = 9  # words
_NOMBRE = re.compile(r"\bau nombre de (?P<n>\d+)\b")
_RYTHMES: tuple[tuple[str, int], ...] = (
    (r"tous les quinze jours", 24),
    (r"une fois par mois|chaque mois|tous les mois", 12),
    (r"une fois par trimestre|chaque trimestre|tous les trimestres", 4),
    (r"(?:au moins )?(?:deux|2) fois par an|chaque semestre", 2),
    (r"(?:au moins )?(?:une|1) fois (?:par|l[’']) ?an|chaque année(?: en \w+)?|(?:à )?chaque automne", 1),
)
_POSSIBLE = re.compile(r"\b(?:peuvent|peut) se réunir\b|selon la demande", re.IGNORECASE)
MOST_OF_IT = 0.6
DITES = (PRESIDENCE, COMPOSITION, RYTHME)  # columns of a table of bodies that are fields of theirs
_TRIO = re.compile(r"«\s*(?P<nom>\w+)\s*»\s+(?P<qui>[^.,;()]{3,80})")


@dataclass(frozen=True)
class _Trouvee:
    """A body of governance as found: its name, its lines, what is said of it, and what the heads of a table tell."""

    nom: str
    source: tuple[Plage, ...]
    mots: str
    dites: Mapping[str, str] = field(default_factory=dict)


def lire_instances(
    atelier: Atelier, regions: list[Region], ailleurs: Sequence[Region] = ()
) -> tuple[InstanceDeGouvernance, ...]:
    """Read every body of governance, numbered in the order of the text; one named only in a sentence comes last.

    Where no part is about governance, the sentences of the others that open with a body are read (`ailleurs`).
    """
    found: list[_Trouvee] = []
    for region in regions:
        found += _of_region(atelier, region)
    found += _spoken_of_inside(atelier, regions, {cle(each.nom) for each in found})
    found += _named_in_a_sentence(atelier, regions)
    found = found or list(_in_sentences(atelier, ailleurs))
    read = (_instance(atelier, each, f"G{rank:02d}") for rank, each in enumerate(found, 1))
    return tuple(instance for instance in read if instance)


def _of_region(atelier: Atelier, region: Region) -> Iterator[_Trouvee]:
    if not _of_one_body(region):
        yield from _led_in(atelier, region)
        return
    lines = atelier.texte.pleines(region.debut, region.fin)
    mots = atelier.texte.mots((Plage(region.corps, region.fin),))
    bullets = [b for b in atelier.texte.blocs(region.corps, region.fin) if b.puce != ALINEA]
    if lexique().contient("groupes", region.titre) and "«" not in region.titre and bullets:
        for bloc in bullets:
            text = atelier.texte.mots((bloc.plage,))
            if not lexique().contient("sans_instance", text):
                yield _Trouvee(f"Groupe de travail « {text.split(',')[0].strip()} »", (bloc.plage,), text)
        return
    count = _NOMBRE.search(mots)
    if count:
        for rank in range(1, int(count["n"]) + 1):
            own = (Plage(lines[0], lines[-1]),) if rank == 1 else ()
            yield _Trouvee(f"{_singular(region.titre)} n° {rank}", own, mots)
        return
    yield _Trouvee(_name(region.titre), (Plage(lines[0], lines[-1]),), mots)


def _of_one_body(region: Region) -> bool:
    return region.niveau > 1 and bool(lexique().contient("instances", region.titre))


def _led_in(atelier: Atelier, region: Region) -> Iterator[_Trouvee]:
    """The bodies that paragraphs open with: « Comité technique : … », « Le comité de pilotage se réunit… »."""
    seen: set[str] = set()
    for each in (*_of_tables(atelier, region), *_of_blocks(atelier, region)):
        if cle(each.nom) not in seen:
            seen.add(cle(each.nom))
            yield each


def _of_tables(atelier: Atelier, region: Region) -> Iterator[_Trouvee]:
    """The rows of a table of bodies, each column read for what its head says."""
    for table in atelier.tables.values():
        if table.instances is None or not region.debut <= table.debut <= region.fin:
            continue
        for rangee in rangees(table.lignes, table.instances, NOM):
            source = (Plage(rangee.cases[0].numeros[0], rangee.cases[-1].numeros[-1]),)
            said = {
                sorte: ", ".join(words for _, case in rangee.de(sorte) for words in _of_cell(atelier, case))
                for sorte in DITES
            }
            yield _Trouvee(_name(rangee.propre.mots), source, ". ".join(c.mots for c in rangee.cases), said)


def _of_cell(atelier: Atelier, case: Case) -> list[str]:
    """The paragraphs of a cell: each is one body or a list of some."""
    blocs = atelier.texte.blocs(case.numeros[0], case.numeros[-1])
    return [PUCE.sub("", atelier.texte.mots((bloc.plage,))).strip(" .;") for bloc in blocs]


def _of_blocks(atelier: Atelier, region: Region) -> Iterator[_Trouvee]:
    """The paragraphs that open with a body, then the bodies that their other sentences speak of first."""
    held = (b for b in atelier.texte.blocs(region.corps, region.fin) if not atelier.texte.lignes[b.debut].tableau)
    blocs = [one for bloc in held for one in _a_body_a_line(atelier, bloc)]
    told = [b for b in blocs if _BESIDE.match(atelier.texte.net(b.debut)) and nom_en_tete(atelier.texte.net(b.debut))]
    listed = bool(told) and (len(told) > 1 or bool(told[0].puce))
    for bloc in blocs:
        mots = PUCE.sub("", atelier.texte.mots((bloc.plage,))).strip()
        if (
            (bloc.puce or len(told) > 1)
            and listed
            and (beside := _BESIDE.match(mots))
            and _may_be_a_body(mots, beside["nom"])
        ):
            yield _Trouvee(_name(beside["nom"]), (bloc.plage,), mots)
            continue
        for nom, told_of in _by_body(re.split(r"(?<=[.;])\s+", mots)):
            yield _Trouvee(_name(nom), (bloc.plage,), told_of)


def _by_body(parts: Sequence[str]) -> list[tuple[str, str]]:
    """The bodies that sentences open with, each with what is said until another one opens: « Il est présidé par … »."""
    found: list[tuple[str, str]] = []
    for part in parts:
        if nom := nom_en_tete(part) or _spoken_of(part):
            found.append((nom, part))
        elif found:
            nom, said = found.pop()
            found.append((nom, f"{said} {part}"))
    return found


def _a_body_a_line(atelier: Atelier, bloc: Bloc) -> list[Bloc]:
    """The lines of a paragraph that each open with a body and its colon, one beside the other; else the paragraph."""
    texte = atelier.texte
    heads = [
        n for n in texte.pleines(bloc.debut, bloc.fin) if _BESIDE.match(texte.net(n)) and nom_en_tete(texte.net(n))
    ]
    if len(heads) < 2 or heads[0] != bloc.debut:
        return [bloc]
    ends = [*(n - 1 for n in heads[1:]), bloc.fin]
    return [replace(bloc, debut=start, fin=end) for start, end in zip(heads, ends, strict=True)]


def _may_be_a_body(mots: str, nom: str) -> bool:
    """Whether a label beside bodies is one that no word tells (« Forum des habitants »), and nobody to write to."""
    return nom_en_tete(mots) is None and not lexique().contient("intitules_de_personne", nom)


def _spoken_of_inside(atelier: Atelier, regions: Sequence[Region], seen: set[str]) -> list[_Trouvee]:
    """The bodies that the sentences of a part on governance bring in (« il s’appuie sur un comité des financeurs »)."""
    found: list[_Trouvee] = []
    for region in regions:
        for bloc in atelier.texte.blocs(region.corps, region.fin):
            if atelier.texte.lignes[bloc.debut].tableau:
                continue
            for phrase in phrases(atelier.texte, bloc.debut, bloc.fin):
                for cited in _INTRODUITE.finditer(phrase.mots):
                    nom = nom_en_tete(phrase.mots[cited.start("nom") :])
                    if nom and not any(cle(nom) in known or known in cle(nom) for known in seen):
                        seen.add(cle(nom))
                        found.append(_Trouvee(_name(nom), phrase.source, phrase.mots))
    return found


_INTRODUITE = re.compile(
    r"(?i:\b(?:une?|deux|trois|des)\s+)"
    r"(?P<nom>(?:comités?|conseils? citoyens?|conférences?|cellules?|commissions?|assemblées?|missions?)\b)"
)


def _spoken_of(part: str) -> str | None:
    """The body that the first words of a sentence lead to (« Une fois par an, le comité de pilotage réunit… »)."""
    found = _CITEE.search(part)
    return nom_en_tete(part[found.start("nom") :]) if found else None


def _in_sentences(atelier: Atelier, regions: Sequence[Region]) -> Iterator[_Trouvee]:
    """The bodies that sentences, or their parts between semicolons, open with; each once."""
    seen: set[str] = set()
    for region in regions:
        for bloc in atelier.texte.blocs(region.corps, region.fin):
            parts = re.split(r"(?<=[.;])\s+", atelier.texte.mots((bloc.plage,)))
            sure = [part for part in parts if lexique().contient("instances_sures", nom_en_tete(part) or "")]
            for part in parts if len(sure) > 1 else sure:  # where two are told, the others are told too
                nom = nom_en_tete(part) or _spoken_of(part)
                if nom and cle(nom) not in seen:
                    seen.add(cle(nom))
                    yield _Trouvee(_name(nom), (bloc.plage,), part)


def nom_en_tete(mots: str) -> str | None:
    """The body of governance that a sentence opens with, up to its colon or its verb; None when it opens with none."""
    bare = re.sub(r"^(?:(?:[Ll]es?|[Ll]a|[Uu]ne?|[Dd]es)\s+|[Ll][’'])", "", mots)
    if not lexique().commence("instances", bare):
        return None
    words: list[str] = []
    for word in re.split(r"\s+", re.split(r"\s*[:(,;.]|\s[–—-]\s", bare, maxsplit=1)[0])[:_LONG_NOM]:
        if words and _est_un_verbe(cle(word)):
            break
        words.append(word)
    else:
        if len(bare.split()) > len(words) and not re.match(r"\s*[:(,–—]", bare[len(" ".join(words)) :]):
            return None
    while len(words) > 1 and cle(words[-1]) in lexique().listes["liaisons"]:
        words.pop()
    return " ".join(words) if len(words) > 1 or mots.strip().startswith(words[0] + " :") else None


def _est_un_verbe(word: str) -> bool:
    """Whether a word opens what is said of a body, in the singular or the plural (« désigne », « désignent »)."""
    verbs = lexique().listes["verbes_d_instance"]
    return word in verbs or word.removesuffix("nt") in verbs


def _name(titre: str) -> str:
    first, _, rest = titre.partition(" ")
    name = rest if plain(first) in ARTICLES else re.sub(r"^L[’']", "", titre)
    return name[:1].upper() + name[1:]


def _singular(titre: str) -> str:
    return " ".join(word.removesuffix("s") for word in _name(titre).split())


def _named_in_a_sentence(atelier: Atelier, regions: list[Region]) -> list[_Trouvee]:
    """A quoted name followed by bodies parted by slashes: « … » État / EPCI / Commune."""
    for region in regions:
        for numero in atelier.texte.pleines(region.corps, region.fin):
            match = _TRIO.search(f"{atelier.texte.net(numero)} {atelier.texte.net(numero + 1)}")
            bodies = [p.strip() for p in match["qui"].split("/")] if match else []
            known = [p for p in bodies if reconnaitre(p, atelier.territoires) or trouver(p, atelier.territoires)]
            if match and len(known) > 1 and f"« {match['nom']}" in atelier.texte.net(numero):
                return [_Trouvee(match["nom"].capitalize(), _sentence(atelier, region, numero), match.group())]
    return []


def _sentence(atelier: Atelier, region: Region, numero: int) -> tuple[Plage, ...]:
    bloc = next(b for b in atelier.texte.blocs(region.corps, region.fin) if b.debut <= numero <= b.fin)
    around = [p for p in phrases(atelier.texte, bloc.debut, bloc.fin) if any(numero in s.lignes for s in p.source)]
    return around[0].source if around else (bloc.plage,)


def _instance(atelier: Atelier, found: _Trouvee, code: str) -> InstanceDeGouvernance | None:
    mots, source = found.mots, found.source
    frequence, meetings = _rythme(found.dites.get(RYTHME) or mots)
    if frequence is None and found.dites.get(RYTHME):
        frequence = found.dites[RYTHME]
    if not source:
        atelier.juge(code, Niveau.BASSE, "Instance citée sans lignes à elle : vérifiez qu’elle existe bien.")
    elif frequence is None:
        atelier.juge(code, Niveau.MOYENNE, "Aucun rythme de réunion n’a été lu : en est-il écrit un ?")
    chair, members = _PRESIDE.search(mots), _MEMBRES.search(mots)
    return atelier.bati(
        InstanceDeGouvernance,
        code=code,
        nom=found.nom,
        presidence=_bodies(atelier, _said(found, PRESIDENCE, chair["qui"] if chair else "")),
        composition=_bodies(atelier, _said(found, COMPOSITION, members["qui"] if members else "")),
        frequence=frequence,
        reunions_par_an=meetings,
        source=source,
        texte=mots if source else None,
    )


def _said(found: _Trouvee, sorte: str, in_words: str) -> str:
    """What the column of a table says, or else the words of a sentence."""
    column = found.dites.get(sorte, "")
    return in_words if lexique().rien(column) else column


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
    clause = re.split(r",\s+(?:il|elle|qui|auxquels|une fois|deux fois)\b|,?\s+et\s+(?:s[’']|(?:se|il|elle)\s)", text)[
        0
    ]
    pieces = re.split(r"[,;]\s+(?:et\s+)?|\s+et(?:/ou)?\s+(?=[ldLDA-Z])", clause)
    return [" ".join(piece.split()) for piece in pieces if any(map(str.isalnum, piece)) and not _is_a_rhythm(piece)]


def _is_a_rhythm(piece: str) -> bool:
    """Whether what stands between two commas says how often, and names nobody: « chaque trimestre »."""
    told, _ = _rythme(piece)
    return told is not None and len(told) > len(piece.strip()) * MOST_OF_IT


def _rythme(mots: str) -> tuple[str | None, int | None]:
    for pattern, meetings in _RYTHMES:
        if match := re.search(pattern, mots, re.IGNORECASE):
            return match.group().strip(), None if _POSSIBLE.search(mots) else meetings
    told = next(rythmes(mots), None)
    if told is None:
        return None, None
    return mots[told.debut : told.fin].strip(), None if _POSSIBLE.search(mots) else told.par_an
