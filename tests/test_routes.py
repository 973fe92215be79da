"""Every address of the site that is closed × every set of rights × {one's own contract, another's, the platform}.

A route is open because it is marked so, or it carries a decision (`needs`, `signed_in`) and has its line here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.controles.models import AnomalieRelevee, Derogation
from tenir.core.trace import Auteur, Fait, record
from tenir.fiches.models import ImportDeFiches
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation
from tenir.habilitations.services import trace_of
from tests.mesures import cible, releve
from tests.personnes import body, person, referent
from tests.vie import engagement, fiche, frozen_point, indicateur, jalon, point_asked

EMPTY = {"feuilles": [], "origine": None, "ignorees": []}
ALL = {"lecture", "partenaire", "equipe", "administration"}
TEAM = {"equipe", "administration"}
PARTNERS = {"partenaire", *TEAM}
ADMINISTRATION = {"administration"}
SETS = ["visiteur", "sans role", "voisin", "lecture", "partenaire", "equipe", "administration"]

WHO = {
    "mes-droits": ALL,
    "droits": ALL,
    "droits-export": ALL,
    "habilitations": TEAM,
    "habilitations-export": TEAM,
    "habilitation-nouvelle": TEAM,
    "habilitation-fin": TEAM,
    "droits-d-une-personne": TEAM,
    "trace": TEAM,
    "trace-export": TEAM,
    "trace-personne": TEAM,
    "trace-personne-export": TEAM,
    "trace-personne-effacer": ADMINISTRATION,
    "trace-objet": TEAM,
    "trace-objet-export": TEAM,
    "trace-objet-effacer": ADMINISTRATION,
    "contacts": PARTNERS,
    "contacts-export": PARTNERS,
    "contact-nouveau": PARTNERS,
    "contact-modifier": PARTNERS,
    "contact-fin": PARTNERS,
    "contacts-importer": TEAM,
    "invitations": TEAM,
    "invitations-export": TEAM,
    "invitation-nouvelle": TEAM,
    "invitation-renvoyer": TEAM,
    "invitation-revoquer": TEAM,
    "espace": ALL,
    "chiffres": ALL,
    "chiffres-export": ALL,
    "frise": ALL,
    "frise-export": ALL,
    "suivi-engagements": ALL,
    "suivi-engagements-export": ALL,
    "suivi-engagements-etat": ALL,
    "suivi-engagements-etat-fichier": ALL,
    "suivi-engagement": ALL,
    "suivi-engagement-dire": PARTNERS,
    "suivi-engagement-definir": TEAM,
    "suivi-engagement-rattacher": TEAM,
    "suivi-engagement-preuve-nouvelle": PARTNERS,
    "suivi-engagement-preuve": ALL,
    "suivi-engagement-preuve-retirer": PARTNERS,
    "points": TEAM,
    "points-export": TEAM,
    "point-nouveau": TEAM,
    "point": TEAM,
    "point-modifier": TEAM,
    "point-dispenser": TEAM,
    "point-envoyer": TEAM,
    "point-clore": TEAM,
    "point-synthese": ALL,
    "point-synthese-fichier": ALL,
    "point-synthese-figer": TEAM,
    "point-lien": TEAM,
    "point-reponses": TEAM,
    "point-accepter-simples": TEAM,
    "point-lire": TEAM,
    "point-reponse-fichier": TEAM,
    "fiches": ALL,
    "fiches-export": ALL,
    "fiches-lot": TEAM,
    "fiches-classeur": TEAM,
    "fiches-deposer": TEAM,
    "fiches-imports": TEAM,
    "fiches-imports-export": TEAM,
    "fiches-import": TEAM,
    "fiche": ALL,
    "fiche-qui-lit-quoi": ALL,
    "qualite": TEAM,
    "qualite-export": TEAM,
    "qualite-rapport": TEAM,
    "qualite-admettre": TEAM,
    "qualite-retirer": TEAM,
    "suivi-indicateurs": ALL,
    "suivi-indicateurs-export": ALL,
    "suivi-indicateur": ALL,
    "suivi-indicateur-definir": TEAM,
    "suivi-indicateur-cible-nouvelle": TEAM,
    "suivi-indicateur-cible-modifier": TEAM,
    "suivi-indicateur-cible-retirer": TEAM,
    "suivi-indicateur-relever": PARTNERS,
    "suivi-indicateur-releve-corriger": PARTNERS,
    "suivi-indicateur-releve-valider": TEAM,
    "suivi-indicateur-releve-contester": TEAM,
    "fiche-qui-lit-quoi-export": ALL,
    "fiche-modifier": PARTNERS,
    "fiche-statut": PARTNERS,
    "fiche-nouvelle": PARTNERS,
    "fiche-jalon-nouveau": PARTNERS,
    "fiche-jalon-modifier": PARTNERS,
    "fiche-jalon-atteint": PARTNERS,
    "fiche-jalon-abandonner": PARTNERS,
    "fiche-jalon-retirer": PARTNERS,
    "fiche-partenaire-nouveau": PARTNERS,
    "fiche-partenaire-modifier": PARTNERS,
    "fiche-partenaire-retirer": PARTNERS,
    "fiche-piece-nouvelle": PARTNERS,
    "fiche-piece": ALL,
    "fiche-piece-retirer": PARTNERS,
}
"""Who opens each page of a contract; its twin of the platform is for the administration alone."""

ROOMS = ("contact", "invitation", "fiche", "espace", "chiffres", "frise", "point", "suivi", "qualite")
OF_A_CONTRACT = {name for name in WHO if name.startswith(ROOMS)}
"""The pages that exist in a contract alone, without a twin of the platform."""

TWINS = [name for name in WHO if name not in OF_A_CONTRACT]

OF_A_POINT = ["point", "point-modifier", "point-dispenser", "point-envoyer", "point-clore", "point-reponses"]
OF_A_POINT += ["point-accepter-simples", "point-synthese-figer"]

ALONE = {"bureau", "mon-resume", "mes-donnees", "mes-donnees-export"}
"""The closed pages that belong to no contract: whoever is signed in opens her own."""

BEHIND_A_SECRET = {"invitation", "resume"} | {
    f"point-{page}"
    for page in ("reponse", "repondre", "fichier", "rien-de-nouveau", "terminer", "transmettre", "ne-plus")
}
"""The pages that a link sent by e-mail opens, without signing in."""

OF_A_WORK = {"travail", "travail-annuler", "travail-fichier"}
"""The pages of one long work, for who asked it and the team: `tests/ecran/test_travaux.py` tries each set on them."""

OF_THE_PLATFORM = {"fonctionnement", "personnes", "personnes-export", "personne-effacer"}
"""The pages that exist for the platform alone."""


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


ROUTES = list(routes(get_resolver().url_patterns))
CLOSED = [route for route in ROUTES if getattr(route.callback, "login_required", True)]
OURS = [route for route in CLOSED if route.callback.__module__.startswith("tenir.")]


@pytest.fixture
def arguments(
    request: pytest.FixtureRequest, vallon: EspaceDeContrat, people: dict[str, Personne], settings, tmp_path: Path
) -> dict:
    """What follows the contract in the address under test: a person and a thing that are there, in both traces.

    Only what the pages of its room name is made: a point d'étape for each of a thousand addresses takes minutes.
    """
    settings.MEDIA_ROOT = tmp_path
    name = request.node.callspec.params["name"]
    exports = {name: ["csv"] for name in {*WHO, *OF_THE_PLATFORM} if name.endswith("-export")}
    made = next((make(vallon) for room, make in MADE.items() if name.startswith(room)), {})
    return exports | (made or of_people(vallon, person("Gil Sujet")))


def of_people(espace: EspaceDeContrat, someone: Personne) -> dict:
    """The same for the pages of persons, roles, contacts and invitations."""
    held = [
        Habilitation.objects.create(personne=someone, espace=espace, role="lecture", du="2026-01-05"),
        Habilitation.objects.create(personne=someone, role="administration", du="2026-01-05"),
    ]
    contact = referent(person("Ida Contact", signs_in=False), espace)
    invited = Invitation.objects.create(
        espace=espace,
        role="lecture",
        email="invite@exemple.test",
        jeton="a" * 64,
        expire_le=timezone.now() + timedelta(days=14),
    )
    return {
        "personne-effacer": [someone.pk],
        "habilitation-fin": [held[0].pk],
        "plateforme-habilitation-fin": [held[1].pk],
        "droits-d-une-personne": [someone.pk],
        "contact-modifier": [contact.pk],
        "contact-fin": [contact.pk],
        "invitation-renvoyer": [invited.pk],
        "invitation-revoquer": [invited.pk],
    }


def of_a_trace(espace: EspaceDeContrat) -> dict:
    """The same for the pages of the trace: of the contract and of the platform, of a thing, of a person."""
    someone = person("Gil Sujet")
    for chain in (trace_of(espace), trace_of(None)):
        record(
            chain,
            Auteur(),
            [Fait("action", "O01-A01", "titre", "a", "b"), Fait("personne", str(someone.pk), "nom", "", "x")],
        )
    thing = ["action", "O01-A01"]
    return {
        "trace-personne": [someone.pk],
        "trace-personne-export": ["csv", someone.pk],
        "trace-personne-effacer": [someone.pk],
        "trace-objet": thing,
        "trace-objet-export": ["csv", *thing],
        "trace-objet-effacer": thing,
    }


def of_a_promise(espace: EspaceDeContrat) -> dict:
    """The same for the pages of one promise, which the body of the partner made."""
    made = engagement(espace, of="ccas")
    proof = made.preuves.create(titre="Note", nom="note.txt", fichier=ContentFile(b"vu", "note.txt"))
    given = {
        f"suivi-engagement{end}": [made.code] for end in ("", "-dire", "-definir", "-rattacher", "-preuve-nouvelle")
    }
    signed = made.engagement.signataire.code
    given |= {"suivi-engagements-etat": [signed], "suivi-engagements-etat-fichier": [signed, "docx"]}
    return given | {f"suivi-engagement-preuve{end}": [made.code, proof.pk] for end in ("", "-retirer")}


def of_the_quality(espace: EspaceDeContrat) -> dict:
    """The same for an anomaly and the dérogation that admits it."""
    found = AnomalieRelevee.objects.create(espace=espace, rang=0, regle="GOV001", gravite="à corriger", phrase="x.")
    kept = Derogation.objects.create(espace=espace, regle="GOV001", motif="x", auteur="y", fin="2099-01-01")
    return {"qualite-rapport": ["docx"], "qualite-admettre": [found.pk], "qualite-retirer": [kept.pk]}


def of_a_point(espace: EspaceDeContrat) -> dict:
    """The same for the pages of a point d'étape, of someone asked, of her question."""
    point, asked, question = point_asked(espace)
    given = {page: [point] for page in OF_A_POINT}
    given |= {page: [point, question] for page in ("point-lire", "point-reponse-fichier")}
    frozen = frozen_point(espace)
    given |= {"point-synthese": [frozen], "point-synthese-fichier": [frozen, "docx"]}
    return given | {"point-lien": [point, asked]}


def of_an_indicator(espace: EspaceDeContrat) -> dict:
    """The same for the pages of one indicator, which the body of the partner answers for."""
    owned = indicateur(espace, organisme=body("ccas"))
    code, read, wanted = owned.code, releve(owned).pk, cible(owned).pk
    given = {f"suivi-indicateur{end}": [code] for end in ("", "-definir", "-cible-nouvelle", "-relever")}
    given |= {f"suivi-indicateur-cible-{end}": [code, wanted] for end in ("modifier", "retirer")}
    return given | {f"suivi-indicateur-releve-{end}": [code, read] for end in ("corriger", "valider", "contester")}


def of_a_fiche(espace: EspaceDeContrat) -> dict:
    """The same for the pages of one fiche, which the body of the partner carries."""
    carried = fiche(espace, pilots=("ccas",))
    imported = ImportDeFiches.objects.create(espace=espace, par=person("Gil Sujet"), contenu=EMPTY)
    code, step = carried.code, jalon(carried, date(2030, 1, 1))
    helper = carried.partenaires.create(organisation=body("caf"))
    piece = carried.pieces.create(titre="Note", nom="note.txt", fichier=ContentFile(b"vu", "note.txt"))
    alone = ("", "-modifier", "-statut", "-nouvelle", "-jalon-nouveau", "-partenaire-nouveau", "-piece-nouvelle")
    numbered = {
        **dict.fromkeys(("jalon-modifier", "jalon-atteint", "jalon-abandonner", "jalon-retirer"), step.pk),
        **dict.fromkeys(("partenaire-modifier", "partenaire-retirer"), helper.pk),
        **dict.fromkeys(("piece", "piece-retirer"), piece.pk),
    }
    given = {f"fiche{end}": [code] for end in alone} | {"fiches-import": [imported.pk]}
    return given | {f"fiche-{name}": [code, number] for name, number in numbered.items()}


MADE = {
    "trace": of_a_trace,
    "fiche": of_a_fiche,
    "point": of_a_point,
    "suivi-engagement": of_a_promise,
    "suivi-indicateur": of_an_indicator,
    "qualite": of_the_quality,
}
"""What the pages of each room name, by the start of their names; those of people, for all others."""


def test_every_closed_route_of_the_house_carries_a_decision() -> None:
    assert OURS
    assert [route.name for route in OURS if not getattr(route.callback, "decision", "")] == []


def test_every_decision_has_its_line_here() -> None:
    twins = {f"plateforme-{name}" for name in TWINS}
    assert {str(route.name) for route in OURS} == WHO.keys() | twins | ALONE | OF_THE_PLATFORM | OF_A_WORK


def test_only_the_public_site_is_open() -> None:
    ours = [route for route in ROUTES if route.callback.__module__.startswith("tenir.") and route not in OURS]
    assert {route.callback.__module__.split(".")[1] for route in ours if route.name not in BEHIND_A_SECRET} == {
        "public"
    }


@pytest.mark.parametrize("name", WHO)
def test_a_page_of_a_contract_opens_to_its_sets_alone(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, arguments: dict, name: str
) -> None:
    url = reverse(name, args=[vallon.slug, *arguments.get(name, [])])
    for who in SETS:
        with undone():
            client = as_(who)
            for answer in (client.get(url), client.post(url)):
                assert answer.status_code in allowed(who, name), (who, answer.status_code)
                if answer.status_code == 403:
                    assert "est réservé" in answer.content.decode(), who
                if who == "visiteur":
                    assert answer["Location"].startswith("/compte/")


def allowed(who: str, name: str) -> set[int]:
    """What a page may answer to someone."""
    if who == "visiteur":
        return {302}
    if who in {"sans role", "voisin"}:
        return {404}
    return {200, 302, 405, 422} if who in WHO[name] else {403}


@contextmanager
def undone() -> Iterator[None]:
    """What someone does is taken back before the next one comes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", TWINS)
def test_a_page_of_the_platform_opens_to_its_administration_alone(
    as_: Callable[[str], Client], arguments: dict, name: str
) -> None:
    url = reverse(f"plateforme-{name}", args=arguments.get(f"plateforme-{name}", arguments.get(name, [])))
    for who in SETS:
        with undone():
            assert as_(who).get(url).status_code == {"visiteur": 302, "administration": 200}.get(who, 403), who


@pytest.mark.parametrize("name", WHO)
def test_what_belongs_to_a_contract_does_not_exist_in_another(
    as_: Callable[[str], Client], colline: EspaceDeContrat, arguments: dict, name: str
) -> None:
    found = arguments.get(name, [])
    url, voisin = reverse(name, args=[colline.slug, *found]), as_("voisin")
    answer = voisin.get(url)
    answer = voisin.post(url) if answer.status_code == 405 else answer
    if not found or found in (["csv"], ["docx"]):
        assert answer.status_code == 200
    else:
        assert answer.status_code == (403 if WHO[name] == ADMINISTRATION else 404)


@pytest.mark.parametrize(
    "name", ["habilitation-fin", "droits-d-une-personne", "trace-personne", "trace-objet", "contact-fin"]
)
def test_the_administration_does_not_find_a_thing_of_a_contract_in_another(
    as_: Callable[[str], Client], colline: EspaceDeContrat, arguments: dict, name: str
) -> None:
    assert as_("administration").get(reverse(name, args=[colline.slug, *arguments[name]])).status_code == 404


@pytest.mark.parametrize("name", WHO)
def test_an_unknown_contract_does_not_exist(as_: Callable[[str], Client], arguments: dict, name: str) -> None:
    url = reverse(name, args=["contrat-inconnu", *arguments.get(name, [])])
    assert {as_(who).get(url).status_code for who in ("lecture", "equipe", "administration")} == {404}


@pytest.mark.parametrize("name", ["trace-personne", "droits-d-une-personne", "habilitation-fin"])
def test_a_number_past_every_row_does_not_exist(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, name: str
) -> None:
    assert as_("equipe").get(reverse(name, args=[vallon.slug, 10**30])).status_code == 404


@pytest.mark.parametrize("who", SETS)
@pytest.mark.parametrize("name", sorted(ALONE))
def test_whoever_signs_in_has_her_own_pages(as_: Callable[[str], Client], who: str, name: str) -> None:
    assert as_(who).get(reverse(name), {"liste": "oui"}).status_code == (302 if who == "visiteur" else 200)


def test_an_account_that_is_nobody_s_is_told_whom_to_ask(
    client: Client, vallon: EspaceDeContrat, django_user_model
) -> None:
    client.force_login(django_user_model.objects.create_user("personne@exemple.test"))
    for url in (reverse("bureau"), reverse("droits", args=[vallon.slug])):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "rattaché à aucune personne" in answer.content.decode()


@pytest.mark.parametrize("who", SETS)
@pytest.mark.parametrize("name", sorted(OF_THE_PLATFORM))
def test_what_concerns_the_platform_alone_opens_to_its_administration(
    as_: Callable[[str], Client], arguments: dict, who: str, name: str
) -> None:
    url = reverse(name, args=arguments.get(name, []))
    expected = {"visiteur": 302, "administration": 200}.get(who, 403)
    assert as_(who).get(url).status_code == expected
    if expected != 200:
        assert as_(who).post(url).status_code == expected
