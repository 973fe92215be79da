"""For each rule, a way to plant its fault at a random place of a clean contract."""

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tests.regles.chantier import Chantier, Data, propre
from tests.regles.fautes import (
    AXES,
    DEUX_DUREES,
    DOTATIONS,
    DOTE,
    LIGNES,
    MAIRIE,
    MESURES_D_AILLEURS,
    MESURES_DEUX_FOIS,
    NOMMEE,
    PAIENT,
    PARTIES,
    PILOTES,
    PREAU,
    RELEVES,
    SANS_PRESIDENCE,
    SANS_RYTHME,
    SERVIS,
)

# The faults: each changes the contract in place and gives the code of the item it is on (empty: the whole contract).

Planter = Callable[[Chantier, random.Random], str]


def _figure(at: int, **changes: Any) -> Planter:
    """A fault in one figure of some orientation."""

    def plant(built: Chantier, rng: random.Random) -> str:
        donnee = rng.choice(built.orientations)["donnees"][at]
        donnee.update({name: value(donnee) if callable(value) else value for name, value in changes.items()})
        return str(donnee["code"])

    return plant


def _item(where: str, change: Callable[[Data, random.Random], Any], on: str = "") -> Planter:
    """A fault in one item of a list, of some orientation or of the contract; `on` names the holder it is told on."""

    def plant(built: Chantier, rng: random.Random) -> str:
        orientation = rng.choice(built.orientations)
        item = orientation if not where else rng.choice(orientation.get(where) or built.data[where])
        change(item, rng)
        return str(orientation["code"] if on == "orientation" else item["code"])

    return plant


def _whole(plant: Planter) -> Planter:
    def whole(built: Chantier, rng: random.Random) -> str:
        plant(built, rng)
        return ""

    return whole


def _word(where: str, old: str, new: str) -> Planter:
    """A fault in the words of one item that says them."""

    def plant(built: Chantier, rng: random.Random) -> str:
        holders = built.data["signataires"] if where == "engagements" else built.orientations
        items = [one for holder in holders for one in holder[where] if "source" in one]
        item = rng.choice([one for one in items if old in built.lignes[one["source"] - 1]])
        line = item["source"] - 1
        built.lignes[line] = built.lignes[line].replace(old, new)
        return str(item["code"])

    return plant


def _recopied(built: Chantier, rng: random.Random) -> str:
    first, second = sorted(rng.sample(range(len(built.orientations)), 2))
    source = built.orientations[first]["credits"][1]["dispositifs"]
    built.orientations[second]["credits"][1]["dispositifs"] = list(source)
    return str(built.orientations[second]["code"])


def _three_names(built: Chantier, rng: random.Random) -> str:
    chosen = sorted(rng.sample(range(len(built.orientations)), 2))
    for rank, name in zip(chosen, ("Préfecture", "Services du préfet"), strict=True):
        built.orientations[rank]["credits"][1]["financeur"] = name
    return "O01-F02"


def _never_funds(built: Chantier, rng: random.Random) -> str:
    chosen = sorted(rng.sample(range(len(built.orientations)), 3))
    for rank in chosen:
        code = f"O{rank + 1:02}-F03"
        built.orientations[rank]["credits"].append({"code": code, "nature": "droit commun", "financeur": "Bailleur"})
    return f"O{chosen[0] + 1:02}-F03"


def _silent(name: str) -> Planter:
    """A figure that does not say what its neighbours say: no part, no evolution, which need not say it."""

    def plant(built: Chantier, rng: random.Random) -> str:
        orientation = rng.choice(built.orientations)
        del rng.choice([orientation["donnees"][rank] for rank in (0, 4, 5, 6, 7, 10, 11)])[name]
        return str(orientation["code"])

    return plant


def _women_and_men(built: Chantier, rng: random.Random) -> str:
    figures = rng.choice(built.orientations)["donnees"]
    figures[4]["libelle"], figures[5]["libelle"] = "Part des femmes", "Part des hommes"
    return str(figures[4]["code"])


def _misspelt(built: Chantier, rng: random.Random) -> str:
    first, second = sorted(rng.sample(range(len(built.orientations)), 2))
    name = built.orientations[first]["credits"][0]["dispositifs"][0]
    built.orientations[second]["credits"][0]["dispositifs"].append(name.replace(" ", ""))
    return str(built.orientations[second]["credits"][0]["code"])


def _two_values(built: Chantier, rng: random.Random) -> str:
    first, second = sorted(rng.sample(range(len(built.orientations)), 2))
    whole, other = built.orientations[first]["donnees"][7], built.orientations[second]["donnees"][7]
    other.update(libelle=whole["libelle"], valeur=whole["valeur"] + 7)
    return str(other["code"])


def _printed_twice(built: Chantier, rng: random.Random) -> str:
    first = rng.choice(built.data["indicateurs"])
    built.data["indicateurs"].append({**first, "code": "I99", "repete": first["code"]})
    return "I99"


def _nearly_the_same(built: Chantier, rng: random.Random) -> str:
    first = rng.choice([one for one in built.data["indicateurs"] if "travaux" in one["libelle"]])
    built.data["indicateurs"].append({**first, "code": "I99", "libelle": f"{first['libelle']} enfin"})
    return "I99"


def _unmeasured(built: Chantier, rng: random.Random) -> str:
    left, taken = rng.sample([one["code"] for one in built.orientations], 2)
    for indicateur in built.data["indicateurs"]:
        if left in indicateur["orientations"]:
            indicateur["orientations"] = [taken]
    return str(left)


def _without_council(built: Chantier, rng: random.Random) -> str:
    built.data["instances"][2]["nom"] = rng.choice(("Bureau", "Assemblée"))
    built.data["signataires"][5]["nom"] = "Amicale"
    built.lignes = [
        line.replace("conseil citoyen", "bureau").replace("Conseil citoyen", "bureau") for line in built.lignes
    ]
    return ""


def _without_signatory(built: Chantier, rng: random.Random) -> str:
    built.data["signataires"][rng.randrange(5)]["nom"] = "La caisse"
    return ""


def _without_rhythm(built: Chantier, rng: random.Random) -> str:
    del built.data["instances"][0]["reunions_par_an"]
    return "G02"


def _on_total(plant: Planter) -> Planter:
    """The same fault, told on the total of its orientation."""
    return lambda built, rng: f"{plant(built, rng)[:4]}D01"


def _youngest(plant: Planter) -> Planter:
    """The same fault, told on the first class of age of its orientation."""
    return lambda built, rng: f"{plant(built, rng)[:4]}D05"


def _outdated(item: Data, rng: random.Random) -> None:
    item["documents_cadres"][0]["periode"] = f"2015-{rng.randint(2018, 2023)}"


def _as_aim(item: Data, rng: random.Random) -> None:
    item["libelle"] = f"{rng.choice(('Augmenter', 'Réduire', 'Atteindre'))} le {item['libelle'].lower()}"


def _unmeasurable(item: Data, rng: random.Random) -> None:
    item.update(libelle=item["libelle"].replace("Nombre de", "Vie et"), cible=None)


def _named(built: Chantier, rng: random.Random) -> str:
    line = rng.choice(rng.choice(built.orientations)["credits"])
    built.data["document"] = {"titre": "x", "sha256": "a" * 64, "lignes": 999, "noms_masques": f"{line['source']}[1-5]"}
    return str(line["code"])


def _derogated(built: Chantier, rng: random.Random) -> str:
    instance = rng.choice(built.data["instances"])
    admitted = {"regle": "GOV001", "element": instance["code"], "motif": "Prévu.", "auteur": "Comité"}
    built.data["derogations"] = [admitted | {"fin": "2027-01-01"}]
    return str(instance["code"])


def _blank(built: Chantier, rng: random.Random) -> str:
    old, new = rng.choice((("12", "........"), ("12", "[à compléter]"), ("12", "____"), (" 4 mars", "")))
    built.lignes[0] = built.lignes[0].replace(old, new) if new else "Fait au Clair, le"
    return ""


def _unserved(built: Chantier, rng: random.Random) -> str:
    code = rng.choice(built.orientations)["code"]
    others = [one["code"] for one in built.orientations if one["code"] != code]
    for signataire in built.data["signataires"]:
        for engagement in signataire["engagements"]:
            engagement["orientations"] = [rng.choice(others) if c == code else c for c in engagement["orientations"]]
    return str(code)


def _only(name: str) -> Callable[[Data, random.Random], Any]:
    return lambda item, rng: item.pop(name)


def _printed(old: str, new: str, element: str = "") -> Planter:
    """A fault in the words of the document, wherever they are; each « # » is a figure drawn by lot."""

    def plant(built: Chantier, rng: random.Random) -> str:
        assert any(old in line for line in built.lignes)
        drawn = new.replace("#", str(rng.randint(2, 7)))
        built.lignes = [line.replace(old, drawn) for line in built.lignes]
        return element

    return plant


def _twice(built: Chantier, rng: random.Random) -> str:
    first, second = sorted(rng.sample(range(len(built.orientations)), 2))
    copied, other = (built.orientations[at]["actions"][1] for at in (first, second))
    built.lignes[other["source"] - 1] = built.lignes[copied["source"] - 1]
    return str(other["code"])


def _retitled(built: Chantier, rng: random.Random) -> str:
    line = rng.randint(1, len(built.orientations))
    built.lignes[-line] = built.lignes[-line].split(" : ")[0] + " : un autre nom de lieu"
    return ""


def _body_without(name: str) -> Planter:
    """A fault in a body that someone must call together: not the conseil citoyen."""

    def plant(built: Chantier, rng: random.Random) -> str:
        item = rng.choice(built.data["instances"][:2])
        item.pop(name)
        return str(item["code"])

    return plant


def _silent_body(built: Chantier, rng: random.Random) -> str:
    """A body whose rhythm neither the file nor the words say."""
    item = rng.choice(built.data["instances"][:2])
    item.pop("reunions_par_an")
    built.lignes[item["source"] - 1] = f"Le {item['nom']} est animé par la commune."
    return str(item["code"])


def _unpromising(built: Chantier, rng: random.Random) -> str:
    """A signatory that neither the file nor the words have promise anything."""
    item = rng.choice(built.data["signataires"])
    for one in item.pop("engagements"):
        built.lignes[one["source"] - 1] = "- Un accueil est ouvert chaque lundi."
    return str(item["code"])


def _unpiloted(item: Data, rng: random.Random) -> None:
    item[rng.choice(("pilotes", "objectifs", "credits", "donnees"))] = []


PLANTERS: dict[str, Planter] = {
    "CHF001": _figure(5, valeur=lambda one: 450),
    "CHF002": _figure(1, valeur=900, libelle=lambda one: one["libelle"].replace("femmes", "jeunes")),
    "CHF003": _figure(5, libelle=lambda one: one["libelle"].replace("25-59", "25-29")),
    "CHF004": _two_values,
    "CHF005": _silent("periode"),
    "CHF006": _on_total(_figure(2, valeur=lambda one: one["valeur"] - 9)),
    "CHF007": _figure(9, valeur=lambda one: one["valeur"] + 10),
    "CHF008": _figure(11, valeur=lambda one: one["valeur"] - 1.5),
    "CHF009": _figure(11, valeur=lambda one: one["valeur"] + 30),
    "CHF010": _on_total(_word("donnees", "62,5 %", "37,5 %")),
    "CHF011": _figure(9, libelle="hausse de la fréquentation"),
    "CHF012": _whole(_silent("origine")),
    "CHF013": _whole(_silent("perimetre")),
    "CHF014": _figure(3, valeur=lambda one: one["valeur"] + 12),
    "CHF015": _youngest(_figure(6, valeur=lambda one: one["valeur"] + 20)),
    "CHF016": _word("objectifs", "(soir, matin)", "(une baisse du bruit de 120 %)"),
    "CHF017": _on_total(_word("donnees", "(62,5 %)", "(80 personnes, dont 90 jeunes)")),
    "CHF018": _women_and_men,
    "CHF019": _on_total(_word("donnees", "62,5 %", "60 sur 90, soit 40 %")),
    "CHF020": _word("actions", "avec la commune", "avec la commune. Le bruit recule, passant de 12 % à 18 %"),
    "CHF021": _word("objectifs", "(soir, matin)", "(pour 352 % des habitants)"),
    "CHF022": _printed("la mairie.", "la mairie.\nVille  10  20  30\nRégion  5  5  10\nTotal  15  5#  40"),
    "CHF023": _printed("la mairie.", "la mairie. Ils se répartissent ainsi : 4# % seuls, 33 % à deux et 12 % à trois."),
    "CHF024": _printed(
        "la mairie.", "la mairie.\nTaux de chômage : 24 % (2021)\nTaux de chômage du quartier : 1# % (2020)"
    ),
    "CHF025": _printed(MAIRIE, "la mairie. Le Clos compte 300 habitants. Le Clos compte 42# habitants."),
    "STR001": _item("", _unpiloted),
    "STR002": _item("actions", lambda one, rng: one.update(imprimee_sous="constat")),
    "STR003": _item("", lambda one, rng: one.update(titre_protocole="Autre chose")),
    "STR004": _item("actions", lambda one, rng: one.update(horizon=str(rng.choice((2019, 2022, 2034))))),
    "STR005": _derogated,
    "STR006": _blank,
    "STR007": _word("actions", " à tous", " (voir fiche Horaires)"),
    "STR008": _printed("Article 3 :", "Article 1# :"),
    "STR009": _printed("les six signataires", "les 1# signataires"),
    "STR010": _twice,
    "STR011": _word("engagements", "chaque lundi", "avant 2019"),
    "STR012": _printed("31 décembre 2030", "31 décembre 2028"),
    "STR013": _printed("4 mars 2024", "4 mars 201#"),
    "STR014": _retitled,
    "STR015": _word("objectifs", "un lieu ouvert", "un lieu ouvert au quartier prioritaire de la Roseraie"),
    "STR016": _printed(MAIRIE, SERVIS),
    "STR017": _printed(MAIRIE, "la mairie. Le présent contrat a été signé le 1# mai 2024."),
    "STR018": _printed(MAIRIE, DEUX_DUREES),
    "STR020": _printed(
        MAIRIE, "la mairie.\nLa passerelle du lavoir est livrée en 2025.\nLa passerelle du lavoir sera livrée en 202#."
    ),
    "STR019": _printed(MAIRIE, "la mairie, fermée le 3# février 2025."),
    "IND001": _printed_twice,
    "IND002": _whole(_item("indicateurs", _only("cible"))),
    "IND003": _unmeasured,
    "IND004": _nearly_the_same,
    "IND005": _item("indicateurs", _as_aim),
    "IND006": _item("indicateurs", _unmeasurable),
    "IND007": _item("actions", lambda one, rng: one.update(titre="Publier une brochure"), on="orientation"),
    "IND008": _item("indicateurs", lambda one, rng: one.update(libelle="Nombre de scooters électriques loués")),
    "IND009": _item("indicateurs", lambda one, rng: one.update(libelle=f"{one['libelle']}, à réduire (départ 4)")),
    "IND010": _item("indicateurs", lambda one, rng: one.update(cible=f"9 en {rng.randint(2031, 2040)}")),
    "IND011": _printed(MAIRIE, MESURES_DEUX_FOIS),
    "IND012": _printed(MAIRIE, MESURES_D_AILLEURS),
    "FIN001": _item("credits", lambda one, rng: one.update(dispositifs=[]), on="orientation"),
    "FIN002": _recopied,
    "FIN003": _three_names,
    "FIN004": _misspelt,
    "FIN005": _item("credits", lambda one, rng: one["dispositifs"].append(f"Bourse de {rng.randint(2, 90)} 000 €")),
    "FIN006": _word("credits", " : ", " : (études, ), "),
    "FIN007": _whole(_item("actions", _only("horizon"))),
    "FIN008": _never_funds,
    "FIN009": _printed("la mairie.", "la mairie. Coût : 90 000 € (État 60 000 €, Région 4# 000 €)."),
    "FIN010": _printed(MAIRIE, DOTATIONS),
    "FIN011": _printed(MAIRIE, LIGNES),
    "GOV001": _silent_body,
    "GOV002": _item("", lambda one, rng: one.update(pilotes=[{"nom": "Les partenaires"}])),
    "GOV003": _without_rhythm,
    "GOV004": _body_without("presidence"),
    "GOV005": _printed("Pour tout", "Le comité de pilotage se réunit # fois par mois. Pour tout", "G01"),
    "GOV006": _printed("Pour tout renseignement :", "Le comité prépare l’évaluation de 2026 :"),
    "GOV007": _printed("une autre en 2030", "une autre en 203#"),
    "GOV008": _item("", lambda one, rng: one.update(pilotes=[{"nom": "Ville de Hautmont"}])),
    "GOV009": _printed("Pour tout renseignement :", "Le comité de pilotage est présidé par le préfet :", "G01"),
    "GOV010": _printed("Une évaluation est menée en 2027, une autre en 2030, au terme du contrat.", "Il est public."),
    "GOV011": _printed(MAIRIE, AXES),
    "GOV012": _printed(MAIRIE, PILOTES),
    "GOV013": _printed(MAIRIE, RELEVES),
    "GOV014": _printed(MAIRIE, SANS_RYTHME),
    "GOV015": _printed(MAIRIE, SANS_PRESIDENCE),
    "GOV016": _printed(MAIRIE, "la mairie. Le comité des artisans valide la liste des chantiers."),
    "GOV017": _printed(MAIRIE, "la mairie.\nLa CAF du Clair promet une salle.\nLa CAF du Tardif y vient le mardi."),
    "ENG001": _unpromising,
    "ENG002": _item("signataires", _outdated),
    "ENG003": _item("signataires", lambda one, rng: rng.choice(one["engagements"]).update(orientations=[])),
    "ENG004": _unserved,
    "ENG005": _word("engagements", "tient un", "a tenu un"),
    "ENG006": _printed("Pour tout renseignement :", "Il s’inscrit dans le plan de l’habitat 2010-201# :"),
    "ENG007": _printed(MAIRIE, PAIENT),
    "ENG008": _printed(MAIRIE, PREAU),
    "ENG009": _printed(MAIRIE, PARTIES),
    "ENG010": _printed(MAIRIE, DOTE),
    "RED001": _whole(_word("actions", " le ", " le QZX du ")),
    "RED002": _word("objectifs", "(soir, matin)", "(soir, matin"),
    "RED003": _word("actions", "- Re", "- Si possible, re"),
    "RED004": _word("engagements", "tient un", "tient un un"),
    "RED005": _word("credits", " : ", " (à valider par le service) : "),
    "RED006": _printed("la mairie.", "la mairie.\nFiche # : Lire\nFiche # : Rire\nFiche # : Chanter"),
    "DRT001": _named,
    "DRT002": _without_council,
    "DRT003": _without_signatory,
    "DRT004": _printed("n° 2014-173", "n° 200#-173"),
    "DRT005": _printed("la mairie.", "06 39 98 00 0#."),
    "DRT006": _printed(MAIRIE, NOMMEE),
}

ALONGSIDE = {
    "CHF004": {"CHF007"},
    "IND003": {"IND008"},
    "IND006": {"IND002"},
    "FIN008": {"FIN001"},
    "GOV001": {"GOV003"},
    "GOV003": {"GOV001"},
}
"""The rules that the same fault may also break, rightly."""


@dataclass(frozen=True)
class Essai:
    """A contract with one fault planted, and where."""

    code: str
    element: str
    contrat: ContratDeVille
    document: DocumentNormalise


def essai(code: str, seed: int, orientations: int = 8) -> Essai:
    """Plant the fault of a rule at a place drawn by lot."""
    rng = random.Random(f"{code}-{seed}")  # noqa: S311 - a draw, no secret
    built = deepcopy(propre(orientations))
    element = PLANTERS[code](built, rng)
    return Essai(code, element, built.contrat(), built.document())
