"""What the columns of a table of contacts are called, in whatever program it was made."""

from collections.abc import Sequence

from tenir.core.tableur.colonnes import Colonne
from tenir.fichier.mots import CIVILITES, plain


def _are_titles(values: Sequence[str]) -> bool:
    """Whether a column says how to address people, not what they do."""
    said = [plain(value).strip(" .") for value in values]
    return bool(said) and all(one in CIVILITES for one in said)


def _any(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))


COLONNES = (
    Colonne(
        "nom",
        _any("nom et prénom, nom, contact, personne, référent, interlocuteur, correspondant, last name, name, surname"),
        autour="famille usage usuel complet affiché afficher contact personne référent interlocuteur family display",
    ),
    Colonne("prenom", _any("prénom, first name, given name"), autour="contact personne référent interlocuteur"),
    Colonne(
        "organisme",
        _any(
            "organisme, structure, organisation, institution, signataire, partenaire, société, raison sociale, "
            "établissement, collectivité, administration, association, employeur, entreprise, company, organization, "
            "service"
        ),
        autour="nom dénomination libellé rattachement appartenance origine employeur name",
    ),
    Colonne(
        "fonction",
        _any("fonction, poste, qualité, rôle, mission, titre, profession, métier, job title, title"),
        autour="occupé occupée intitulé exercée professionnel organisme structure contact dans job organization",
        sauf=_are_titles,
    ),
    Colonne(
        "email",
        _any("courriel, mail, email, mél, messagerie, adresse électronique"),
        autour="e adresse électronique professionnel professionnelle pro principal principale bureau direct contact "
        "référent travail value address business work",
    ),
    Colonne(
        "telephone",
        _any("téléphone, tél, portable, mobile, ligne directe, gsm, phone"),
        autour="numéro n bureau professionnel professionnelle pro direct ligne fixe mobile portable principal travail "
        "contact référent standard value business work number",
    ),
)
"""The kinds of columns, with the words that each is known by: case, accents, plurals and numbers forgiven."""

REQUIRED = {"nom": "« Nom »", "organisme": "« Organisme »"}
