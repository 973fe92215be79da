"""A clean contract of any size, built as plain data with the lines of its document."""

from dataclasses import dataclass, field
from typing import Any

from tenir.fichier import canonique
from tenir.fichier.document import DocumentNormalise, read_document
from tenir.fichier.modeles import ContratDeVille

Data = dict[str, Any]
LIEUX = (
    "jardin", "gymnase", "théâtre", "marché", "moulin", "potager", "verger", "lavoir", "stade", "musée", "kiosque",
    "préau", "manège", "belvédère",
)  # fmt: skip
"""Places that share no word with one another: each orientation is about one."""
COMMUNE = {"nom": "Commune", "organisme": "commune-virelande"}
BODIES = ("L’État", "La communauté d’agglomération", "La commune", "Le département", "La région", "Le conseil citoyen")


@dataclass
class Chantier:
    """A contract being built: its file as plain data, and the lines of its document."""

    data: Data
    lignes: list[str] = field(default_factory=list)

    def ligne(self, text: str) -> int:
        """Add a line, and give its number."""
        self.lignes.append(text)
        return len(self.lignes)

    @property
    def orientations(self) -> list[Data]:
        return self.data["axes"][0]["orientations"]

    def contrat(self) -> ContratDeVille:
        return ContratDeVille.model_validate(canonique.parse(_yaml(self.data))[0])

    def document(self) -> DocumentNormalise:
        return read_document("\n".join([*self.lignes, ""]).encode())


def _yaml(data: Data) -> str:
    import json  # JSON is YAML

    return json.dumps(data, ensure_ascii=False)


def propre(orientations: int = 8) -> Chantier:
    """A clean contract with its document."""
    axe: Data = {"code": "A", "titre": "A", "titre_imprime": "A", "orientations": []}
    built = Chantier({"format": "tenir/contrat/1", "slug": "clair", "axes": [axe]})
    built.data["identite"] = {"titre": "Contrat du Clair", "periode": {"debut": 2024, "fin": 2030}}
    built.data["identite"]["quartiers"] = [{"code": "QN99901M", "nom": "Le Clair"}]
    built.ligne("Fait au Clair, le 4 mars 2024, selon la délibération n° 12.")
    for rank, lieu in enumerate(LIEUX[:orientations], start=1):
        built.orientations.append(_orientation(built, rank, lieu))
    codes = [one["code"] for one in built.orientations]
    built.data["indicateurs"] = [
        _indicator(2 * rank + half, f"Nombre de {what} au {LIEUX[rank]}", code)
        for rank, code in enumerate(codes)
        for half, what in ((1, "visites"), (2, "travaux achevés"))
    ]
    built.data["signataires"] = [_signatory(built, rank, body, codes) for rank, body in enumerate(BODIES, start=1)]
    built.data["instances"] = [_body(built, rank) for rank in (1, 2, 3)]
    _articles(built)
    return built


def _articles(built: Chantier) -> None:
    """What a contract says of itself: its articles, its evaluation, whom to ask, the list of its orientations."""
    built.ligne("Article 1 : le contrat de ville 2024-2030 court du 1er janvier 2024 au 31 décembre 2030.")
    built.ligne(
        "Article 2 : il est conclu selon la loi n° 2014-173 du 21 février 2014, dans le respect de ses principes."
    )
    count = len(built.orientations)
    built.ligne(
        f"Article 3 : les six signataires ont choisi ses {count} orientations, dans les conditions de l’article 2."
    )
    built.ligne("Une évaluation est menée en 2027, une autre en 2030, au terme du contrat.")
    built.ligne("Pour tout renseignement : la mairie.")
    for rank, lieu in enumerate(LIEUX[:count], start=1):
        built.ligne(f"Orientation {rank} : le {lieu}")


def _indicator(number: int, libelle: str, orientation: str) -> Data:
    return {"code": f"I{number:02}", "libelle": libelle, "cible": "9", "orientations": [orientation]}


def _orientation(built: Chantier, rank: int, lieu: str) -> Data:
    code, women, men = f"O{rank:02}", 40 + rank, 60 + 2 * rank
    total = women + men
    here = {"periode": "2022", "perimetre": "quartier", "origine": "Insee"}
    title = built.ligne(f"Orientation {rank} : le {lieu}")
    told = built.ligne(f"La majorité des visiteurs du {lieu} (62,5 %) vient à pied ; le reste prend le bus.")
    of_total = {"partie_de": f"{code}-D01"}
    figures: list[Data] = [
        {"libelle": f"visiteurs du {lieu}", "valeur": total, "unite": "personnes", "source": told},
        {"libelle": f"visiteurs du {lieu}, dont femmes", "valeur": women, "unite": "personnes", **of_total},
        {"libelle": f"visiteurs du {lieu}, dont hommes", "valeur": men, "unite": "personnes", **of_total},
        {"libelle": f"visiteurs du {lieu}, dont femmes (%)", "valeur": 100 * women / total, "unite": "%", **of_total},
        {"libelle": f"Part des 0-24 ans au {lieu}", "valeur": 30 + rank / 10, "unite": "%"},
        {"libelle": f"Part des 25-59 ans au {lieu}", "valeur": 45, "unite": "%"},
        {"libelle": f"Part des plus de 60 ans au {lieu}", "valeur": 25 - rank / 10, "unite": "%"},
        {"libelle": f"arbres du {lieu}", "valeur": 100, "unite": "arbres", "periode": "2015"},
        {"libelle": f"arbres du {lieu}", "valeur": 100 + rank, "unite": "arbres", "periode": "2020"},
        {"libelle": f"hausse des arbres du {lieu}", "valeur": rank, "unite": "%", "periode": "2015-2020"},
        {"libelle": f"satisfaits du {lieu}", "valeur": 60 + rank / 10, "unite": "%", "periode": "2021"},
        {"libelle": f"part de satisfaits du {lieu}", "valeur": 61.5 + rank / 10, "unite": "%", "periode": "2022"},
    ]
    donnees = [{"code": f"{code}-D{n:02}", **here, **one} for n, one in enumerate(figures, start=1)]
    for donnee in donnees:
        donnee["valeur"] = round(donnee["valeur"], 1)
    return {
        "code": code,
        "titre": f"Le {lieu}",
        "titre_imprime": f"le {lieu}",
        "source": title,
        "donnees": donnees,
        "objectifs": [_said(built, f"{code}-B01", "Ouvrir", f"- Faire du {lieu} un lieu ouvert (soir, matin)")],
        "actions": [
            _said(built, f"{code}-A01", f"Ouvrir le {lieu}", f"- Ouvrir le {lieu} à tous en 2026")
            | {"horizon": "2026"},
            _said(built, f"{code}-A02", f"Refaire le toit du {lieu}", f"- Refaire le toit du {lieu} avec la commune")
            | {"horizon": "2027"},
        ],
        "pilotes": [COMMUNE],
        "credits": [
            _line(built, f"{code}-F01", "Commune", [f"Plan {lieu}", f"Fonds du {lieu}"]),
            _line(built, f"{code}-F02", "État", [f"Prime {lieu} {n}" for n in range(1, 10)]),
        ],
    }


def _said(built: Chantier, code: str, titre: str, line: str) -> Data:
    return {"code": code, "titre": titre, "source": built.ligne(line)}


def _line(built: Chantier, code: str, financeur: str, dispositifs: list[str]) -> Data:
    source = built.ligne(f"{financeur} : {', '.join(dispositifs)}")
    nature = "droit commun" if code.endswith("1") else "spécifique"
    body = "commune-virelande" if financeur == "Commune" else "etat"
    printed = {"nature": nature, "financeur": financeur, "organisme": body}
    return {"code": code, **printed, "dispositifs": dispositifs, "source": source}


def _signatory(built: Chantier, rank: int, body: str, codes: list[str]) -> Data:
    served = codes[rank % 3 :: 3]
    return {
        "code": f"S{rank:02}", "nom": body, "organisme": "caf-songe-et-brume",
        "documents_cadres": [{"code": f"S{rank:02}-C01", "titre": "Plan de mandat", "periode": "2023-2031"}],
        "engagements": [
            {"code": f"S{rank:02}-E{n:02}", "titre": "Tenir un accueil", "orientations": [code],
             "source": built.ligne(f"- {body} tient un accueil chaque lundi au lieu {code}")}
            for n, code in enumerate(served, start=1)
        ],
    }  # fmt: skip


def _body(built: Chantier, rank: int) -> Data:
    names = {1: "Comité de pilotage", 2: "Comité technique", 3: "Conseil citoyen"}
    source = built.ligne(f"Le {names[rank]} se tient deux fois par an, animé par la commune.")
    made: Data = {"code": f"G{rank:02}", "nom": names[rank], "reunions_par_an": 2, "source": source}
    made["presidence"] = [COMMUNE]
    if rank == 2:
        made["regles"] = [{"titre": "Avant le comité de pilotage", "avant": "G01", "source": source}]
    return made
