"""The funding lines: one label of a funder in one section, with the schemes it names, or nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tenir.fichier.enums import NatureDeCredits
from tenir.fichier.modeles import Dispositif, LigneDeCredits
from tenir.fichier.mots import plain
from tenir.fichier.organisations import registry
from tenir.fichier.organisations.modeles import NatureDOrganisation, Organisation
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.deux_organismes import en_deux
from tenir.lecteur.fiches import contenu
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Texte
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.parts import parts
from tenir.lecteur.plan import Region

_TIRET = re.compile(r"^\s*[-–→•*]\s*")
_LIEN = re.compile(r"^\s*[/.]*\s*(?::|;|\.(?=\s|$)|(?=\()|(?=\s))\s*")
_ETIQUETTE = re.compile(r"^(?P<nom>[A-ZÀ-Ý][^:.;,()]{1,60}?)\s*:\s*(?P<reste>.*)$")
_SEPARE = re.compile(r"[,;](?![^()]*\))|\s\+\s|\s[–—]\s|(?:\s|^)-\s")
ETAT = "etat"
_UN_SEUL = re.compile(r"^[^,]+(?:\([^()]*\))?,\s*\d[\d\s.]*(?:k?€|K€|euros?\b)[^,]*$")  # « Région, 4 500 € »
FINANCEURS = "financeurs"  # a row, a cell or a paragraph where each funder is said with its part
LONGUEUR_D_UN_NOM = 7
LONGUEUR_D_UN_FINANCEUR = 10
_SANS_FINANCEUR = re.compile(
    r"^(?:(?:a )?moyens constants|sans (?:nouveaux? )?(?:credit|cout|surcout|financement|budget)|droit commun|credits? "
    r"|a definir|a determiner|autofinancement|total|budget|cout)"
)


@dataclass(frozen=True, slots=True)
class _Ouverte:
    """A funding line being read."""

    debut: int
    fin: int
    financeur: str
    organisme: str | None
    contenu: str
    rattachee_a: str | None = None
    sous_theme: str | None = None


def lire_credits(atelier: Atelier, regions: list[Region], code: str) -> tuple[LigneDeCredits, ...]:
    """Read every funding line of an orientation, ordinary law first as printed."""
    found: list[LigneDeCredits] = []
    for region in regions:
        if region.nature == FINANCEURS:
            found += lire_financeurs(atelier, region, code, len(found) + 1)
            continue
        nature = NatureDeCredits.SPECIFIQUE if region.nature == "spécifique" else NatureDeCredits.DROIT_COMMUN
        for line in _merged(_open_lines(atelier, region)):
            read = _ligne(atelier, line, nature, f"{code}-F{len(found) + 1:02d}")
            found += [read] if read else []
    return tuple(found)


def lire_financeurs(atelier: Atelier, region: Region, code: str, premier: int) -> list[LigneDeCredits]:
    """Read the funders of a row or a cell, several on a line or one a line, the amount of each left with its words."""
    found: list[LigneDeCredits] = []
    for source, financeur, brings in _said(atelier, region):
        body = reconnaitre(financeur, atelier.territoires)
        line = _Ouverte(source[0].debut, source[-1].fin, financeur, body.id if body else None, brings)
        read = _ligne(atelier, line, NatureDeCredits.SPECIFIQUE, f"{code}-F{premier + len(found):02d}", source)
        found += [read] if read else []
    return found


def _said(atelier: Atelier, region: Region) -> Iterator[tuple[tuple[Plage, ...], str, str]]:
    """Each funder of a region, its lines, what it brings: those that share a total out, or those of each line."""
    whole = (Plage(region.debut, region.fin),) if region.dit else contenu(atelier, region)
    shared = parts_du_cout(atelier, region)
    yield from ((whole, nom, montant) for nom, montant in shared)
    if shared:
        return
    lines = [(Plage(region.debut, region.fin), region.dit)] if region.dit else []
    for plage in _whole_lines(atelier, region):
        mots = PUCE.sub("", atelier.texte.mots((plage,))).strip()
        if lines and _goes_on(atelier, lines[-1][0], plage, mots):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {mots}")
        else:
            lines.append((plage, mots))
    for source, mots in lines:
        yield from (((source,), nom, brings) for nom, brings in parts(mots) or _funders(mots))


def _goes_on(atelier: Atelier, above: Plage, plage: Plage, mots: str) -> bool:
    """Whether a line is what the margin cut from the one above: no bullet, no capital, right under it."""
    texte = atelier.texte
    under = plage.debut == above.fin + 1 and not texte.document.en_paragraphes
    return under and not mots[:1].isupper() and texte.puce(plage.debut) == ALINEA


def parts_du_cout(atelier: Atelier, region: Region) -> list[tuple[str, str]]:
    """The funders that share a cost out, when what stands in a region is one."""
    return parts(region.dit or atelier.texte.mots(contenu(atelier, region)))


def _whole_lines(atelier: Atelier, region: Region) -> list[Plage]:
    """The lines of a row of funders; where a text is cut by its margin, one that goes on with the line above."""
    joined: list[Plage] = []
    for plage in contenu(atelier, region, par_ligne=True):
        above = joined[-1] if joined else None
        opened = above is not None and atelier.texte.mots((above,)).count("(") > atelier.texte.mots((above,)).count(")")
        cut = above is not None and not atelier.texte.document.en_paragraphes and plage.debut == above.fin + 1
        if above is not None and cut and (opened or not atelier.texte.courte(above.fin)):
            joined[-1] = Plage(above.debut, plage.fin) if above.colonne_debut is None else above
            if above.colonne_debut is not None:
                joined.append(plage)
        else:
            joined.append(plage)
    return joined


def _funders(text: str) -> Iterator[tuple[str, str]]:
    """Each funder of a line with what it brings: « État : 9 000 € ; Ville : 5 000 € », « Région, FSE »."""
    parts = re.split(r"\s*;\s*|\s+\+\s+|\s*/\s+|\n", text)
    if len(parts) == 1 and not re.search(r"\S\s*:\s", text) and not _UN_SEUL.match(text):
        listed = re.split(r",\s*(?![^()]*\))(?!\d)", text)
        parts = [name for part in listed for name in en_deux(part, _is_known) or (part,)]
    for part in (piece for whole in parts for piece in _with_its_amount(whole)):
        name, colon, rest = part.partition(":")
        if not colon:
            name, rest = _before_amount(part)
        name = _DUREE.sub("", name).strip(" .,;–—-")
        if (
            any(map(str.isalpha, name))
            and not lexique().rien(name)
            and len(name.split()) <= LONGUEUR_D_UN_FINANCEUR
            and not _SANS_FINANCEUR.match(plain(name))
        ):
            yield name, rest.strip(" .;")


def _with_its_amount(part: str) -> list[str]:
    """« CAF 150 000 €, Ville 45 000 € » as two, when each has its amount."""
    pieces = re.split(r",\s+(?=[A-ZÀ-Ý])", part)
    return pieces if all(_AMOUNT.search(piece) for piece in pieces) else [part]


_DUREE = re.compile(
    r"^\s*\d[\d\s.,]*(?:k?€|euros?)?\s*(?:(?:HT|TTC)\s*)?(?:(?:par|sur|pour|chaque)\s+(?:an|année|les|\w+\s+ans?)\b.*)?$",
    re.IGNORECASE,
)  # « 24 000 € par an » is a cost: nobody pays it by name
_AMOUNT = re.compile(r"\d\s*(?:k?€|K€|euros?\b)")


def _is_known(nom: str) -> bool:
    return reconnaitre(nom, ()) is not None


def _before_amount(part: str) -> tuple[str, str]:
    """A name and the amount that follows it, in parentheses or not."""
    cut = re.search(
        r"\s*(?:\((?=[^()]*\d[^()]*(?:€|euros?\b))|[–—-]?\s*(?:env(?:iron|\.)\s*)?\d[\d\s.,]*\s*(?:k?€|K€|euros?\b))",
        part,
    )
    return (part[: cut.start()], part[cut.start() :].strip(" ()–—-")) if cut and cut.start() else (part, "")


def _open_lines(atelier: Atelier, region: Region) -> list[_Ouverte]:
    lines: list[_Ouverte] = []
    group: _Ouverte | None = None  # the label « État » that the next State services stand under
    for numero in atelier.texte.pleines(region.corps, region.fin):
        if lexique().rien(_TIRET.sub("", atelier.texte.brut(numero))):
            continue
        opened = _opens(atelier, numero, lines)
        if opened is None:
            if lines and not atelier.texte.folio(numero):
                lines[-1] = replace(lines[-1], fin=numero, contenu=atelier.texte.joint(lines[-1].contenu, numero))
            continue
        dashed, arrowed = _dashed(atelier.texte, numero), _arrowed(atelier.texte, numero)
        if opened.organisme == ETAT and not opened.sous_theme:
            group = opened
        elif opened.sous_theme is None and ((dashed and not arrowed) or not (arrowed or _of_the_state(opened))):
            group = None
        elif group and opened.sous_theme is None and group.debut != opened.debut:
            opened = replace(opened, rattachee_a=group.financeur, organisme=opened.organisme or ETAT)
        lines.extend(_nested(atelier, opened))
    return lines


def _nested(atelier: Atelier, line: _Ouverte) -> list[_Ouverte]:
    """« Etat : DSDEN/SDJS : … » on one line is the line of the inner body, attached to the outer one."""
    inner = _ETIQUETTE.match(line.contenu)
    body = reconnaitre(inner["nom"], atelier.territoires) if inner else None
    if line.organisme == ETAT and inner and body and _state(body):
        own = replace(line, financeur=inner["nom"].strip(), organisme=body.id, contenu=inner["reste"])
        return [replace(own, rattachee_a=line.financeur)]
    return [line]


def _opens(atelier: Atelier, numero: int, lines: list[_Ouverte]) -> _Ouverte | None:
    """The funding line that a line of text opens, or None when it carries the last one on."""
    raw = atelier.texte.brut(numero)
    if atelier.texte.folio(numero):
        return None
    dashed = _dashed(atelier.texte, numero)
    line = _TIRET.sub("", raw).strip()
    carried = bool(lines) and not dashed and _unfinished(atelier.texte, numero, lines[-1])
    if programme := _programme(atelier, line, numero):
        return programme
    if (known := _known(atelier, line)) and not (
        (carried and not _whole_label(line, known[0])) or (not dashed and _own_service(lines, known[1]))
    ):
        return _Ouverte(numero, numero, known[0], known[1].id, known[2])
    label = _ETIQUETTE.match(line)
    if dashed and (label or not carried):
        nom, rest = (label["nom"], label["reste"]) if label else _first_words(line)
        return _Ouverte(numero, numero, nom.strip(), None, rest)
    if label and lines and not carried and _ends(atelier.texte, numero, lines[-1]):
        last = lines[-1]
        return replace(last, debut=numero, fin=numero, contenu=label["reste"], sous_theme=label["nom"].strip())
    if not carried and _bare_name(atelier.texte, numero, line, lines):
        return _Ouverte(numero, numero, label["nom"].strip() if label else line.rstrip(" :."), None, "")
    return None


def _dashed(texte: Texte, numero: int) -> bool:
    """Whether a line is an item of a list: printed sign, or real list."""
    return bool(_TIRET.match(texte.brut(numero))) or texte.puce(numero).startswith("niveau ")


def _arrowed(texte: Texte, numero: int) -> bool:
    """Whether an item stands under the one above: an arrow, or a real list inside a list."""
    under = texte.document.en_paragraphes and texte.puce(numero) in ("niveau 1", "niveau 2")
    return under or texte.brut(numero).strip().startswith("→")


def _first_words(line: str) -> tuple[str, str]:
    return (line, "") if len(line.split()) <= LONGUEUR_D_UN_NOM else (" ".join(line.split()[:3]), line)


def _programme(atelier: Atelier, line: str, numero: int) -> _Ouverte | None:
    """« BOP 147 … »: the programme stands for its funder, unless one is named right after it."""
    programme = lexique().programme
    if not any(cle(line).startswith(mot) for mot in programme.mots):
        return None
    head = re.split(r"[(:]", line, maxsplit=1)[0].strip()
    words = head.split()
    for cut in range(2, len(words)):
        if body := reconnaitre(" ".join(words[cut:]), atelier.territoires):
            name = " ".join(words[:cut])
            return _Ouverte(numero, numero, " ".join(words[cut:]), body.id, f"{name}, {_inside(line[len(head) :])}")
    return _Ouverte(numero, numero, head, programme.organisme, f"{head}, {_inside(line[len(head) :])}")


def _inside(text: str) -> str:
    return text.strip(" :").removeprefix("(")


def _known(atelier: Atelier, line: str) -> tuple[str, Organisation, str] | None:
    """The longest known name a line starts with, that a link sign, a space or the end follows."""
    ends = [m.end() for m in re.finditer(r"[\w’')]+(?=\W|$)", line[:90])]
    for end in reversed(ends):
        name = line[:end]
        body = reconnaitre(name, atelier.territoires) if name[:1].isupper() and len(name.split()) <= 8 else None
        if body and not set("(:;") & set(name) and _LIEN.match(line[end:] + " "):
            return name, body, _LIEN.sub("", line[end:], count=1).strip()
    return None


def _whole_label(line: str, name: str) -> bool:
    """Whether a known name at a line's start is a label: alone, or set apart by a sign."""
    rest = line[len(name) :].lstrip()
    return not rest or rest[0] in ":;./(" or line[len(name) :].startswith("  ")


def _own_service(lines: list[_Ouverte], body: Organisation) -> bool:
    """Whether a body is a service of the funder whose open line has just announced its services at length."""
    last = lines[-1] if lines else None
    announced = (
        last is not None and last.contenu.rstrip().endswith(":") and len(last.contenu.split()) > LONGUEUR_D_UN_NOM
    )
    return bool(announced and last and last.organisme and body.membre_de == last.organisme)


def _unfinished(texte: Texte, numero: int, last: _Ouverte) -> bool:
    above = texte.brut(last.fin).strip()
    return texte.suit(numero, last.fin) and not texte.vide(numero - 1) and bool(above)


def _ends(texte: Texte, numero: int, last: _Ouverte) -> bool:
    """Whether the line above lets a label open another line under the same funder."""
    above = texte.brut(last.fin).rstrip()
    return (
        above.endswith((".", ";", ")", ":")) or not last.contenu or (last.debut == last.fin and bool(last.sous_theme))
    )


def _bare_name(texte: Texte, numero: int, line: str, lines: list[_Ouverte]) -> bool:
    """A short capitalised line under a short or finished one names a funder that no file knows."""
    above_short = not lines or texte.courte(lines[-1].fin) or texte.brut(lines[-1].fin).rstrip().endswith((".", ")"))
    name = line.rstrip(" :.")
    return line[:1].isupper() and len(name.split()) <= 3 and "," not in name and above_short and not _accord(line)


def _accord(line: str) -> bool:
    return line.rstrip().endswith((",", ")"))


def _state(body: Organisation) -> bool:
    """Whether a body is the State's, or an operator of it."""
    seen: Organisation | None = body
    while seen:
        if seen.nature in (NatureDOrganisation.ETAT, NatureDOrganisation.OPERATEUR) or seen.id == ETAT:
            return True
        seen = registry().get(seen.membre_de or "")
    return False


def _of_the_state(line: _Ouverte) -> bool:
    body = registry().get(line.organisme or "")
    return body is not None and _state(body)


def _merged(lines: list[_Ouverte]) -> Iterator[_Ouverte]:
    """A bare label followed by filled lines under it is no line: its line of text goes to the first of them."""
    pending: _Ouverte | None = None
    for rank, line in enumerate(lines):
        following = lines[rank + 1] if rank + 1 < len(lines) else None
        if following and _only_a_heading(line, following):
            pending = line
            continue
        yield replace(line, debut=pending.debut) if pending else line
        pending = None


def _only_a_heading(line: _Ouverte, following: _Ouverte) -> bool:
    if _schemes(line.contenu) or line.sous_theme or line.rattachee_a:
        return False
    under = following.rattachee_a == line.financeur or (following.sous_theme and following.financeur == line.financeur)
    return bool(under and (following.contenu.strip()))


def ligne_de_credits(
    atelier: Atelier,
    financeur: str,
    brings: str,
    nature: NatureDeCredits,
    code: str,
    source: tuple[Plage, ...],
    rattachee_a: str | None = None,
) -> LigneDeCredits | None:
    """The funding line of one funder, as a table of funders says it."""
    body = reconnaitre(financeur, atelier.territoires) or reconnaitre(
        _PARENTHESE.sub("", financeur), atelier.territoires
    )
    held = _Ouverte(source[0].debut, source[-1].fin, financeur, body.id if body else None, brings, rattachee_a)
    return _ligne(atelier, held, nature, code, source)


_PARENTHESE = re.compile(r"\s*\([^()]*\)$")


def _ligne(
    atelier: Atelier, line: _Ouverte, nature: NatureDeCredits, code: str, source: tuple[Plage, ...] = ()
) -> LigneDeCredits | None:
    source = source or (Plage(line.debut, line.fin),)
    if line.organisme is None:
        atelier.juge(code, Niveau.BASSE, f"« {line.financeur} » n’est pas reconnu : quel organisme est-ce ?")
    return atelier.bati(
        LigneDeCredits,
        code=code,
        nature=nature,
        financeur=line.financeur,
        organisme=line.organisme,
        rattachee_a=line.rattachee_a,
        dispositifs=tuple(Dispositif(nom=nom, sous_theme=line.sous_theme) for nom in _schemes(line.contenu)),
        source=source,
        texte=atelier.texte.mots(source),
    )


def _schemes(contenu: str) -> list[str]:
    """The schemes of a line, each once, « etc » and dots dropped."""
    names: dict[str, str] = {}
    for piece in _SEPARE.split(re.sub(r"\s+", " ", contenu)):
        name = re.sub(r"(?:\.{2,}|…|\betc\b\.?)", "", piece).strip(" .,;:-–/+")
        name = name if name.count("(") == name.count(")") else name.strip("()").replace(" (", ", ", 1)
        if any(c.isalnum() for c in name):
            names.setdefault(cle(name), name.strip())
    return list(names.values())
