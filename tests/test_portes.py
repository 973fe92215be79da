"""Every address that takes a form: what was read is still what stands, or nothing is written; sent twice, written once.

The addresses are found from the resolver. One that is new is walked at once; where its form needs words, they are said
in `SAISIES`; where nothing can be overwritten, `SANS_MARQUE` says why.
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from tenir.acteurs.models import Personne
from tenir.core.envois import CHAMP
from tenir.core.marques import MARQUE, seal
from tenir.core.models import EntreeDeCache, Envoi
from tenir.habilitations.models import EspaceDeContrat
from tests import routes
from tests.ecrits import written
from tests.personnes import body
from tests.pret import made_ready
from tests.routes import Arguments, parameters, stated
from tests.salle import (  # noqa: F401 (fixtures)
    Salle,
    _contrats,
    _people,
    _room,
    _signed_in,
    _the_other_contract,
    _this_contract,
    _this_room,
    walk,
)

SAISIES_DES_SALLES = [
    import_module(f"tests.{path.parent.name}.saisies") for path in sorted(Path(__file__).parent.glob("*/saisies.py"))
]
"""What each room types in its forms: `typed_in`; `SAISIES`, `ADDS`, `SANS_MARQUE`, `ELSEWHERE` where it has some."""
TEMPLATES = sorted(Path("src/tenir").rglob("*.html"))
TAKES_A_FORM = re.compile(r'<form[^>]*method="post"[^>]*>(?P<after>[^\n]*)')
OF_THE_ACCOUNT = ("acteurs/", "demonstration/", "public/", "core/includes/compte.html")
"""Sign-in, and what writes nothing: their forms are another's, or carry a document to be read."""


def methods_of(view: Any) -> set[str]:
    """The methods that a view says it takes; those of GET when it says none."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and held and all(isinstance(one, str) and one.isupper() for one in held):
                return set(held)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "HEAD"}


def posts() -> Iterator[str]:
    """The name of every address of ours that takes a form; twins of the platform apart, which are the same views."""
    for route in routes.routes():
        ours = route.callback.__module__.startswith("tenir.")
        if ours and "POST" in methods_of(route.callback) and not str(route.name).startswith("plateforme-"):
            yield str(route.name)


POSTS = sorted(set(posts()))
ADDS = "elle ajoute, et n’écrit sur rien"
SANS_MARQUE = {
    **dict.fromkeys(
        (
            *(name for room in SAISIES_DES_SALLES for name in getattr(room, "ADDS", ())),
            "activite-importer",
            "affiche-nouvelle",
            "atelier-ajouter",
            "atelier-document",
            "atelier-ouvrir",
            "contrat-nouveau",
            "carnet-ouvrir",
            "commentaire-nouveau",
            "contact-nouveau",
            "entree-inscrire",
            "etats-renvoyer",
            "fiche-jalon-nouveau",
            "fiche-piece-nouvelle",
            "fiche-relancer",
            "fiches-deposer",
            "flux-donner",
            "habilitation-nouvelle",
            "invitation",
            "invitation-nouvelle",
            "mon-carnet-noter",
            "mon-carnet-ajouter",
            "nature-nouvelle",
            "objet-nouveau",
            "organisme-graphie",
            "organisme-nouveau",
            "point-nouveau",
            "point-transmettre",
            "serie-nouvelle",
            "sigle-nouveau",
            "suivi-engagement-preuve-nouvelle",
            "suivi-engagement-relancer",
            "suivi-indicateur-cible-nouvelle",
            "suivi-indicateur-relever",
            "vue-enregistrer",
        ),
        ADDS,
    ),
    "atelier-mise-en-page": "la lecture demandée n’écrit que si rien n’a changé : tests/atelier/test_mise_en_page.py",
    "activite-lot": "chaque entrée porte sa version : tests/activite/test_saisie.py",
    "activite-import": "l’aperçu porte son empreinte : tests/activite/test_importation.py",
    "activite-import-colonnes": "elle dit comment lire un tableau que rien n’a encore inscrit",
    "agenda-importer": "l’aperçu porte son empreinte : tests/activite/test_agenda_import.py",
    "abonnement-nouveau": "elle demande, et n’écrit sur rien",
    "suivi": "elle confirme ou efface ce que son lien ouvre, et le dit deux fois pareil : tests/abonnements",
    "aujourdhui": "une page plus vieille que la dernière lue ne change rien",
    "commentaire-reprendre": "elle retire la réponse qu’elle nomme, et aucune autre",
    "etat-accuser": "elle dit un accusé, le premier compte",
    "etats-arreter": "un envoi ne s’arrête que si rien n’est parti : tests/points/test_etats.py",
    "avis-envoyer": "elle envoie de nouveau, une fois par jour, et n’écrit sur rien : tests/conseil/test_liens.py",
    "mon-agenda": "elle ne touche que sa propre adresse : tests/gouvernance/test_agendas_personnels.py",
    "porte": "elle note une présence, deux fois pareil : tests/gouvernance/test_portes_de_reunion.py",
    "reunion-porte": "elle fait un lien, et n’écrit sur rien de ce qu’elle montre",
    "fonctionnement": "elle demande une sauvegarde",
    "mon-carnet-annuler": "ce qu’un geste a écrit tient encore, ou rien ne s’annule : tests/activite/test_carnets.py",
    **{name: why for room in SAISIES_DES_SALLES for name, why in getattr(room, "SANS_MARQUE", {}).items()},
    "mon-carnet-mois": "chaque séance attendue ne s’inscrit qu’une fois : tests/activite/test_carnets.py",
    "mon-carnet-objet": "la page porte l’état qu’elle montre : tests/activite/test_registres_par_carnet.py",
    "registre-reprendre": "elle n’ajoute que ce qui n’y est pas : tests/activite/test_documents_cadres.py",
    "mon-carnet-ne-plus": "elle arrête un courriel, et ne s’écrit sur rien",
    "mon-carnet-renvoyer": "elle envoie un lien neuf à qui tient le carnet, une fois par heure",
    "natures-importer": "l’aperçu dit ce que chaque nature devient : tests/activite/test_ecrans_natures.py",
    "point-accepter-simples": "seules les réponses montrées et restées telles sont acceptées, les autres sont dites",
    "point-dispenser": "elle ajoute ou retire la dispense qu’elle nomme, et rien d’autre",
    "point-ne-plus": "elle dit un refus, qui ne s’écrit sur rien",
    "point-pas-moi": "elle rend les questions qu’un collègue avait transmises, et ne s’écrit sur aucune réponse",
    "point-terminer": "elle n’écrit sur aucune réponse, et refuse s’il en manque une",
    "serie-jour": "chaque jour d’une série ne s’inscrit qu’une fois",
    "travail-annuler": "elle n’arrête que ce qui n’est pas fini",
    "vue-ouverture": "elle dit sur quoi s’ouvre une liste pour une personne, qui l’a seule écrit",
    "verifier": "elle lit un document et n’écrit rien",
    "verifier-rapport": "elle lit un document et n’écrit rien",
    "verifier-fichier": "elle rend ce que la page porte et n’écrit rien",
    "geste": "un geste ne s’annule que si tout ce qu’il a écrit tient encore : tests/ecran/test_annulation.py",
    "fiches-lot": "chaque fiche porte sa version : tests/fiches/test_tableau_lot.py",
    "fiches-import": "l’aperçu porte son empreinte : tests/fiches/test_tableau_classeur.py",
    "contacts-importer": "l’aperçu porte son empreinte : tests/equipe/test_import_de_contacts.py",
    "financements-comparer": "elle lit un fichier : tests/financement/test_fichiers_longs.py",
    "dossiers-importer": "l’aperçu porte son empreinte : tests/appels/test_importation.py",
    "financements-importer": "l’aperçu porte son empreinte : tests/financement/test_importation.py",
    "frequentation-importer": "l’aperçu porte son empreinte : tests/tarifs/test_ecrans_tarifs.py",
}
"""The addresses whose form carries no mark, and why nothing is lost there."""
ELSEWHERE = {
    *(name for room in SAISIES_DES_SALLES for name in getattr(room, "ELSEWHERE", ())),
    "activite-import",
    "activite-lot",
    "agenda-importer",
    "aujourdhui",
    "candidater",
    "contacts-importer",
    "dossiers-importer",
    "fiches-import",
    "financements-comparer",
    "financements-importer",
    "frequentation-importer",
    "fiches-lot",
    "geste",
    "atelier-mise-en-page",
    "atelier-ouvrir",
    "invitation",
    "nature-nouvelle",
    "natures-importer",
    "point-dispenser",
    "travail-annuler",
    "verifier",
    "verifier-rapport",
    "verifier-fichier",
    "vue-ouverture",
}
"""What a test of its own room sends: it takes a page made in several steps, or it writes nothing."""

DAY = "2026-03-02"
SAISIES: dict[str, dict[str, Any]] = {
    **{name: typed for room in SAISIES_DES_SALLES for name, typed in getattr(room, "SAISIES", {}).items()},
    "atelier-acte": {"motif": "Le forum change de nom."},
    "atelier-accord": {"decision": "n° 12"},
    "atelier-ajouter": {"titre": "Un axe", "titre_imprime": "Un axe"},
    "atelier-deplacer": {"dans": "O02"},
    "atelier-element": {"titre": "Maison de santé"},
    "atelier-identite": {"departement": "Songe-et-Brume"},
    "atelier-ligne": {"quoi": "action", "dans": "O01", "nom": "Une ligne comprise"},
    "atelier-masquer": {"geste": "masquer", "mots": "prêter"},
    "atelier-organisme": {"geste": "choisir", "organisme": "etat"},
    "atelier-reunir": {"autre": "O01-A02"},
    "atelier-scinder": {"debut": "former douze", "titre": "Former des médiateurs"},
    "contrat-nouveau": {"depuis": "vide", "titre": "Contrat du Ru", "adresse": "ru-2024-2030"},
    "abonnement-nouveau": {"adresse": "autre@exemple.test"},
    "aujourdhui": {},
    "carnet-modifier": {"natures": "atelier", "confiance": "déclarée"},
    "mon-carnet-corriger": {"v_presents": "14"},
    "mon-carnet-noter": {"v_presents": "12", "exact": "on"},
    "mon-carnet-ajouter": {"libelle": "Fournil du Vallon"},
    "mon-carnet-objet": {"etat": "rompu"},
    "objet-ecarter": {"motif": "Saisie deux fois."},
    "objet-modifier": {"libelle": "Autre nom", "initial-libelle": "Lu avant"},
    "objet-noter": {"etat": "rompu"},
    "objet-nouveau": {"libelle": "Fournil du Vallon"},
    "commentaire": {"texte": "Nous y serons."},
    "commentaire-corriger": {"texte": "Qui ferme la salle ?"},
    "commentaire-nouveau": {"texte": "Qui ferme la salle ?"},
    "commentaire-retirer": {"motif": "Hors sujet."},
    "contact-modifier": {"fonction": "directrice fictive"},
    "contact-nouveau": {"nom": "Nina Fictive", "email": "nina@exemple.test"},
    "engagement-rattacher": {},
    "entree-confirmer": {"v_presents": "12", "exact": "on"},
    "entree-contester": {"motif": "double compte"},
    "entree-corriger": {"minutes": "90", "initial-minutes": "30", "exact": "on"},
    "entree-inscrire": {"v_presents": "12", "exact": "on"},
    "fiche-jalon-abandonner": {"motif": "vendu"},
    "fiche-jalon-modifier": {"titre": "Signer le bail", "initial-titre": "Lu avant"},
    "fiche-jalon-nouveau": {"titre": "Signer le bail", "prevu_le": "2030-02-01"},
    "fiche-modifier": {"prochaine_etape": "Signer"},
    "fiche-nouvelle": {"texte": "Signé.", "prochaine_etape": "Ouvrir"},
    "fiche-partenaire-modifier": {"part": "prête la salle", "initial-part": "lu avant"},
    "fiche-partenaire-nouveau": {"part": "finance"},
    "fiche-piece-nouvelle": {"titre": "Plan fictif", "lien": "https://exemple.test/plan"},
    "fiche-statut": {"statut": "en-cours"},
    "flux-donner": {"organisme": "ccas"},
    "fonctionnement": {"sauvegarder": "oui"},
    "habilitation-nouvelle": {"role": "lecture"},
    "invitation-nouvelle": {"email": "nouvelle@exemple.test", "role": "lecture"},
    "mes-coordonnees": {"nom": "Nom Corrigé"},
    "mon-resume": {"rythme": "hebdomadaire"},
    "nature-changer": {"libelle": "Bus autrement"},
    "organisme-fin": {"fin": "2026-03-02", "devenir": "dissolution"},
    "organisme-graphie": {"texte": "Le potager fictif"},
    "organisme-modifier": {"sigle": "MF", "initial-sigle": "LU"},
    "organisme-nouveau": {"nom": "Autre Fictive", "nature": "association"},
    "organisme-renommer": {"nom": "Mains et Terre", "depuis": "2026-03-02"},
    "personne-corriger": {"nom": "Nom Corrigé"},
    "personne-mentions": {"geste": "retirer"},
    "personne-effacer": {"motif": "à sa demande"},
    "point-lien": {"geste": "revoquer"},
    "point-lire": {"geste": "accepter"},
    "point-modifier": {"titre": "Autre titre"},
    "point-nouveau": {"titre": "Hiver fictif", "actions": "on", "reponse_avant": "LATER"},
    "point-repondre": {},
    "point-transmettre": {"nom": "Nina Fictive", "email": "nina@exemple.test"},
    "qualite-admettre": {"motif": "admis", "auteur": "comité de pilotage", "fin": "2099-01-01"},
    "reglages": {
        "contact_nom": "Service fictif",
        "contact_courriel": "service@exemple.test",
        "initial-fuseau": "lu avant",
    },
    "resume": {"rythme": "hebdomadaire"},
    "serie-jour": {"v_presents": "12"},
    "serie-modifier": {"titre": "Autre titre", "initial-titre": "Lu avant"},
    "serie-nouvelle": {"nature": "atelier", "jours": ["1"], "debut": "14:00", "fin": "17:00", "du": DAY},
    "suivi-engagement-definir": {"jugement": "au nombre"},
    "suivi-engagement-dire": {"etat": "en-cours", "texte": "Lancé."},
    "suivi-engagement-preuve-nouvelle": {"titre": "Bilan fictif", "lien": "https://exemple.test/bilan"},
    "suivi-indicateur-cible-modifier": {"valeur": "61", "initial-valeur": "7"},
    "suivi-indicateur-cible-nouvelle": {"le": "2029-12-31", "valeur": "12"},
    "suivi-indicateur-definir": {"unite": "enfants"},
    "suivi-indicateur-releve-contester": {"motif": "double compte"},
    "suivi-indicateur-releve-corriger": {"motif": "faute de frappe", "valeur": "43", "confirmer": "on"},
    "suivi-indicateur-relever": {"debut": DAY, "fin": DAY, "valeur": "12", "source": "registre", "confirmer": "on"},
    "trace-objet-effacer": {"motif": "à sa demande"},
    "trace-personne-effacer": {"motif": "à sa demande"},
    "sigle": {"mots": "Autres mots du sigle"},
    "sigle-nouveau": {"sigle": "ZZB", "mots": "Zone de zèle bénévole"},
    "vue-actualiser": {"adresse": "silence=oui", "initial-adresse": "q=lu"},
    "vue-enregistrer": {"nom": "Une vue", "adresse": "retard=oui"},
    "vue-modifier": {"nom": "Un autre nom", "initial-nom": "Lu avant"},
}
"""What is typed in each form, beside what it holds already."""


def address_of(name: str, espace: EspaceDeContrat, arguments: Arguments) -> str:
    """An address under test."""
    slug = [espace.slug] if "slug" in parameters(name) else []
    return reverse(name, args=[*slug, *arguments.get(name, [])])


def reader_of(name: str) -> str:
    """Who sends the form of an address."""
    found = {routes.LIEN: "visiteur", routes.ADMINISTRATION: "administration", routes.PLATEFORME: "administration"}
    return found.get(stated()[name].droit, "equipe")


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What the form to an address holds, on its own page or on the nearest one above that shows it."""
    parts = url.strip("/").split("/")
    for end in range(len(parts), 1, -1):
        at = f"/{'/'.join(parts[:end])}/" if url.endswith("/") or end < len(parts) else url
        page = client.get(at)
        if page.status_code == 200 and (found := _in(page, at, url)) is not None:
            return found
    raise AssertionError(f"aucune page ne montre le formulaire de {url}")


def _in(page: HttpResponse, at: str, url: str) -> dict[str, Any] | None:
    whole = html.fromstring(page.content)
    for button in whole.iterfind(f".//button[@formaction='{url}']"):
        (form,) = (one for one in whole.forms if one.get("id") == button.get("form"))
        pressed = {button.get("name"): button.get("value") or ""} if button.get("name") else {}
        return dict(form.form_values()) | pressed
    for form in whole.forms:
        if form.method == "POST" and (form.action or at).split("?")[0] == url:
            hidden = {one.name: one.get("value") or "" for one in form.iterfind(".//input[@type='hidden']")}
            return hidden | {name: value or "" for name, value in form.form_values()}
    return None


def filled(name: str, held: dict[str, Any], espace: EspaceDeContrat) -> dict[str, Any]:
    """A form of an address, filled."""
    from datetime import timedelta

    from tenir.core import horloge
    from tests.personnes import person, referent
    from tests.vie import action

    typed = {**held, **SAISIES.get(name, {})}
    later = (horloge.today() + timedelta(days=10)).isoformat()
    typed = {field: later if value == "LATER" else value for field, value in typed.items()}
    if name == "point-repondre":
        typed |= {field: "Nouveau." for field in held if field.endswith("-phrase")}
        typed |= {field: "" for field in held if field.endswith("-statut")}
    if name in {"entree-inscrire", "serie-nouvelle", "affiche-nouvelle", "objet-nouveau"}:
        typed["organisme"] = body("ccas").pk
    for room in SAISIES_DES_SALLES:
        typed |= room.typed_in(name, espace)
    typed |= in_a_line(name)
    if name in {"contact-nouveau", "fiche-partenaire-nouveau"}:
        referent(person("Ida Voisine", signs_in=False), espace, of="bailleur")
        typed["organisation"] = body("bailleur").pk
    if name == "suivi-engagement-rattacher":
        typed["actions"] = [action(espace, "O09-A09").pk]
    if name == "habilitation-nouvelle":
        typed["personne"] = referent(person("Ida Promue"), espace, of="caf").personne_id
    if name == "atelier-document":
        typed["fichier"] = SimpleUploadedFile("projet.txt", b"Contrat de ville\n", "text/plain")
    if name == "activite-importer":
        typed["fichier"] = SimpleUploadedFile("suivi.csv", b"Date;Nombre\n12/03/2026;12\n", "text/csv")
    if name == "fiches-deposer":
        typed["fichier"] = SimpleUploadedFile("fiches.csv", b"Code;Statut\nO01-A01;en cours\n", "text/csv")
    return typed


def in_a_line(name: str) -> dict[str, Any]:
    """Which body is chosen, where one names it."""
    chosen = {"fiche-designer": ("organisme-O91-A01", "ccas"), "fiche-prescripteurs": ("organisations", "ccas")}
    return {field: body(of).pk for field, of in [chosen[name]]} if name in chosen else {}


# What was read still stands, or nothing is written


def test_every_address_that_takes_a_form_is_walked_or_says_why_not() -> None:
    assert len(POSTS) > 50
    assert SANS_MARQUE.keys() <= set(POSTS), "elles n’existent plus"
    assert SAISIES.keys() - {"engagement-rattacher"} <= set(POSTS), "elles n’existent plus"


def test_a_form_read_before_a_change_writes_nothing(as_: Callable[[str], Client], room: Salle) -> None:
    with walk(room.names(name for name in POSTS if name not in SANS_MARQUE)) as steps:
        for name, step in steps:
            with step:
                nothing_is_written_over(name, as_(reader_of(name)), room.arguments)


def nothing_is_written_over(name: str, client: Client, arguments: Arguments) -> None:
    """A form whose page was read before a change."""
    vallon = EspaceDeContrat.objects.get(slug="vallon")
    url = address_of(name, vallon, arguments)
    made_ready(name, vallon)
    typed = filled(name, form_of(client, url), vallon)
    assert MARQUE in typed or "version" in typed or any(field.startswith("initial-") for field in typed), name
    stale = {MARQUE: seal({"ce qui se lisait": "avant"}), "version": "0"}
    with written(APART) as seen:
        answer = client.post(url, {**typed, **stale})
    assert answer.status_code == 409, (name, answer.status_code)
    assert seen.changed() == {}
    assert "Tout laisser comme" in answer.content.decode().replace("\n", " ")


# Sent twice, written once


def test_a_form_sent_twice_writes_once(as_: Callable[[str], Client], room: Salle) -> None:
    with walk(room.names(name for name in POSTS if name not in ELSEWHERE)) as steps:
        for name, step in steps:
            with step:
                twice_is_once(name, as_(reader_of(name)), room.arguments)


def twice_is_once(name: str, client: Client, arguments: Arguments) -> None:
    """A form filled, sent, and sent again."""
    vallon = EspaceDeContrat.objects.get(slug="vallon")
    url = address_of(name, vallon, arguments)
    made_ready(name, vallon)
    read = form_of(client, url)
    typed = filled(name, read, vallon) | {field: value for field, value in read.items() if field.startswith("initial-")}
    assert typed[CHAMP]
    with written(APART) as seen:
        first = client.post(url, typed)
    if first.status_code == 200 and "confirmer" in first.content.decode():
        return  # shown first, then confirmed: the page of its room walks both
    assert first.status_code == 302, (name, first.status_code, first.content.decode()[-3000:])
    assert seen.changed() or name in SANS_MARQUE
    for file in (value for value in typed.values() if isinstance(value, SimpleUploadedFile)):
        file.seek(0)
    with written(APART) as seen:
        again = client.post(url, typed)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert seen.changed() == {}


APART = (Session, EntreeDeCache, Envoi)
"""What a form may write whatever comes of it: sessions, attempts, the keys themselves."""


def test_a_page_taken_back_and_filled_otherwise_is_another_sending(
    as_: Callable[[str], Client], vallon: EspaceDeContrat
) -> None:
    from tests.vie import fiche

    of, client = fiche(vallon, "O71-A01"), as_("equipe")
    url = reverse("fiche-jalon-nouveau", args=[vallon.slug, of.code])
    held = form_of(client, url) | {"prevu_le": "2030-02-01"}
    for title in ("Signer", "Signer", "Ouvrir"):
        assert client.post(url, held | {"titre": title}).status_code == 302
    assert sorted(of.jalons.values_list("titre", flat=True)) == ["Ouvrir", "Signer"]


def test_what_is_refused_is_sent_again_once_mended(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    from tests.vie import fiche

    of, client = fiche(vallon, "O72-A01"), as_("equipe")
    url = reverse("fiche-jalon-nouveau", args=[vallon.slug, of.code])
    held = form_of(client, url)
    assert client.post(url, held | {"titre": "Signer"}).status_code == 422
    assert client.post(url, held | {"titre": "Signer"}).status_code == 422
    assert not Envoi.objects.exists()


def test_the_same_sent_by_another_is_hers(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    from tests.vie import fiche

    of = fiche(vallon, "O73-A01", pilots=("ccas",))
    url = reverse("fiche-nouvelle", args=[vallon.slug, of.code])
    held = form_of(as_("equipe"), url) | {"texte": "Signé."}
    assert as_("equipe").post(url, held).status_code == 302
    assert as_("partenaire").post(url, held).status_code == 302
    assert of.nouvelles.count() == 2


# By construction


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_form_of_a_template_carries_its_key(path: Path) -> None:
    text = path.read_text()
    if any(part in str(path) for part in OF_THE_ACCOUNT):
        return
    assert "{% csrf_token %}" not in text, "{% envoi %} porte le jeton, la clé et la marque"
    forms = TAKES_A_FORM.findall(text)
    assert all("{% envoi" in after for after in forms), path
