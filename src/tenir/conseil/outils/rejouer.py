"""Rejouer un tirage au sort du conseil citoyen, sans faire confiance à personne.

Il faut Python 3, et rien d’autre. La page du tirage donne la commande exacte :

    python3 rejouer.py candidats.csv "mots tirés en public" habitants=8,4,4,6 "habitants:age:16-25=2" acteurs=4,2,2,3

Après un collège : ses sièges, ceux réservés d’abord aux femmes, aux hommes, à un âge ou un secteur, ses suppléants.
"""

import csv
import hashlib
import io
import sys


def empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def tirer(
    candidats: list[dict[str, str]], graine: str, nombres: list[int], classes: dict[tuple[str, str], int]
) -> tuple[list[str], list[str]]:
    """Rend les numéros des membres et des suppléants d’un collège, dans l’ordre des rangs."""
    libres, femmes, hommes, nb_suppleants = nombres
    rangs = sorted(candidats, key=lambda c: empreinte((graine + c["numero"]).encode("utf-8")))
    parite, pris = {"F": femmes, "H": hommes}, set()
    # Tour 1 : les classes, sans prendre un siège que la parité garde. Tour 2 : la parité. Tour 3 : les classes qui
    # attendent encore. Tour 4 : les rangs suivants.
    for tour in (1, 2, 3, 4):
        for c in rangs:
            siennes = [k for k in classes if classes[k] > 0 and c.get(k[0]) == k[1]]
            permis = parite[c["sexe"]] > 0 or libres > sum(parite.values())
            convient = {1: bool(siennes) and permis, 2: parite[c["sexe"]] > 0, 3: bool(siennes), 4: True}[tour]
            if libres == 0 or c["numero"] in pris or not convient:
                continue
            pris.add(c["numero"])
            libres -= 1
            parite[c["sexe"]] = max(0, parite[c["sexe"]] - 1)
            for k in siennes:
                classes[k] -= 1
    ordre = [c["numero"] for c in rangs]
    return [n for n in ordre if n in pris], [n for n in ordre if n not in pris][:nb_suppleants]


def main(arguments: list[str]) -> int:
    if len(arguments) < 3:
        print(__doc__)
        return 2
    with open(arguments[0], "rb") as fichier:
        octets = fichier.read()
    print("empreinte de la liste :", empreinte(octets))
    liste = list(csv.DictReader(io.StringIO(octets.decode("utf-8")), delimiter=";"))
    demandes = dict(demande.rsplit("=", 1) for demande in arguments[2:])
    for college in (nom for nom in demandes if ":" not in nom):
        trois = [(*nom.split(":", 2), n) for nom, n in demandes.items() if nom.startswith(college + ":")]
        classes = {(fait, valeur): int(n) for _, fait, valeur, n in trois}
        candidats, nombres = [c for c in liste if c["college"] == college], demandes[college].split(",")
        membres, suppleants = tirer(candidats, arguments[1] + empreinte(octets), [int(n) for n in nombres], classes)
        print(college, "membres :", " ".join(membres))
        print(college, "suppleants :", " ".join(suppleants))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
