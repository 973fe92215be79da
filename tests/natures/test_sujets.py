"""No kind is about one resident, one pupil, one victim or one household, however it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.natures.sujets import counts_people, names_one, names_one_case

SOMEONE = """
Élève exclu|Suivi d’un élève|Dossier famille|Fiche habitant|Patient|Locataire|Une famille|Bénéficiaire|Jeune|Enfant
Demandeur d’emploi|Salarié en insertion|Femme victime|Auteur|Auteur de violences|Suivi de l’élève|Fichier des demandeurs
Accompagnement du demandeur|un·e habitant·e|Suivi d’élève(s)|Dossiers familles|Entretien individuel|Visite à domicile
fiche-habitant|eleve-exclu|orientation-auteur|Parcours jeune|Suivi mère-enfant|chaque habitant|Jeune femme isolée
Rappel à l’ordre d’un mineur|Entretien avec parent|Un foyer|Foyer en impayé|Situation d’une famille|Liste nominative
Suivi de Mme Martin|Audition de victime|une ligne par élève|Aide à la victime|Personne relais|Mis en cause
Porteuse de projet|Relogement d’un ménage|Visite chez l’habitant|Hébergement famille|Primo-arrivant|Parcours du patient
Dossier d’une nouvelle famille|Accueil d’un enfant|Rencontre avec la famille du jeune|Ménage en impayé|Un petit patient
Rendez-vous avec M. Dupont|Sans-abri|Ayant droit|Commission de suivi de l’élève|Suivi individuel des élèves
Retard d’élève|Contrat d’apprenti|Prise en charge jeune|Rendez-vous de patient|Mère et son enfant
Information préoccupante sur un mineur|allocataire RSA|Jeune décrocheur
"""
NOBODY = """
Café des parents|Rencontre d’habitants|Orientation des auteurs|Accompagnement de créateurs|Droits de l’enfant
Atelier parent-enfant|Relais petite enfance|Journée internationale de la femme|Conseil citoyen|Parcours citoyen
Fiche action jeunes|Espace famille|Sortie en famille|Après-midi pour toute la famille|Spectacle jeune public
Métiers d’aide à la personne|Concert chez l’habitant|Foyer de jeunes travailleurs|Permanence|Égalité femmes-hommes
Groupe jeunes|orientation-auteurs|cafe-des-parents|parent-enfant|Accueil famille|Rendez-vous du droit|Suivi des élèves
Portrait de femme|Intervention en milieu scolaire|Immersion|Maison de l’enfant|Aide aux victimes|Budget habitant
Habitant·e·s en fête|Médiation famille-école|Accompagnement individuel et collectif|Suivi de la friche
Prévention de la récidive|Santé de la mère et de l’enfant|Droit d’auteur|Rencontre d’auteur de bande dessinée
Nuit de l’étudiant|Accueil du jeune enfant|Commission d’impayés|Exclusions prononcées
Jeune public|Auteur de bande dessinée|Famille-école|Femme-homme : l’égalité|Marche exploratoire de femmes
Conseil de quartier|Personne morale
"""


def phrases(listed: str) -> list[str]:
    return [one for line in listed.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("said", phrases(SOMEONE))
def test_what_is_about_someone_is_seen(said: str) -> None:
    assert names_one(said)


@pytest.mark.parametrize("said", phrases(NOBODY))
def test_what_is_about_no_one_is_left_alone(said: str) -> None:
    assert names_one(said) is None


@pytest.mark.parametrize(
    "sujet", ["une situation", "un dossier médical", "un parcours d’insertion", "un cas", "le suivi", "une victime"]
)
def test_a_subject_that_has_someone_behind_it_is_seen(sujet: str) -> None:
    assert names_one_case(sujet)


@pytest.mark.parametrize(
    "sujet", ["une séance", "un lieu", "une période", "un trimestre et une école", "un passage du bus", "un logement"]
)
def test_a_subject_that_is_a_thing_is_left_alone(sujet: str) -> None:
    assert names_one_case(sujet) is None


def test_files_of_people_may_be_counted_over_a_period_and_never_kept_one_by_one() -> None:
    assert names_one("Dossiers de familles") == "familles"
    assert names_one("Dossiers de familles", counted=True) is None
    assert names_one("Dossier d’une famille", counted=True) == "famille"


SINGULAR = phrases(
    """
élève|habitante|patient|famille|locataire|victime|bénéficiaire|ménage|enfant|demandeur|lycéenne
adhérent|salariée|étudiant|collégien|allocataire|réfugiée|apprenti
"""
)
FOLLOWED = ["Suivi", "Dossier", "Fiche", "Accompagnement", "Situation", "Entretien", "Hébergement", "Bilan"]
OPEN = ["Atelier", "Café", "Réunion", "Rencontre", "Sortie", "Permanence", "Formation", "Fête", "Exclusions"]
LINKS = ["", "d’un ", "d’une ", "d’", "de ", "du ", "de l’", "de la ", "pour un ", "de chaque ", "avec une jeune "]


@given(st.sampled_from(FOLLOWED), st.sampled_from(LINKS), st.sampled_from(SINGULAR))
def test_following_one_person_is_seen_however_it_is_written(doing: str, link: str, whom: str) -> None:
    said = f"{doing} {link}{whom}"
    for case in (said.upper(), said.lower(), said, said.replace(" ", "-").lower(), f"{said} du quartier"):
        assert names_one(case), case


@given(st.sampled_from(SINGULAR), st.sampled_from(["", " en difficulté", " suivi", " du quartier", " de 12 ans", "·e"]))
def test_a_kind_named_after_one_person_is_seen(person: str, rest: str) -> None:
    for article in ("", "Un ", "Une ", "La ", "L’", "Jeune ", "Chaque "):
        assert names_one(f"{article}{person}{rest}"), article


@given(st.sampled_from(OPEN), st.sampled_from(SINGULAR), st.sampled_from(["des", "de", "pour les", "avec des", ""]))
def test_what_is_open_to_several_is_left_alone(doing: str, person: str, link: str) -> None:
    assert names_one(f"{doing} {link} {person}s") is None


@pytest.mark.parametrize(
    "unite", ["élèves", "habitants", "familles", "personne", "femmes", "bénévoles", "agents formés"]
)
def test_a_unit_that_is_a_word_for_people_is_seen(unite: str) -> None:
    assert counts_people(unite)


@pytest.mark.parametrize("unite", ["entreprises", "heures", "logements", "dossiers", "classes", "kits remis", "repas"])
def test_a_unit_that_is_a_thing_is_left_alone(unite: str) -> None:
    assert not counts_people(unite)
