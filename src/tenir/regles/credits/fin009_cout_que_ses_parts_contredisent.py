import re
from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Champ, Fiche, fiches
from tenir.regles.mots import nombre
from tenir.regles.passages import Passage, passages, porteur
from tenir.regles.registre import Lit, regle

SUM = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d{3,}(?:,\d{1,2})?"
UNIT = r"\s?(?:€|euros?)"
NAMED = rf"[^\d;,:()+€%]{{2,60}}?\s:?\s?(?:{SUM})(?:{UNIT})?"
NAMED_AFTER = rf"\s?(?:{SUM})(?:{UNIT})?\s(?:de|du|des|pour|par|à|d[’'])\s?[^\d;,:()+€%]{{2,60}}?"
LIST = rf"(?P<parts>(?:{NAMED})(?:\s?(?:[;,+]|et)\s?(?:{NAMED}))+)"
AFTER = rf"(?P<autres>(?:{NAMED_AFTER})(?:\s?(?:[;,+]|et)\s?(?:{NAMED_AFTER}))+)"
SHARED = re.compile(
    rf"(?<![\d,])(?P<tout>{SUM}){UNIT}\s?(?:\(|:|,\s(?:soit|répartis (?:ainsi|comme suit|entre)\s?:?)|="
    rf"|,\sdont(?=\s))\s?(?:{LIST}"
    rf"|{AFTER})"
    r"\s?(?=\)|\.(?!\d)|$|;|\s(?:Suivi|Indicateur|Calendrier|Pilote)\b)"
)
AMONG = re.compile(
    rf"\bSur (?:les |un (?:total|budget"
    rf"|coût) de )?(?P<tout>{SUM}){UNIT}[^.;\d€]{{0,40}},\s(?P<a>{SUM}){UNIT}[^.;\d€]{{2,80}}?"
    rf"(?:,|\set)\s(?P<b>{SUM}){UNIT}(?=[^\d€]{{0,80}}?(?:[.;]|$))"
)
NEAR = Decimal("0.9")
"""From what part of a sum its parts are meant to make it, when nothing says so."""
ALIKE = 2
"""How many lists of a document make their total before one that stays below its own is false."""


@regle("FIN009", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def cout_que_ses_parts_contredisent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un coût n’est pas la somme de ce que chacun paie.

    ## Ce que la règle vérifie

    Quand un montant est suivi de ce que chacun en paie (« 90 000 € : État 60 000 €, Région 30 000 € »), ou partagé
    dans une phrase (« sur les 90 000 € de l’État, 60 000 € … et 30 000 € … ») ou dans une fiche, sous « Coût » et
    sous « Financement », les parts font le montant. Des
    parts plus petites que le montant ne sont une faute que si les autres listes du document font le leur, ou si elles
    en approchent : le reste peut être payé par qui n’est pas nommé.

    ## Pourquoi

    L’un des montants est faux : quelqu’un devra payer ce qu’il n’a pas promis.

    ## Exemple fautif

    Coût : 90 000 € (État 60 000 €, Région 40 000 €).

    ## Corrigé

    Coût : 90 000 € (État 60 000 €, Région 30 000 €).

    ## Source

    Arithmétique.
    """
    lists = [(one, _parts(one)) for one in passages(contrat, document, SHARED)]
    right = sum(_total(one) == sum(parts) for one, parts in lists)
    for passage, parts in lists:
        if sum(parts) > _total(passage) or (sum(parts) < _total(passage) and right >= ALIKE):
            yield _told(passage, parts)
    lines = {line for passage, _ in lists for plage in passage.source for line in plage.lignes}
    yield from _sheets(contrat, document, lines)
    for passage in passages(contrat, document, AMONG):
        parts = [_amount(passage.trouve["a"]), _amount(passage.trouve["b"])]
        if sum(parts) > _total(passage) or NEAR * _total(passage) <= sum(parts) < _total(passage):
            yield _told(passage, parts)


def _sheets(contrat: ContratDeVille, document: DocumentNormalise, known: set[int]) -> Iterator[Anomalie]:
    """The cost of a sheet and what each body pays of it, said in one field or in two; lists on known lines are left."""
    shared = [found for sheet in fiches(document) if (found := _shared(sheet))]
    right = sum(total == paid for total, paid, _ in shared)
    for total, paid, one in shared:
        wrong = paid > total or (paid < total and right >= ALIKE)
        if wrong and not known & set(range(one.ligne, one.fin + 1)):
            yield Anomalie(
                porteur(contrat, one.ligne),
                f"Les parts de {nombre(Decimal(total))} € font {nombre(Decimal(paid))} €.",
                "Vérifiez le montant et ce que chacun en paie.",
                source=one.source,
            )


def _shared(sheet: Fiche) -> tuple[int, int, Champ] | None:
    """The cost of a sheet, the sum of what bodies pay of it, and the field that says it; none where one is unsure."""
    said = [one for one in sheet.champs if one.genre == "financement"]
    costs = {int(re.sub(r"\D", "", found["tout"])) for one in said if (found := COST.match(one.valeur))}
    listed = [(one, _paid(one.valeur)) for one in said]
    listed = [(one, paid) for one, paid in listed if len(paid) > 1]
    if len(costs) != 1 or len(listed) != 1:
        return None
    return costs.pop(), sum(listed[0][1]), listed[0][0]


def _paid(words: str) -> list[int]:
    """What each body pays: an amount before its name or after it, but not both kinds in one list."""
    said = COST.sub("", words, count=1)
    sums = [int(re.sub(r"\D", "", one)) for one in re.findall(rf"(?<![\d,])({SUM}){UNIT}", said)]
    whole = re.search(r"\b(?:total|soit|ensemble|par an|dont)\b", re.sub(r"^\W*(?:dont|soit)\b", "", said))
    return [] if whole else sums


COST = re.compile(rf"^\W*(?P<tout>{SUM}){UNIT}(?:\s?(?:TTC|HT))?(?=\s?(?:$|[.;,(:]))")
"""A cost that opens its field, alone or before what each body pays."""


def _amount(printed: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", printed).replace(",", "."))


def _total(passage: Passage) -> Decimal:
    return _amount(passage.trouve["tout"])


def _parts(passage: Passage) -> list[Decimal]:
    return [_amount(one) for one in re.findall(SUM, passage.trouve["parts"] or passage.trouve["autres"])]


def _told(passage: Passage, parts: list[Decimal]) -> Anomalie:
    return Anomalie(
        passage.objet,
        f"Les parts de {passage.trouve['tout']} € font {nombre(sum(parts, Decimal()))} €.",
        "Vérifiez le montant et ce que chacun en paie.",
        source=passage.source,
    )
