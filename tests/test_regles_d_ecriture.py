"""A rule is in the function that writes: the same fault gets the same sentence at every door.

The rules of a fiche are found from its constraints and its service; one that is new fails until its fault is said.
"""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import CheckConstraint
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.fiches.classeurs import exported, write
from tests.formulaires import fill, text
from tests.personnes import person, referent
from tests.vie import fiche

As = Callable[[str], Client]
pytestmark = pytest.mark.deux_bases

TOMORROW = horloge.today() + timedelta(days=1)
FAUTES: dict[str, dict[str, Any]] = {
    "Dites pourquoi l’action est suspendue.": {"statut": "suspendue"},
    "Dites pourquoi l’action est abandonnée.": {"statut": "abandonnee"},
    "Le calendrier prévu se termine avant de commencer.": {"debut_prevu": "2026-05-02", "fin_prevue": "2026-05-01"},
    "Le calendrier révisé se termine avant de commencer.": {"debut_revise": "2026-05-02", "fin_revisee": "2026-05-01"},
    "Le calendrier réel se termine avant de commencer.": {"debut_reel": "2026-01-02", "fin_reelle": "2026-01-01"},
    "Une date réelle est un jour passé": {"debut_reel": TOMORROW.isoformat()},
}
"""For each rule of a fiche, what breaks it."""
JAMAIS_ATTEINTES = {
    "Ce statut n’existe pas.": "chaque porte n’offre que les statuts",
    "Un statut déclaré l’est depuis un jour dit.": "le service écrit ce jour",
}
WORDS = {"suspendue": "suspendue", "abandonnee": "abandonnée"}
HEADINGS = {
    "statut": "Statut",
    "debut_prevu": "Début prévu",
    "fin_prevue": "Fin prévue",
    "debut_revise": "Début révisé",
    "fin_revisee": "Fin révisée",
    "debut_reel": "Début réel",
    "fin_reelle": "Fin réelle",
}


def rules() -> Iterator[str]:
    """Every sentence by which a fiche refuses to be written: of its constraints, and of its service."""
    for one in FicheAction._meta.constraints:
        if isinstance(one, CheckConstraint):
            yield str(one.violation_error_message)
    service = ast.parse(Path("src/tenir/fiches/services/fiche.py").read_text())
    for node in ast.walk(service):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("Une date réelle"):
            yield node.value


def said(answer: HttpResponse) -> str:
    """What a page says; nothing of one that leads elsewhere."""
    return text(answer) if answer.content else ""


def by_its_page(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    return said(fill(as_("equipe"), reverse("fiche-modifier", args=[of.espace.slug, of.code]), **fault))


def by_its_status(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    return said(fill(as_("equipe"), reverse("fiche-statut", args=[of.espace.slug, of.code]), **fault))


def by_its_news(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    url = reverse("fiche-nouvelle", args=[of.espace.slug, of.code])
    return said(fill(as_("equipe"), url, texte="Dit.", **fault))


def in_bulk(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    given = {"etape": "confirmer", "codes": [of.code], f"version-{of.code}": "1", "pourquoi": "comité", **fault}
    return said(as_("equipe").post(reverse("fiches-lot", args=[of.espace.slug]), given, follow=True))


def in_bulk_preview(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    given = {"etape": "apercu", "codes": [of.code], "pourquoi": "comité", **fault}
    return said(as_("equipe").post(reverse("fiches-lot", args=[of.espace.slug]), given))


def by_the_workbook(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    cells = {HEADINGS[name]: WORDS.get(value, value) for name, value in fault.items()}
    book = SimpleUploadedFile("retour.xlsx", write(exported(by, of.espace), "Fiches", of.code, cells))
    page = as_("equipe").post(reverse("fiches-deposer", args=[of.espace.slug]), {"fichier": book}, follow=True)
    return said(page)


def by_the_link(as_: As, of: FicheAction, fault: dict[str, Any], by: Acces) -> str:
    from tenir.points.models import Destinataire
    from tenir.points.services.envoi import save_point, send_point
    from tenir.points.services.liens import token_of

    referent(person("Ida Relais", signs_in=False), of.espace)
    asked_for = {"titre": "Automne", "actions": True, "reponse_avant": TOMORROW}
    send_point(by=by, point=save_point(by=by, espace=of.espace, given=asked_for))
    asked = Destinataire.objects.get()
    question = asked.questions.get()
    given = {f"q{question.pk}-{name}": value for name, value in fault.items()}
    client = as_("visiteur")
    return said(client.post(reverse("point-repondre", args=[token_of(asked), question.pk]), given))


CALENDAR = {"debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle"}
PORTES: dict[str, tuple[Callable[..., str], set[str]]] = {
    "sa page": (by_its_page, {"statut", *CALENDAR}),
    "son statut": (by_its_status, {"statut"}),
    "une nouvelle": (by_its_news, {"statut"}),
    "en lot, à l’aperçu": (in_bulk_preview, {"statut", *CALENDAR}),
    "le classeur": (by_the_workbook, {"statut", *CALENDAR}),
    "le lien du partenaire": (by_the_link, {"statut"}),
}
"""Each door by which a fiche is written, and the fields that it takes."""
CELLS = [
    (rule, door) for rule, fault in FAUTES.items() for door, (_, fields) in PORTES.items() if fault.keys() <= fields
]


def test_every_rule_of_a_fiche_has_its_fault() -> None:
    for rule in rules():
        assert rule in JAMAIS_ATTEINTES or any(rule.startswith(known) for known in FAUTES), rule


def test_every_door_of_a_fiche_is_known() -> None:
    """A module that calls the service, and is not a door of the table, fails here."""
    called = re.compile(r"\b(update_fiche|update_bulk|give_news_and_update|apply_import)\(")
    found = {str(path) for path in Path("src/tenir").rglob("*.py") if called.search(path.read_text())}
    assert {path.removeprefix("src/tenir/") for path in found} == {
        "fiches/ecrans/agir.py",  # the line of a list: who carries it
        "fiches/services/retards.py",  # the line of a list: what is overdue
        "fiches/ecrans/page/edition.py",  # its page, its status, a news
        "fiches/ecrans/tableau/lot.py",  # in bulk
        "fiches/ecrans/tableau/classeur.py",  # the workbook
        "fiches/services/fiche.py",
        "fiches/services/imports.py",  # the workbook
        "fiches/services/lot.py",  # in bulk
        "fiches/services/nouvelles.py",  # a news
        "points/services/lecture.py",  # the link, once accepted
        "demonstration/vie/jouer.py",  # a fictitious life
    }


@pytest.mark.parametrize(("rule", "door"), CELLS)
def test_a_fault_gets_the_same_sentence_at_every_door(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne], rule: str, door: str
) -> None:
    of = fiche(vallon, pilots=("ccas",))
    said = PORTES[door][0](as_, of, FAUTES[rule], acces_of(people["equipe"]))
    assert rule in said, said
    of.refresh_from_db()
    assert (of.statut, of.version) == ("", 1)


def test_the_reason_of_a_status_goes_with_it_at_every_door(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    for rank, door in enumerate((by_its_page, by_its_status, in_bulk), start=1):
        of = fiche(vallon, f"O01-A0{rank}", statut="suspendue", motif="Le bail est dénoncé.")
        door(as_, of, {"statut": "en-cours"}, acces_of(people["equipe"]))
        of.refresh_from_db()
        assert (of.statut, of.motif) == ("en-cours", ""), door.__name__


# No rule is in a form, nor in a view

OF_FORMS = {
    "acteurs/formulaires.py": "la connexion : écrite par une bibliothèque",
    "activite/ecrans/importation/formulaires.py": "elle lit un tableau, et ce que dit chaque colonne",
    "activite/ecrans/carnet/formulaires.py": "un autre jour se donne",
    "activite/ecrans/carnet/mois.py": "un nombre ou « annulée » ; au moins une séance, de celles qui attendent",
    "activite/ecrans/natures/champs.py": "ce que dit la vérification d’une nature, à côté de sa question",
    "activite/ecrans/natures/formulaire.py": "ce que dit la vérification d’une nature, à côté de sa question",
    "activite/ecrans/natures/importation.py": "elle lit un fichier : du texte, pas trop long",
    "activite/ecrans/series/formulaires.py": "elle lit des jours cochés ; la contrainte en demande un",
    "atelier/ecrans/gabarit.py": "elle demande une lecture : une étiquette et ce qu’elle annonce, des noms",
    "bureau/ecrans/papier.py": "elle n’écrit rien : un jour passé",
    "conseil/ecrans/formulaires.py": "un nombre de sièges laissé vide n’en réserve aucun",
    "core/nombres.py": "elle lit un nombre",
    "droits/ecrans/formulaires.py": "elle n’écrit rien : une réponse au moins ; une case cochée",
    "ecran/formulaires.py": "elle reprend ce que le service refuse",
    "financement/ecrans/publication.py": "elle ôte des espaces et met en capitales, sans rien refuser",
    "equipe/ecrans/contacts/fin.py": "deux façons de désigner une personne : une seule à la fois",
    "equipe/ecrans/contacts/vues.py": "elle lit un tableau, ou ce que le service refuse",
    "fiches/ecrans/tableau/lot.py": "un champ rempli ou vidé, pas les deux ; quelque chose à changer",
    "marches/ecrans/formulaires.py": "une photographie se remplace ou se retire, pas les deux",
    "public/histoire/vues.py": "elle n’écrit rien : un jour sans version",
    "tarifs/ecrans/formulaire_de_grille.py": "elle lit des lignes : des nombres bornés, un prix à chaque tranche",
    "tarifs/ecrans/formulaires.py": "elle lit un nombre entier",
    "public/verifier.py": "elle n’écrit rien : un document à lire",
}
"""The forms and views that refuse by themselves, and why it is no rule of what is written."""
REFUSES = re.compile(r"^\s+raise (?:forms\.)?ValidationError\(|def clean(?:_\w+)?\(self|add_error\([^,]+, f?\"", re.M)


def test_no_form_and_no_view_holds_a_rule() -> None:
    screens = [path for path in Path("src/tenir").rglob("*.py") if of_a_screen(path)]
    found = {str(path).removeprefix("src/tenir/") for path in screens if REFUSES.search(path.read_text())}
    assert found <= OF_FORMS.keys(), sorted(found - OF_FORMS.keys())


def of_a_screen(path: Path) -> bool:
    """Whether a module is a form or a view."""
    return "ecrans" in path.parts or "public" in path.parts or path.name in {"formulaires.py", "nombres.py"}
