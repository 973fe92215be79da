"""Someone erased is nowhere any more: planted in every room, erased, then looked for in every column and every file.

What is left is free text, and the page of her mentions lists all of it. Nothing here knows the tables: they are read
from the database itself.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import resolve

from tenir.acteurs.models import Personne
from tenir.core import courriels, horloge
from tenir.core.contenus import messages_in, text_in
from tenir.core.models import Courriel, Envoi, Execution, TacheDeFond, Travail
from tenir.core.oubli import Marques, read_models, text_columns
from tenir.core.piece import by_name
from tenir.core.sauvegarde.sauvegarder import create_backup
from tenir.core.trace import Auteur, Fait, breaks, record
from tenir.ecran.models import VueNommee
from tenir.ecran.services.vues import create_vue
from tenir.equipe.services.contacts import Contact, record_contact
from tenir.equipe.services.invitations import accept, invite
from tenir.fiches.models import ImportDeFiches
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.coordonnees import correct_person
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.mentions import HERS, left, settle, strike
from tenir.habilitations.models import EspaceDeContrat, Mention
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of
from tenir.habilitations.traces import EffacementRefuse
from tenir.points.models import Destinataire
from tenir.points.services.envoi import save_point, send_point
from tenir.points.services.reponses import Reponse, answer
from tests import routes
from tests.codes import CODES
from tests.personnes import acces, body, contract, person
from tests.vecu import load, walkers
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases
NAME, BEFORE, MAIL, FORMER, PHONE = (
    "Ida Rarissime", "Ida Introuvable", "ida@rare.test", "ida.avant@rare.test", "05 57 00 00 01",
)  # fmt: skip
NEEDLES = ("rarissime", "introuvable", "@rare.test", "%40rare.test", PHONE, PHONE.replace(" ", ""))
EMPTY = {"feuilles": [], "origine": None, "ignorees": []}
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Partout:
    """Someone in every room, who administers, and the contract."""

    ida: Personne
    ada: Acces
    espace: EspaceDeContrat


def holds(text: str) -> bool:
    told = text.casefold()
    return any(needle in told for needle in NEEDLES)


def tables() -> Iterator[tuple[str, str, str, str]]:
    """Every value of every column of every table, as the database names and holds them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (its own tables)
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                told = dict(zip(names, row, strict=True))
                yield from ((table, name, str(told.get("id", "")), str(value)) for name, value in told.items())


def named_in_base() -> set[Place]:
    return {(table, name, pk) for table, name, pk, value in tables() if holds(value)}


def listed(personne: Personne) -> set[Place]:
    """Where the page says that she is named, as the database names it."""
    rows = Mention.objects.filter(personne=personne)
    found = {model._meta.label: model for model in read_models()}
    return {(found[one.modele]._meta.db_table, one.champ, one.cle) for one in rows}


def named_in_files(folder: Path) -> list[str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".sqlite3"]
    return [path.name for path in files if holds(text_in(path.read_bytes())) or holds(messages_in(path.read_bytes()))]


@pytest.fixture
def var(settings, tmp_path: Path) -> Path:
    """The folder of the data, where messages are files."""
    settings.VAR, settings.MEDIA_ROOT, settings.SAUVEGARDES = tmp_path, tmp_path / "documents", ""
    settings.RELEVES = tmp_path / "releves.csv"
    settings.COURRIELS = settings.EMAIL_FILE_PATH = tmp_path / "courriels"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return tmp_path


@pytest.fixture
def partout(db: None, var: Path) -> Partout:
    """She is a contact, invited, signed in, asked, answered, named by others, in the queue and in files."""
    espace, ada = contract("vallon", etat="signe"), acces("Ada Sommet", Role.ADMINISTRATION)
    record_contact(by=ada, espace=espace, contact=Contact(BEFORE, body("ccas"), "conseillère", FORMER, PHONE))
    sent = invite(by=ada, espace=espace, email=FORMER, role=Role.PARTENAIRE, organisation=body("ccas"))
    ida = accept(jeton=sent.jeton, nom=BEFORE)
    ida = correct_person(by=ada, personne=ida, nom=NAME, email=MAIL, telephone=PHONE)
    asked_for_news(ada, espace)
    written_by_others(ada, ida, espace)
    kept_by_the_machine(ada, espace)
    Client().force_login(ida.utilisateur)
    return Partout(ida, ada, espace)


def asked_for_news(ada: Acces, espace: EspaceDeContrat) -> None:
    """A point d’étape asks her, under her address of today and that of before; she answers in her name."""
    fiche(espace, pilots=("ccas",))
    given = {"titre": "Automne", "mot": "", "reponse_avant": horloge.today(espace) + timedelta(days=15)}
    send_point(by=ada, point=save_point(by=ada, espace=espace, given=given))
    courriels.send_due(horloge.now())
    asked = Destinataire.objects.select_related("point__espace").get()
    question = asked.questions.get()
    answer(destinataire=asked, question=question, reponse=Reponse(phrase=f"Appelez {NAME} au 05.57.00.00.01."))
    Courriel.objects.create(
        cle="avant", genre="resume", cible="0/2026-09", etat="refuse", prevu_le=horloge.now(), pas_avant=horloge.now(),
        adresse=FORMER, erreur=f"adresse refusée (« <{FORMER}> unknown »)",
    )  # fmt: skip


def written_by_others(ada: Acces, ida: Personne, espace: EspaceDeContrat) -> None:
    """Free texts, a shared view, a file, a trace: by Ada."""
    given = espace.fiches.get()
    give_news(by=ada, fiche=given, texte="Vu RARISSIME Ida, qui suit.")
    given.pieces.create(titre=f"Note de Mme Rarissime ({MAIL})", nom="n.docx", fichier=ContentFile(docx(), "n.docx"))
    create_vue(
        by=ada,
        espace=espace,
        liste="fiches",
        nom=f"Pour {NAME}",
        adresse="q=ida%40rare.test",
        niveau=VueNommee.Pour.TOUS,
    )
    with transaction.atomic():
        facts = [
            Fait("action", "O01-A01", f"pièce « {NAME} »", "", MAIL),
            Fait("action", "O01-A01", f"de {NAME}", NAME, ""),
        ]
        record(trace_of(espace), Auteur(ada.personne.pk), facts, motif=f"Dit par {BEFORE}.")


def kept_by_the_machine(ada: Acces, espace: EspaceDeContrat) -> None:
    """An import that waits, a work and its files, what a task said, where a form led."""
    ImportDeFiches.objects.create(espace=espace, par=ada.personne, nom="retour.xlsx", contenu={**EMPTY, "x": [NAME]})
    made = Travail(genre="essai", titre="Lecture", acteur=ada.personne.pk, chaine=trace_of(espace), retour="/")
    made.demande_le = made.fin = horloge.now()
    made.etat, made.nom_du_fichier = Travail.Etat.FINI, "liste.csv"
    made.fichier.save("liste.csv", ContentFile(f"nom\n{NAME}\n".encode()), save=False)
    made.save()
    task = TacheDeFond.objects.create(nom="courriels", prochaine_le=horloge.now())
    Execution.objects.create(
        tache=task, debut=horloge.now(), fin=horloge.now(), etat="reussie", bilan=f"1 refusé ({MAIL})."
    )
    Envoi.objects.create(empreinte="0" * 64, suite="/contacts/?q=ida%40rare.test", le=horloge.now())


def docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"<w:p><w:t>Ida</w:t> <w:t>Rarissime</w:t></w:p><w:p>{MAIL}</w:p>")
    return held.getvalue()


def erase(found: Partout, capture) -> None:
    with capture(execute=True):
        erase_person(by=found.ada, personne=found.ida, motif="À sa demande.", vide=True)


def test_she_is_planted_in_every_room(partout: Partout, var: Path) -> None:
    planted = {table.split("_")[0] for table, *_ in named_in_base()}
    assert {"acteurs", "core", "ecran", "fiches", "habilitations", "points"} <= planted
    assert {"courriels", "documents"} <= {path.name for path in var.iterdir()}
    assert len(named_in_files(var)) >= 3


def test_every_column_loses_her_but_the_free_texts_that_are_listed(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    found = named_in_base()
    assert found <= listed(partout.ida)
    assert {(table, name) for table, name, _ in found} == {
        ("points_question", "phrase"),
        ("fiches_nouvelle", "texte"),
        ("fiches_piecedefiche", "titre"),
        ("ecran_vuenommee", "nom"),
        ("ecran_vuenommee", "cle"),
        ("ecran_vuenommee", "adresse"),
        ("core_entreedetrace", "champ"),
        ("core_entreedetrace", "avant"),
        ("core_entreedetrace", "apres"),
        ("core_entreedetrace", "motif"),
    }
    assert list(breaks()) == []


def test_no_file_of_the_data_names_her_but_those_that_people_gave(
    partout: Partout, var: Path, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    assert [Path(name).suffix for name in named_in_files(var)] == [".docx"]
    assert any(column == "fichier" for _, column, _ in listed(partout.ida))


def test_a_backup_made_after_holds_nothing_but_what_is_listed(
    partout: Partout, var: Path, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    take_all_off(partout)
    for piece in partout.espace.fiches.get().pieces.all():
        piece.fichier.delete(save=False)
        piece.delete()
    create_backup(var / "apres.zip", on=horloge.now(), reglages={})
    assert named_in_files(var) == []


def test_the_log_says_nothing_of_her(partout: Partout, caplog, django_capture_on_commit_callbacks) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.WARNING)
        erase(partout, django_capture_on_commit_callbacks)
        courriels.send_due(horloge.now() + timedelta(days=20))
    assert not holds(caplog.text)


def test_her_links_end_and_what_waited_for_her_is_called_off(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    assert Destinataire.objects.get().revoque_le is not None
    assert not Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER).exists()
    assert set(Courriel.objects.values_list("adresse", flat=True)) == {""}


def take_all_off(found: Partout) -> None:
    """Take her name off every text that the page offers."""
    for mention in Mention.objects.filter(personne=found.ida).order_by("pk"):
        places = {one.numero: one for one in left(found.ida)}
        if mention.pk in places and places[mention.pk].retirable:
            strike(by=found.ada, mention=mention, lu=places[mention.pk].lu)


def test_people_take_her_off_the_texts_and_off_what_the_trace_kept_of_them(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    take_all_off(partout)
    assert named_in_base() == set()
    assert [one.champ for one in left(partout.ida)] == ["fichier"]
    assert partout.espace.fiches.get().nouvelles.get().texte == "Vu [effacé], qui suit."
    assert list(breaks()) == []


def test_each_mention_leads_to_a_page_that_exists_and_shows_its_words(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    for place in left(partout.ida):
        assert resolve(place.url.split("?")[0])
        assert place.champ == "fichier" or holds(place.extrait)


def test_a_text_changed_elsewhere_leaves_the_list_and_the_trace_of_it_loses_its_values(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    erase(partout, django_capture_on_commit_callbacks)
    news = partout.espace.fiches.get().nouvelles.get()
    before, news.texte = news.texte, "Vu quelqu’un."
    news.save()
    with transaction.atomic():
        record(trace_of(partout.espace), Auteur(1), [Fait("fiche action", "O01-A01", "nouvelle", before, news.texte)])
    settle(horloge.now())
    assert ("fiches_nouvelle", "texte", str(news.pk)) not in listed(partout.ida)
    assert not any(before in value for table, _, _, value in tables() if table == "core_entreedetrace")
    assert list(breaks()) == []


def test_what_others_share_with_her_stays_theirs(partout: Partout, django_capture_on_commit_callbacks) -> None:
    other = person("Gil Voisin", signs_in=False)
    Personne.objects.filter(pk=other.pk).update(email=MAIL, telephone="0557000001")
    Courriel.objects.create(
        cle="gil", genre="resume", cible=f"{other.pk}/2026-09", prevu_le=horloge.now(), pas_avant=horloge.now(),
        adresse=MAIL,
    )  # fmt: skip
    erase(partout, django_capture_on_commit_callbacks)
    assert Courriel.objects.get(cle="gil").adresse == MAIL
    other.refresh_from_db()
    assert (other.email, other.telephone) == (MAIL, "0557000001")


def test_a_namesake_is_asked_about_never_struck_by_the_machine(
    partout: Partout, django_capture_on_commit_callbacks
) -> None:
    person("Rarissime Ida", signs_in=False)
    Execution.objects.update(bilan=f"{NAME} : un résumé.")
    erase(partout, django_capture_on_commit_callbacks)
    assert Execution.objects.get().bilan == f"{NAME} : un résumé."


def test_a_work_under_way_that_names_her_is_waited_for(partout: Partout, django_capture_on_commit_callbacks) -> None:
    until = horloge.now() + timedelta(minutes=5)
    Travail.objects.update(
        etat="en-cours", fin=None, fichier="", nom_du_fichier="", phrase=NAME, bail="m", bail_jusqu_a=until
    )
    with pytest.raises(EffacementRefuse, match="en cours"):
        erase(partout, django_capture_on_commit_callbacks)
    assert Personne.objects.get(pk=partout.ida.pk).nom == NAME


# ── Any column of any table ───────────────────────────────────────────────────────────────────────────────────────

SAID = f"Écrire à {NAME} ({MAIL}, {PHONE})."


def stained() -> Iterator[tuple[str, str]]:
    """Write that text in each column that takes it, of one row of each table: yield where it was."""
    for model in read_models():
        row = model._base_manager.order_by("pk").first()
        for field in text_columns(model) if row is not None and model._meta.label not in HERS else ():
            code = field.primary_key or field.name in CODES.get(model.__name__, ())
            if not isinstance(field, models.FileField) and not code and _stain(model, row.pk, field):
                yield model._meta.label, field.attname


def _stain(model: type[models.Model], pk: object, field: models.Field) -> bool:
    value = [SAID] if isinstance(field, models.JSONField) else SAID[: field.max_length]
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{field.attname: value})
    except DatabaseError:  # a constraint allows no such text: none is ever there
        return False
    return True


def test_whatever_column_names_her_is_emptied_or_listed(
    db: None, var: Path, django_capture_on_commit_callbacks
) -> None:
    espace, ada = load(), acces("Ada Sommet", Role.ADMINISTRATION)
    walkers(espace)
    for module in routes.rooms().values():
        routes.arguments_of(module, espace)
    ida = Personne.objects.create(nom=NAME, email=MAIL, telephone=PHONE)
    with transaction.atomic():
        where = dict.fromkeys(stained())
    assert len(where) > 100
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=ada, personne=ida, motif="À sa demande.", vide=True)
    assert named_in_base() - listed(ida) == set()


def test_every_address_that_a_model_keeps_is_declared_by_its_room_or_is_somebody_s_own() -> None:
    declared = by_name("personal")
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in read_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField)
        and model._meta.label not in HERS
        and field.name not in declared.get(model._meta.label, ())
    }
    assert kept == {"habilitations.EspaceDeContrat.contact_courriel"}, "une ligne dans Piece(personal=…) de sa salle"


@pytest.mark.parametrize("label", sorted(by_name("where")))
def test_what_is_changed_somewhere_is_a_table(label: str) -> None:
    assert label in {model._meta.label for model in read_models()}


MARKS = Marques(["Hélène Le Bœuf"], ["helene@rare.test"], ["+33 5 57 00 00 02"], unique=True)


@pytest.mark.parametrize(
    "text",
    [
        "Vu Hélène Le Bœuf.", "LE BOEUF Hélène", "Mme Le Boeuf, helene", "Madame Bœuf", "le bœuf, hélène",
        "HELENE@RARE.TEST", "?q=helene%40rare.test", "0557000002", "05.57.00.00.02", "+33 (0)5 57 00 00 02",
        "0033557000002", "He\u0301le\u0300ne Le Bœuf",
    ],
)  # fmt: skip
def test_she_is_found_however_she_is_written(text: str) -> None:
    assert MARKS.names(text)
    assert MARKS.passages(text)


@pytest.mark.parametrize(
    "text", ["Le bœuf d’Hélène", "Hélène", "xhelene@rare.test", "helene@rare.testament", "10557000002", "055700000", ""]
)
def test_others_are_not_her(text: str) -> None:
    assert not MARKS.names(text)
