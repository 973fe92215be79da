"""What is known of a person as tables and as one archive: the page, the spreadsheet and the reader see the same."""

import io
import json
import zipfile
from collections.abc import Iterator

from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.exports import csv_file
from tenir.core.models import EntreeDeTrace
from tenir.core.noms import de_personne
from tenir.core.typographie import date_fr, typo
from tenir.equipe.services.invitations import state_of
from tenir.habilitations.connu import Connu, Tableau, entries_about_or_by, place_names
from tenir.habilitations.traces import OF_A_PERSON

LISEZMOI = """Ce que Tenir sait {de_qui}, le {jour}.

donnees.json   tout, en une seule fois
*.csv          la même chose, un tableau par fichier, pour un tableur (point-virgule, UTF-8)

De la trace, ce qui dit quelque chose de vous est donné en entier. De ce que vous avez changé, seuls le moment et
l’objet le sont : les valeurs peuvent concerner d’autres personnes.
"""


def identity(connu: Connu) -> list[list[str]]:
    """Who she is, one line per thing known; what is not known is empty."""
    personne, compte = connu.personne, connu.compte
    return [
        ["Nom", personne.nom],
        ["Courriel", personne.email],
        ["Téléphone", personne.telephone],
        ["Numéro dans la trace", str(personne.pk)],
        ["Compte", compte.email if compte else "aucun"],
        ["Dernière connexion", _moment(compte.last_login) if compte else ""],
        ["Mot de passe", "choisi" if compte and compte.has_usable_password() else "aucun"],
        ["Second facteur", "activé" if connu.second_facteur else "aucun"],
        ["Invitations envoyées à d’autres", str(connu.envoyees)],
    ]


def tables(connu: Connu) -> list[Tableau]:
    """Her functions, roles, charges, the invitations she received, what rooms keep, and how much the traces hold."""
    return [
        Tableau(
            "fonctions",
            "Mes fonctions",
            ["Contrat", "Organisme", "Fonction", "Depuis le", "A pris fin le"],
            [
                [str(one.espace), str(one.organisation), one.fonction, date_fr(one.du), _day(one.au)]
                for one in connu.fonctions
            ],
            "Vous n’êtes le contact d’aucun organisme.",
        ),
        Tableau(
            "roles",
            "Mes rôles",
            ["Contrat", "Rôle", "Organisme", "Depuis le", "Prend fin le", "Donné par"],
            [
                [
                    str(one.espace or "plateforme"),
                    one.get_role_display(),
                    str(one.organisation or ""),
                    date_fr(one.du),
                    _day(one.au),
                    str(one.donnee_par or "la commande"),
                ]
                for one in connu.roles
            ],
            "Vous n’avez aucun rôle.",
        ),
        Tableau(
            "charges",
            "Ce dont je suis chargé·e",
            ["Contrat", "Quoi"],
            [[str(espace), what] for espace, found in connu.charges for what in found],
            "Rien dans ces contrats n’est à votre charge.",
        ),
        _invitations(connu),
        *connu.ailleurs,
        Tableau(
            "traces",
            "Ce que gardent les traces",
            ["Trace", "Changements que j’ai faits", "Changements à mon sujet"],
            [[one.lieu, str(one.a_change), str(one.a_son_sujet)] for one in connu.traces],
            "Aucune trace ne parle de vous.",
        ),
    ]


def archive(connu: Connu) -> bytes:
    """Everything in one ZIP: JSON, CSV and a page that says what is what."""
    found = [*tables(connu), _entries(connu.personne)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        today = date_fr(horloge.real_today())
        files.writestr("LISEZMOI.txt", LISEZMOI.format(de_qui=de_personne(connu.personne), jour=today))
        files.writestr("donnees.json", json.dumps(_as_json(connu, found), ensure_ascii=False, indent=1))
        files.writestr("identite.csv", csv_file([["Quoi", "Valeur"], *identity(connu)]))
        for one in found:
            files.writestr(f"{one.nom}.csv", csv_file([one.colonnes, *one.lignes]))
    return out.getvalue()


def _as_json(connu: Connu, found: list[Tableau]) -> dict[str, object]:
    rows = {one.nom: [dict(zip(one.colonnes, ligne, strict=True)) for ligne in one.lignes] for one in found}
    return {"identite": dict(identity(connu)), **rows}


def _invitations(connu: Connu) -> Tableau:
    now = timezone.now()
    return Tableau(
        "invitations",
        "Les invitations reçues",
        ["Contrat", "Rôle", "Organisme", "Envoyée le", "État", "Invitée par"],
        [
            [
                str(one.espace or "plateforme"),
                one.get_role_display(),
                str(one.organisation or ""),
                _moment(one.envoyee_le),
                state_of(one, now),
                str(one.invitee_par or ""),
            ]
            for one in connu.invitations
        ],
        "Aucune invitation n’a été envoyée à votre adresse.",
    )


def _entries(personne: Personne) -> Tableau:
    columns = ["Trace", "N°", "Quand", "Par moi", "Objet", "Champ", "Avant", "Après", "Pourquoi"]
    return Tableau("trace", "La trace", columns, list(_lines(personne)))


def _lines(personne: Personne) -> Iterator[list[str]]:
    places = place_names()
    for entry in entries_about_or_by(personne).iterator(2_000):
        place = places.get(entry.chaine.nom)
        yield [
            place.titre if place else "plateforme",
            str(entry.rang),
            horloge.local(entry.le).isoformat(timespec="seconds"),
            "oui" if entry.acteur == personne.pk else "non",
            f"{entry.genre} {entry.objet}",
            entry.champ,
            *_values(entry, personne),
        ]


def _values(entry: EntreeDeTrace, personne: Personne) -> list[str]:
    """The values told of her; those of what she changed may be another's."""
    hers = entry.genre in OF_A_PERSON and entry.objet == str(personne.pk)
    return [entry.avant, entry.apres, entry.motif] if hers else ["", "", ""]


def _day(day: object) -> str:
    return date_fr(day) if day else ""  # type: ignore[arg-type]


def _moment(moment: object) -> str:
    return typo(f"{date_fr(horloge.day_of(moment))}") if moment else ""  # type: ignore[arg-type]
