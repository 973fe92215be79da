"""Rejouer un tirage au sort du conseil citoyen, sans faire confiance à personne.

Il faut Python 3, et rien d’autre. La page du tirage donne la commande exacte :

    python3 rejouer.py candidats.csv "mots tirés en public" habitants=8,4,4,6 acteurs=4,2,2,3

Après chaque collège : le nombre de sièges, ceux réservés d’abord aux femmes, aux hommes, et le nombre de suppléants.
"""

import csv
import hashlib
import io
import sys


def empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def tirer(
    candidats: list[dict[str, str]], graine: str, sieges: int, femmes: int, hommes: int, nb_suppleants: int
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rend les membres et les suppléants d’un collège, dans l’ordre des rangs."""
    rangs = sorted(candidats, key=lambda c: empreinte((graine + c["numero"]).encode("utf-8")))
    reste = {"F": femmes, "H": hommes}
    pris: set[str] = set()
    for c in rangs:  # d’abord les sièges réservés, dans l’ordre des rangs
        if len(pris) < sieges and reste[c["sexe"]] > 0:
            reste[c["sexe"]] -= 1
            pris.add(c["numero"])
    for c in rangs:  # puis ceux qu’aucun quota ne retient plus, aux rangs suivants
        if len(pris) < sieges and c["numero"] not in pris:
            pris.add(c["numero"])
    membres = [c for c in rangs if c["numero"] in pris]
    autres = [c for c in rangs if c["numero"] not in pris]
    return membres, autres[:nb_suppleants]


def main(arguments: list[str]) -> int:
    if len(arguments) < 3:
        print(__doc__)
        return 2
    chemin, mots, colleges = arguments[0], arguments[1], arguments[2:]
    with open(chemin, "rb") as fichier:
        octets = fichier.read()
    print("empreinte de la liste :", empreinte(octets))
    graine = mots + empreinte(octets)
    liste = list(csv.DictReader(io.StringIO(octets.decode("utf-8")), delimiter=";"))
    for demande in colleges:
        college, _, nombres = demande.partition("=")
        candidats = [c for c in liste if c["college"] == college]
        membres, suppleants = tirer(candidats, graine, *[int(n) for n in nombres.split(",")])
        print(college, "membres :", " ".join(c["numero"] for c in membres))
        print(college, "suppleants :", " ".join(c["numero"] for c in suppleants))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
