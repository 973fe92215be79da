"""What a document prints of the contract itself: quarters, communes, intercommunality, department, signature, years."""

import re
from collections.abc import Iterator
from datetime import date

from tenir.fichier.modeles import Identite, Periode, Quartier, Signature, Territoire
from tenir.fichier.mots import comparable, plain
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import PUCE, Texte

DUREES = range(4, 11)  # years between the first and the last of a contract
_PERIODE = re.compile(r"\b(20\d\d)\s?(?:[-–/]|à)\s?(20\d\d)\b")
_DUREE = re.compile(
    r"\b(?:contrat|convention|il|elle)\b[^.;]{0,60}\b(?:conclue?|s[’']applique|court|vaut|s[’']étend|prend effet)\b"
    r"[^.;]{0,40}?\b(?:du\s(?:\d{1,2}(?:er)?\s)?(?:[a-zéû]{3,9}\s)?(?P<debut>20\d\d)\s(?:au|jusqu[’']au)\s(?:\d{1,2}\s)?"
    r"(?:[a-zéû]{3,9}\s)?(?P<fin>20\d\d)|(?:pour|sur)\s(?:les\sannées\s|la\spériode\s)?(?P<de>20\d\d)\s?(?:[-–/]|à)\s?(?P<a>20\d\d))\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\bQ[NP]\s?\d{5}[0-9A-Z]\b")
_PETITS_MOTS = r"(?:(?:de|du|des|la|le|les|l[eè]s|sur|sous|en|et|aux?|à)[ -]|[dl][’'])*"
_PHRASE = r"(?!(?:Les?|La|Une?|Des|Du|Ce|Cette|Il|Elle|En|Dans|Pour|Sur|Par|Vu)\s+[a-zà-ÿ])"
"""No name goes on with the first word of the sentence below it."""
_NOM_PROPRE = rf"[A-ZÀ-Ý][\w’'-]*(?:[ -]{_PETITS_MOTS}{_PHRASE}(?:[dl][’'])?[A-ZÀ-Ý][\w’'-]*)*"
_COMMUNE = re.compile(
    rf"(?<!politique de la )(?<!contrat de )\b(?:[Cc]ommunes?|[Vv]illes?)\s+(?:de\s+|d[’'])(?P<nom>{_NOM_PROPRE})",
    re.UNICODE,
)
_COMMUNE_ARTICLEE = re.compile(
    r"(?<!olitique de la )(?<!ontrat de )\b(?:[Cc]ommune|[Vv]ille)\s+(?P<article>des|du)\s+"
    rf"(?P<nom>(?![A-Z]{{2,}}\b){_NOM_PROPRE})"
)  # « la commune des Essarts » is called « Les Essarts »
_AVEC_INSEE = re.compile(
    rf"(?P<nom>{_NOM_PROPRE})\s*\(\s*(?:code\s+)?(?:INSEE|Insee|insee)?\s*(?:n°|:)?\s*(?P<insee>\d{{5}}|2[AB]\d{{3}})\s*\)"
)
_EPCI = re.compile(
    r"\b(?P<nom>(?:[Cc]ommunauté (?:d[’']agglomération|de communes|urbaine)|[Mm]étropole)"
    rf"(?:\s+(?:de|du|des|d[’'])\s?(?:la\s+|l[’'])?|\s+){_NOM_PROPRE})"
    r"|\b(?P<court>[A-ZÀ-Ý][\w’-]+(?:[ -](?:(?:de|du|des|la|le|les)[ -])*(?:[dl][’'])?[A-ZÀ-Ý][\w’-]+){0,3}"
    r" (?:Agglomération|Agglo|Métropole|Communauté))\b"
)
_SIREN = re.compile(r"SIREN\D{0,6}(\d{3}\s?\d{3}\s?\d{3})")
_DEPARTEMENT = re.compile(
    rf"\b[Dd]épartement\s+(?:de\s+la\s+|de\s+l[’']|de\s+|du\s+|des\s+|d[’'])(?P<nom>{_NOM_PROPRE})"
)
_SIGNE = re.compile(
    rf"\b(?:[Ff]ait|[Ss]ignée?|FAIT|SIGNÉE?)\s+(?:à|À)\s+(?P<lieu>{_NOM_PROPRE})\s*,?\s*(?:le\s+)?(?P<jour>\d{{1,2}})(?:er)?\s+(?P<mois>[a-zûé]+)\s+(?P<an>20\d\d)"
)
_MOIS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_AVANT_UN_NOM = re.compile(
    r"^(?:.*\b(?:quartiers?(?: prioritaires?)?|QPV|sont|est|comprend|concernés?|concerne|suivants?|secteurs?)\b"
    r"\s*:?\s*|et\s+)",
    re.IGNORECASE,
)
_A_LA_FIN = re.compile(rf"(?<![\w’'-])(?P<nom>{_NOM_PROPRE})$")
_TITRE_MAX = 200
_CONTRAT = "contrat de ville"
COUVERTURE = 12  # lines of a cover, and words of a line of it
LARGE = 3_000  # characters of a line that are looked into


def lire_identite(texte: Texte) -> Identite:
    """The identity of a contract, as far as its document prints it."""
    titre = _titre_du_contrat(texte)
    said = f"{titre} (fictif)" if est_fictif(texte) and "fictif" not in titre.casefold() else titre
    quartiers = tuple(_quartiers(texte))
    return Identite(
        titre=said,
        departement=_departement(texte),
        epci=_epci(texte),
        communes=tuple(_communes(texte)),
        quartiers=quartiers,
        periode=_periode(texte),
        signature=_signature(texte),
    )


def titre_du_document(texte: Texte) -> str:
    """The first words of a document."""
    first = next((texte.net(n) for n in texte.pleines(1, len(texte.document.lignes))), "Document sans titre")
    return re.sub(r"\s+", " ", first)[:_TITRE_MAX]


def _titre_du_contrat(texte: Texte) -> str:
    """How the contract is called: the line of its cover that says « contrat de ville », with the first one."""
    first = titre_du_document(texte)
    if _CONTRAT in plain(first):
        return first
    cover = (" ".join(texte.net(n).split()) for n in texte.pleines(1, min(len(texte.document.lignes), 20))[:COUVERTURE])
    named = next((line for line in cover if _CONTRAT in plain(line) and len(line.split()) <= COUVERTURE), None)
    if named is None:
        return first
    return f"{named} – {first}"[:_TITRE_MAX] if len(first.split()) <= COUVERTURE else named[:_TITRE_MAX]


def est_fictif(texte: Texte) -> bool:
    """Whether the document says of itself, at its very start, that it is invented."""
    opening = plain(" ".join(texte.net(n) for n in texte.pleines(1, 20))).split()
    return "fictif" in opening or "fictive" in opening


def _periode(texte: Texte) -> Periode:
    """The years on the cover, those that a sentence gives to the contract, else the latest: an action has years too."""
    cover = texte.pleines(1, min(len(texte.document.lignes), 40))[:COUVERTURE]
    everywhere = _spans(texte.document.texte, propres=True) or _spans(texte.document.texte)
    on_cover = _spans("\n".join(texte.brut(n) for n in cover), propres=True)
    printed = next(iter(on_cover), None) or _said_of_the_contract(texte)
    debut, fin = printed or max(everywhere, default=(2024, 2030))
    return Periode(debut=debut, fin=fin)


def _said_of_the_contract(texte: Texte) -> tuple[int, int] | None:
    """The first and last years of a sentence on the life of the contract: « conclu du 3 mai 2024 au 31 mai 2030 »."""
    found = (_DUREE.search(line[:LARGE]) for line in texte.document.texte.splitlines())
    said = [(int(one["debut"] or one["de"]), int(one["fin"] or one["a"])) for one in found if one]
    return max((one for one in said if one[1] - one[0] in DUREES), default=None)


def _spans(text: str, propres: bool = False) -> list[tuple[int, int]]:
    """The spans of years of a text that last as long as a contract; `propres`: without those of another document."""
    found = [m for m in _PERIODE.finditer(text) if not (propres and _of_another_document(text, m.start()))]
    spans = [(int(m[1]), int(m[2])) for m in found]
    return [pair for pair in spans if pair[1] - pair[0] in DUREES]


def _of_another_document(text: str, start: int) -> bool:
    """Whether the last document named before some years, in their sentence, is a plan or a programme."""
    before = re.split(r"[.;:]|\n\s*\n", text[max(0, start - AVANT) : start])[-1]
    named = _DOCUMENT.findall(before)
    return bool(named) and comparable(named[-1]) not in ("contrat", "convention", "quartiers")


AVANT = 120  # characters before some years, where the document that they are of is named
_DOCUMENT = re.compile(
    r"\b(contrats? (?:loca|territoria)\w+|contrat|conventions? (?:territoria|globa)\w+|convention|quartiers|programme"
    r"|plan|schéma|projets? (?:socia|éducati|régiona)\w+|projet de territoire|pacte|charte|stratégie|feuille de route"
    r"|PLH|PLUi?|PCAET|PDALHPD|PEDT|CPER|CRTE|CTG)\b",
    re.IGNORECASE,
)


def _quartiers(texte: Texte) -> Iterator[Quartier]:
    """Each quarter whose code is printed, with the name beside its code, the first time one stands there."""
    names: dict[str, str] = {}
    for numero, ligne in texte.lignes.items():
        for found in _CODE.finditer(ligne.texte):
            code = found.group().replace(" ", "")
            if not names.get(code):
                names[code] = _nom_du_quartier(texte, numero, ligne.texte, found)
    for code, name in names.items():
        yield Quartier(code=code, nom=_avec_son_article(texte, " ".join((name or code).split())))


def _avec_son_article(texte: Texte, nom: str) -> str:
    """The name of a quarter as a line prints it by itself, where a sentence tied it (« le quartier des Ormes »)."""
    tied = re.compile(rf"\b(?:(?:du|des|de la)\s+|de\s+l[’']){re.escape(nom)}\b")
    alone = re.compile(rf"(?:^|[:–—-]\s+)((?:Les?|La)\s+{re.escape(nom)}|L[’']{re.escape(nom)})$")
    lines = [" ".join(texte.net(n).split()) for n in texte.lignes if nom in texte.brut(n)]
    if not any(tied.search(line) and _CODE.search(line) for line in lines):
        return nom
    return next((found[1] for found in map(alone.search, lines) if found), nom)


def _nom_du_quartier(texte: Texte, numero: int, line: str, found: re.Match[str]) -> str:
    if texte.lignes[numero].tableau and len(line.strip()) - len(found.group()) < 4:
        return _in_the_row(texte, numero)
    above = [
        code.end() for code in _CODE.finditer(line, 0, found.start())
    ]  # the codes before it have names of their own
    before, after = PUCE.sub("", line[max(above, default=0) : found.start()]), line[found.end() :]
    named = _trimmed(re.split(_FIN_DU_NOM, after.strip(" :–—-)("))[0])
    if not any(map(str.isalnum, before)) and not named:
        before = f"{texte.brut(numero - 1).strip()} {before}"  # the margin parts a name from its code
    ahead = re.sub(r"[(\s:–—,-]+$", "", before)
    ahead = _SOUS_LE_CODE.sub("", ahead)
    if ahead and any(map(str.isalpha, ahead)):
        ahead = re.sub(r"\s*\([^()]*\)$", "", ahead).rstrip(" ,–-:")  # « Les Vignes (Rivemont), QN… »
        ahead = re.sub(r"\s*\(?\s*codes?$", "", ahead).rstrip(" ,–-:(")
        ahead = re.sub(r",?\s+(?:à|commune d[e’'])\s?[^,;:()]{2,40}$", "", ahead).rstrip(
            " ,–-:("
        )  # « Les Acacias, à Lormeuil »
        for piece in reversed(re.split(r"[;:.•]|,\s(?!et)|\)", ahead)):
            if name := _trimmed(re.split(r"\bet\s+(?=[A-ZÀ-Ý])", piece.strip(" ,"))[-1]):
                return name
    return named


_FIN_DU_NOM = r"[,;.(–—]|\s-\s|\bà\b|\bcommune\b"
_SOUS_LE_CODE = re.compile(
    r",?\s+(?:inscrit|identifié|enregistré|répertorié|référencé|connu)\w*\s+(?:\w+\s+){0,2}(?:code|numéro|n°)$",
    re.IGNORECASE,
)


def _trimmed(piece: str) -> str:
    name = _AVANT_UN_NOM.sub("", piece.strip()).strip(" «»\"'’:,–—-")
    name = re.sub(r"^(?:(?:du|de la|de|des|dit|dénommé|le|la|les)\s+|l[’'])(?=[A-ZÀ-Ý])", "", name)
    if not name[:1].isupper() and (last := _A_LA_FIN.search(name)):
        name = last["nom"]  # « …, ainsi que le Moulin-Neuf »
    return name[:_TITRE_MAX] if name[:1].isupper() and len(name.split()) <= 8 else ""


def _in_the_row(texte: Texte, numero: int) -> str:
    table, row, _column = texte.lignes[numero].tableau or (0, 0, 0)
    cells = [
        ligne
        for ligne in texte.lignes.values()
        if ligne.tableau and ligne.tableau[:2] == (table, row) and ligne.numero != numero
    ]
    heads = {
        ligne.tableau[2]: plain(ligne.texte)
        for ligne in texte.lignes.values()
        if ligne.tableau and ligne.tableau[0] == table and ligne.tableau[1] == 1
    }
    worded = [c for c in cells if c.texte[:1].isalpha() and not _CODE.search(c.texte)]
    named = [c for c in worded if c.tableau and re.search(r"\b(?:nom|quartier)", heads.get(c.tableau[2], ""))]
    return next((c.texte.strip()[:_TITRE_MAX] for c in (*named, *worded)), "")


def _communes(texte: Texte) -> Iterator[Territoire]:
    """The communes printed with their code, and those called communes where the contract presents itself."""
    codes: dict[str, tuple[str, str | None]] = {}
    whole = "\n".join(re.sub(r"\s+", " ", ligne.texte[:LARGE]) for ligne in texte.lignes.values())
    for found in _AVEC_INSEE.finditer(whole):
        *others, last = re.split(
            r"\s+et\s+(?=[A-ZÀ-Ý])", found["nom"]
        )  # « Les Ormes et Vaux (99812) »: the last has it
        codes.setdefault(comparable(_proper(last)), (_proper(last), found["insee"]))
        for name in others if _plural(whole, found) else ():
            codes.setdefault(comparable(_proper(name)), (_proper(name), None))
    opening = _opening(texte)
    for name in _called(opening):
        codes.setdefault(comparable(name), (name, None))
    for key, (name, insee) in codes.items():
        if key and not lexique().contient("instances", name):
            yield Territoire(nom=name[:_TITRE_MAX], insee=insee or _code_nearby(opening, name))


def _plural(whole: str, found: re.Match[str]) -> bool:
    """Whether names stand after « les communes de », each one of them."""
    return bool(
        re.search(
            r"\b(?:communes|villes)\s+(?:de\s+|d[’'])(?:[^.;]{0,80},\s*)?$", whole[: found.start()], re.IGNORECASE
        )
    )


def _proper(name: str) -> str:
    return re.sub(r"^(?:La commune de|Commune de|Ville de|La ville de)\s+", "", " ".join(name.split()))


def _called(opening: str) -> Iterator[str]:
    for found in _COMMUNE.finditer(opening):
        plural = found.group().split()[0].endswith("s")
        first, *others = re.split(r"\s+et\s+", " ".join(found["nom"].split()))
        yield re.split(r"\s(?:aux?|en)\s", first)[0]
        yield from (re.sub(r"^(?:de\s+|d[’'])", "", other) for other in others if plural)
        link = r"(?:de\s+|d[’'])?" if plural else r"(?:de\s+|d[’'])"
        rest = re.match(rf"(?:\s*(?:,|et)\s+{link}(?:{_NOM_PROPRE}))+", opening[found.end() :])
        if rest:
            named = (
                re.split(r"\s+et\s+(?=[A-ZÀ-Ý])", name) for name in re.findall(rf"{link}({_NOM_PROPRE})", rest.group())
            )
            yield from (name for names in named for name in names if name)
    for found in _COMMUNE_ARTICLEE.finditer(opening):
        yield f"{'Les' if found['article'] == 'des' else 'Le'} {found['nom']}"


def _code_nearby(opening: str, name: str) -> str | None:
    found = re.search(
        rf"{re.escape(name)}\W{{1,3}}(?:code\s+)?(?:commune\s+|postal\s+)?(?:INSEE\s*:?\s*|insee\s*:?\s*)?(\d{{5}}|2[AB]\d{{3}})\b",
        opening,
        re.IGNORECASE,
    )
    return found[1] if found else None


def _opening(texte: Texte) -> str:
    """Where a contract presents itself: its first pages, and every line with the code of a quarter or a commune."""
    last = len(texte.document.lignes)
    first = texte.pleines(1, min(last, 120))
    coded = [
        n
        for n, ligne in texte.lignes.items()
        if _CODE.search(ligne.texte) or re.search(r"\bINSEE\b", ligne.texte, re.I)
    ]
    return "\n".join(texte.brut(n)[:LARGE] for n in sorted({*first, *coded}))


def _epci(texte: Texte) -> Territoire | None:
    opening = " ".join(_opening(texte).split())
    found = _EPCI.search(opening)
    if found is None:
        return None
    siren = _SIREN.search(opening[found.end() : found.end() + 60])
    name = (found["nom"] or found["court"]).strip()
    return Territoire(nom=name[:_TITRE_MAX], siren=re.sub(r"\s", "", siren[1]) if siren else None)


def _departement(texte: Texte) -> str | None:
    found = _DEPARTEMENT.search(" ".join(_opening(texte).split()))
    return found["nom"] if found else None


def _signature(texte: Texte) -> Signature | None:
    whole = " ".join(texte.brut(n)[:LARGE].strip() for n in texte.lignes)
    for found in _SIGNE.finditer(whole):
        month = plain(found["mois"])
        if month in _MOIS:
            try:
                day = date(int(found["an"]), _MOIS.index(month) + 1, int(found["jour"]))
            except ValueError:
                continue
            return Signature(date=day, lieu=found["lieu"])
    return None
