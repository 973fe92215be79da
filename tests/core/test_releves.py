"""The trace is proved by what is outside the database: heads that are gone, cut or rewritten are a failure."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.db import transaction

from tenir.activite.models import Entree
from tenir.cli.main import main
from tenir.core import courriels, horloge, nuit, releves
from tenir.core.models import ChaineDeTrace, Courriel, EntreeDeTrace, RegistreDesReleves
from tenir.core.piece import by_name, pieces
from tenir.core.sommeil import fall_asleep
from tenir.core.taches import TacheEchouee
from tenir.core.tenue import differences
from tenir.core.trace import EACH, Auteur, Fait, _digest_of, _values_digest, breaks, record
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.mentions import digest, strike
from tenir.habilitations.models import EspaceDeContrat, Mention
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of
from tests.activite.registre import entree
from tests.personnes import acces, contract
from tests.vie import engagement, fiche, indicateur

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
CHAIN = "contrat/exemple"
WHOLE = "La trace est entière"


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    """A folder of its own, with a second path elsewhere."""
    settings.VAR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "var" / "documents"
    settings.RELEVES = tmp_path / "var" / "releves-de-la-trace.csv"
    settings.RELEVES_COPIE = settings.RELEVES_ADRESSE = ""
    settings.VAR.mkdir()
    return tmp_path


@pytest.fixture
def second(settings, var: Path) -> Path:
    """A second path."""
    settings.RELEVES_COPIE = str(var / "ailleurs" / "releves.csv")
    return Path(settings.RELEVES_COPIE)


def leave(count: int = 3, chaine: str = CHAIN, start: int = 0) -> None:
    with transaction.atomic():
        record(chaine, Auteur(7), [Fait("action", f"A{start + n}", "titre", "", f"valeur {n}") for n in range(count)])


def night() -> None:
    nuit.keep_heads(horloge.now())


def tenir(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def refused(*words: object, code: int = 1) -> str:
    """What is said, with 1 for a trace that is not whole, 2 for what cannot be read or done."""
    answer = tenir("verifier-trace", *words)
    assert answer.exit_code == code, answer.output
    assert WHOLE not in answer.output
    return answer.output


def rehash(chaine: str = CHAIN) -> None:
    """Write the whole history again, as whoever holds the database and the code can."""
    head, before = ChaineDeTrace.objects.get(nom=chaine), ""
    for entry in EntreeDeTrace.objects.filter(chaine=head).order_by("rang"):
        entry.precedente = before
        entry.empreinte_des_valeurs = _values_digest(entry)
        before = entry.empreinte = _digest_of(entry)
        entry.save()
        head.longueur, head.tete = entry.rang, entry.empreinte
    head.save()


def forge(rang: int = 1) -> None:
    EntreeDeTrace.objects.filter(rang=rang).update(apres="autre chose")
    rehash()
    assert list(breaks()) == []


def cut(last: int = 1) -> None:
    EntreeDeTrace.objects.order_by("-rang").first().delete()
    rehash()
    assert list(breaks()) == []


def file() -> Path:
    return releves.main_file()


@pytest.fixture
def kept(second: Path) -> Path:
    """Three nights of heads, here and on the second path."""
    for n in range(3):
        leave(start=3 * n)
        night()
    assert WHOLE in tenir("verifier-trace").output
    return file()


# ── The file ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_is_gone_is_a_failure(kept: Path) -> None:
    kept.unlink()
    assert "Les relevés de la trace manquent : la base en a compté 3" in refused()


@pytest.mark.parametrize("held", ["", "le,chaine,rang,empreinte,precedente\n"])
def test_a_file_that_is_emptied_is_a_failure(kept: Path, held: str) -> None:
    kept.write_text(held)
    assert "la base en a compté 3" in refused()


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_line_that_is_removed_is_a_failure(kept: Path, settings, rank: int) -> None:
    settings.RELEVES_COPIE = ""
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text("".join(lines[:rank] + lines[rank + 1 :]))
    assert "la base en a compté 3" in refused()


def test_a_line_that_is_removed_shows_in_the_chain_of_heads_itself(kept: Path, settings) -> None:
    settings.RELEVES_COPIE = ""
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text("".join(lines[:2] + lines[3:]))
    RegistreDesReleves.objects.update(nombre=2)
    assert "ne suit pas celui d’avant" in refused()


def test_a_last_line_rewritten_is_not_the_one_that_was_counted(kept: Path, settings) -> None:
    settings.RELEVES_COPIE = ""
    kept.write_text(kept.read_text().replace(",9,", ",8,"))
    assert "Le relevé n° 3 n’est pas celui que la base a compté." in refused()


def test_new_heads_hide_no_loss(kept: Path, second: Path) -> None:
    kept.unlink()
    second.unlink()
    with pytest.raises(TacheEchouee, match="second fichier"):
        night()
    refused()


def test_a_night_says_that_heads_are_lost(kept: Path, settings) -> None:
    settings.RELEVES_COPIE = ""
    kept.unlink()
    with pytest.raises(TacheEchouee, match="manquent"):
        night()
    with pytest.raises(TacheEchouee, match="manquent"):
        night()


def test_a_head_cut_by_a_full_disk_leaves_nothing_behind(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = kept.read_bytes()

    def full(number: int) -> None:
        os.ftruncate(number, len(held) + 10)  # what the disk still took
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(releves.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            releves.keep_now()
    assert kept.read_bytes() == held
    releves.keep_now()
    assert WHOLE in tenir("verifier-trace").output


def test_a_file_that_is_no_record_is_refused(kept: Path) -> None:
    kept.write_text("n’importe,quoi\n1,2\n")
    assert "ce n’est pas un relevé de la trace" in refused(code=2)


# ── History rewritten, end cut ────────────────────────────────────────────────────────────────────────────────────


def test_history_rewritten_shows_against_the_heads(kept: Path) -> None:
    forge()
    assert "n’est pas celle qui avait été relevée" in refused()


def test_history_rewritten_with_the_heads_removed_shows(kept: Path) -> None:
    forge()
    kept.unlink()
    assert "manquent" in refused()


def test_history_rewritten_with_heads_and_their_count_removed_shows_on_the_second_path(kept: Path) -> None:
    forge()
    kept.unlink()
    RegistreDesReleves.objects.all().delete()
    assert "Le second fichier garde 3 relevés que le premier n’a plus." in refused()


def test_a_long_history_without_any_head_is_a_failure() -> None:
    leave(EACH)
    assert f"{CHAIN} : {EACH} entrées, et aucun relevé depuis l’entrée 0" in refused()


def test_an_end_cut_with_the_chain_adjusted_shows(kept: Path) -> None:
    cut()
    assert "une fin relevée auparavant a été coupée" in refused()


@pytest.mark.parametrize("act", [cut, lambda: forge(EACH)], ids=["cut", "rewritten"])
def test_what_is_done_since_the_last_night_shows_once_the_nth_is_reached(
    act: Callable[[], None], django_capture_on_commit_callbacks
) -> None:
    leave(3)
    night()
    with django_capture_on_commit_callbacks(execute=True):
        leave(EACH - 3, start=3)
    assert len(releves.lines_of(file())) == 2
    assert WHOLE in tenir("verifier-trace").output
    act()
    assert "relevée" in refused()


def test_what_the_database_alone_still_tells_is_said() -> None:
    leave(3)
    night()
    leave(2, start=3)
    assert "Depuis le dernier relevé : 2\xa0entrées, que la base seule dit encore." in tenir("verifier-trace").output


def test_heads_that_cannot_be_written_stop_no_one_from_working(
    second: Path, django_capture_on_commit_callbacks, caplog
) -> None:
    second.parent.write_text("un fichier, là où il faut un dossier")
    with django_capture_on_commit_callbacks(execute=True):
        leave(EACH)
    assert EntreeDeTrace.objects.count() == EACH
    assert len(releves.lines_of(file())) == 1
    assert "ne s’écrit pas" in caplog.text or "ne se lit pas" in caplog.text
    assert "second fichier" in refused()


# ── The second path, and the message ──────────────────────────────────────────────────────────────────────────────


def test_the_second_path_says_what_the_first_says(kept: Path, second: Path) -> None:
    assert second.read_text() == kept.read_text()


@pytest.mark.parametrize("act", [Path.unlink, lambda path: path.write_text("")], ids=["removed", "emptied"])
def test_a_second_path_that_lost_heads_is_a_failure(kept: Path, second: Path, act: Callable[[Path], object]) -> None:
    act(second)
    assert "Des relevés manquent au second fichier : 3 y étaient" in refused()
    with pytest.raises(TacheEchouee):
        night()


def test_a_second_path_given_later_receives_all_of_them(settings, var: Path) -> None:
    leave()
    night()
    settings.RELEVES_COPIE = str(var / "plus-tard.csv")
    night()
    assert (var / "plus-tard.csv").read_text() == file().read_text()


def test_the_two_paths_differ_where_one_was_rewritten(kept: Path, second: Path) -> None:
    second.write_text(second.read_text().replace(",3,", ",2,", 1))
    assert "Les deux fichiers ne disent pas le même relevé n° 1." in refused()


@pytest.fixture
def sent(settings, tmp_path: Path) -> Path:
    """The message of a night, kept as a file."""
    settings.RELEVES_ADRESSE = "archives@exemple.test"
    leave()
    night()
    courriels.send_due(horloge.now())
    (tmp_path / "message.eml").write_bytes(mail.outbox[-1].message().as_bytes())
    return tmp_path / "message.eml"


def test_each_night_sends_what_was_not_sent_yet(sent: Path) -> None:
    assert mail.outbox[0].to == ["archives@exemple.test"]
    leave(start=3)
    night()
    courriels.send_due(horloge.now())
    told = [releves.heads_in(one.body) for one in mail.outbox]
    assert [[tete.rang for tete in heads] for heads in told] == [[3], [6]]


def test_a_copy_that_sleeps_sends_no_head(settings) -> None:
    settings.RELEVES_ADRESSE = "archives@exemple.test"
    fall_asleep()
    leave()
    night()
    assert not Courriel.objects.exists()


def test_a_message_kept_proves_a_trace_whose_heads_were_all_forged(sent: Path, settings) -> None:
    assert WHOLE in tenir("verifier-trace", "--contre", sent).output
    forge()
    file().unlink()
    RegistreDesReleves.objects.all().delete()
    night()
    assert tenir("verifier-trace").exit_code == 0  # nothing left on this machine says it
    assert "n’est pas celle qui avait été relevée" in refused("--contre", sent)


def test_a_message_without_heads_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "autre.eml").write_text("Subject: bonjour\n\nRien.\n")
    assert "ne contient aucun relevé" in refused("--contre", tmp_path / "autre.eml", code=2)


# ── Beginning again, restoring ────────────────────────────────────────────────────────────────────────────────────


def test_one_begins_again_by_an_act_that_the_trace_tells(kept: Path, second: Path) -> None:
    kept.unlink()
    answer = tenir("verifier-trace", "--repartir", "--motif", "Disque perdu.")
    assert answer.exit_code == 0
    assert "Perdu : Les relevés de la trace manquent" in answer.output
    told = EntreeDeTrace.objects.get(genre="relevés de la trace")
    assert (told.avant, told.apres, told.motif) == ("3", "0", "Disque perdu.")
    assert "Les relevés sont repartis le" in tenir("verifier-trace").output
    assert list(second.parent.glob("releves.csv.avant-*"))
    night()
    assert WHOLE in tenir("verifier-trace").output


@pytest.mark.parametrize(("lost", "motif", "said"), [(True, " ", "--motif"), (False, "Pour voir.", "Aucun relevé")])
def test_one_begins_again_neither_for_nothing_nor_without_a_reason(
    kept: Path, lost: bool, motif: str, said: str
) -> None:
    if lost:
        kept.unlink()
    assert said in refused("--repartir", "--motif", motif, code=2)


def test_heads_written_before_they_were_chained_go_on_being_believed(settings) -> None:
    leave()
    tete = ChaineDeTrace.objects.get().tete
    file().write_text(f"le,chaine,rang,empreinte\n2026-01-05,{CHAIN},3,{tete}\n")
    leave(start=3)
    night()
    assert WHOLE in tenir("verifier-trace").output
    file().write_text(file().read_text().replace("2026-01-05", "2026-01-06"))
    assert "ne suit pas celui d’avant" in refused()


def test_a_machine_that_stopped_between_the_file_and_the_base_lost_nothing(kept: Path, settings) -> None:
    settings.RELEVES_COPIE = ""
    RegistreDesReleves.objects.update(nombre=2, derniere=releves.digest(releves.lines_of(kept)[1]))
    assert WHOLE in tenir("verifier-trace").output
    night()
    assert RegistreDesReleves.objects.get().nombre == 4
    assert WHOLE in tenir("verifier-trace").output


def test_a_backup_brings_its_heads(kept: Path, second: Path, var: Path) -> None:
    assert tenir("sauvegarder", var / "avant.zip").exit_code == 0
    leave(start=9)
    night()
    answer = tenir("restaurer", var / "avant.zip", "--remplacer")
    assert answer.exit_code == 0, answer.output
    assert WHOLE in tenir("verifier-trace").output
    night()
    assert WHOLE in tenir("verifier-trace").output
    assert second.read_text() == kept.read_text()


def test_a_backup_holds_no_head_that_its_base_does_not_count(kept: Path, var: Path) -> None:
    counted = kept.read_bytes()
    assert releves.heads_counted(kept, 3) == counted
    kept.write_bytes(counted + b"2026-01-09,contrat/exemple,99,ff,ee\n")
    assert releves.heads_counted(kept, 3) == counted


# ── What rows say ─────────────────────────────────────────────────────────────────────────────────────────────────

SAID = {"activite": "titre", "fiches": "prochaine_etape", "engagements": "difficultes", "indicateurs": "unite"}


def test_every_room_whose_things_are_written_through_the_trace_is_compared() -> None:
    assert {piece.nom for piece in pieces() if piece.traced} == SAID.keys()


def _entree(espace: EspaceDeContrat) -> Entree:
    return entree(acces("Ali Plume", Role.EQUIPE, espace), espace)


@pytest.mark.parametrize("room", sorted(SAID))
def test_a_row_that_no_more_says_what_the_trace_last_told_shows(room: str) -> None:
    espace = contract("vallon")
    made = {"activite": _entree, "fiches": fiche, "engagements": engagement, "indicateurs": indicateur}
    row = made[room](espace)
    type(row).objects.filter(pk=row.pk).update(**{SAID[room]: "ce qui est tenu"})
    traced = next(piece.traced for piece in pieces() if piece.nom == room)
    with transaction.atomic():
        for one in traced():
            record(one.chaine, Auteur(7), [Fait(one.genre, one.objet, one.champ, "", one.valeur)])
    night()
    assert WHOLE in tenir("verifier-trace").output
    type(row).objects.filter(pk=row.pk).update(**{SAID[room]: "autre chose"})
    assert "la base ne dit plus ce que cette entrée a écrit" in refused()


def test_the_last_entry_rewritten_since_the_last_head_shows_by_its_row() -> None:
    espace, ada = contract("vallon"), acces("Ada Sommet", Role.ADMINISTRATION)
    given = fiche(espace)
    night()
    update_fiche(by=ada, fiche=given, version=given.version, changes={"prochaine_etape": "Signer le bail"})
    assert list(differences()) == []
    EntreeDeTrace.objects.filter(champ="prochaine étape").update(apres="Rien.")
    rehash(trace_of(espace))
    assert "la base ne dit plus" in refused()


def test_what_was_erased_or_struck_says_nothing_against_a_row() -> None:
    espace, ada = contract("vallon"), acces("Ada Sommet", Role.ADMINISTRATION)
    given = fiche(espace)
    update_fiche(by=ada, fiche=given, version=given.version, changes={"prochaine_etape": "Voir Ida Rarissime"})

    mention = Mention.objects.create(
        personne=ada.personne, modele=FicheAction._meta.label, cle=str(given.pk), champ="prochaine_etape",
        empreinte=digest("Voir Ida Rarissime"), passages=[[5, 18]],
    )  # fmt: skip
    strike(by=ada, mention=mention)
    given.refresh_from_db()
    assert given.prochaine_etape == "Voir [effacé]"
    assert list(differences()) == []


def test_the_heads_are_a_message_that_a_person_finds_by_its_name() -> None:
    assert by_name("message_names")["releve-de-trace"] == "Relevés de la trace"
