"""The synthesis of a point d'étape: what it says, in which order, what it admits, and that it is frozen once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenir.acteurs.models import Personne
from tenir.core.documents import Document, digest, pdf, recall, word
from tenir.core.horloge import simulated
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.envoi import PointRefuse, close_point, save_point, send_point, waive
from tenir.points.services.lecture import accept, set_aside
from tenir.points.services.reponses import Reponse, answer
from tenir.points.services.synthese import SyntheseAlteree, freeze, frozen
from tenir.points.synthese import synthesis_of
from tests.bureautique import through_office
from tests.mesures import releve
from tests.vie import engagement, fiche, indicateur, jalon

pytestmark = pytest.mark.deux_bases

NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _mid_september() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def point(vallon: EspaceDeContrat, equipe: Acces, caf: Personne) -> PointDEtape:
    """Sent about four actions of two axes, a promise and an indicator; nothing answered."""
    fiche(vallon, "O01-A01", pilots=("caf",), statut="en-cours")
    fiche(vallon, "O01-A02", pilots=("caf",), statut="en-cours")
    jalon(fiche(vallon, "O01-A03", pilots=("caf",), statut="en-cours"), TODAY - timedelta(days=30), "Signer le bail")
    fiche(vallon, "O02-A01", pilots=("caf",), axe="B")
    fiche(vallon, "O02-A02", axe="B")
    engagement(vallon, of="caf", attendu_pour=TODAY - timedelta(days=1))
    indicateur(vallon, organisme=caf.referents.get().organisation)
    given = {"titre": "Automne 2026", "engagements": True, "indicateurs": True, "reponse_avant": date(2026, 10, 2)}
    found = save_point(by=equipe, espace=vallon, given=given)
    waive(by=equipe, point=found, cles={"action/O02-A02": "…"}, motif="vu en réunion")
    send_point(by=equipe, point=found)
    Courriel.objects.update(etat="envoye", envoye_le=NOW)
    found.refresh_from_db()
    return found


def ask(code: str) -> Question:
    return next(one for one in Question.objects.with_things() if one.code == code)


def say(code: str, **what: object) -> Question:
    asked = Destinataire.objects.select_related("point__espace", "personne").get()
    return answer(destinataire=asked, question=ask(code), reponse=Reponse(**what))


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def part(document: Document, name: str) -> list[tuple[str, ...]]:
    table = next(one.tableau for one in document.parties if plain(one.titre).startswith(name))
    assert table
    return [tuple(plain(cell) for cell in line) for line in table.lignes]


def words(document: Document) -> str:
    return plain("\n".join(sentence for one in document.parties for sentence in one.phrases))


def test_in_each_axis_the_late_come_first_then_the_unanswered(point: PointDEtape, equipe: Acces) -> None:
    for code in ("O01-A01", "O01-A03"):
        accept(by=equipe, question=say(code, phrase="Douze ateliers."))
    document = synthesis_of(point, TODAY)
    rows = part(document, "Axe A")
    assert [row[0] for row in rows] == ["O01-A03", "O01-A02", "O01-A01"]
    assert rows[0][3] == "« Signer le bail », attendu le 16 août 2026"
    assert rows[1][4].endswith("sans réponse")
    assert rows[2][4].endswith("Douze ateliers.")
    assert part(document, "L’essentiel")[0] == ("Axe A : Axe A", "3", "2", "1", "1")
    assert part(document, "Engagements")[0][3] == "attendu pour le 14 septembre 2026"
    assert part(document, "Indicateurs")[0][3] == "aucun relevé n’a été donné"


def test_it_tells_its_gaps_and_names_nobody(point: PointDEtape, equipe: Acces) -> None:
    set_aside(by=equipe, question=say("O01-A01", phrase="Propos écartés."), motif="hors sujet")
    Courriel.objects.update(etat="revenu", envoye_le=NOW)
    document = synthesis_of(point, TODAY)
    told = words(document)
    for sentence in (
        "N’ont donné aucune réponse : ",
        "(vu en réunion) : action O02-A02.",
        "1 message n’est pas arrivé",
        "avant l’envoi n’a pas été demandée",
    ):
        assert sentence in told, sentence
    whole = told + str(document)
    assert "réponse écartée par l’équipe" in whole
    assert "Propos écartés" not in whole
    assert "Ida" not in whole


def test_what_was_not_asked_about_is_said(vallon: EspaceDeContrat, equipe: Acces, caf: Personne) -> None:
    fiche(vallon, pilots=("caf",))
    given = {"titre": "Été", "reponse_avant": date(2026, 10, 2)}
    document = synthesis_of(save_point(by=equipe, espace=vallon, given=given), TODAY)
    assert "ne portait pas sur les engagements ni les indicateurs" in words(document)
    assert document.parties[0].vide == "Rien n’a été demandé."


def test_it_is_frozen_once_closed_and_read_and_nothing_changes_it_afterwards(
    point: PointDEtape, equipe: Acces, ccas: Acces
) -> None:
    question = say("O01-A01", phrase="Douze ateliers.")
    with pytest.raises(PointRefuse, match="une fois le point d’étape clos"):
        freeze(by=equipe, point=point)
    close_point(by=equipe, point=point)
    with pytest.raises(PointRefuse, match="lisez-la d’abord"):
        freeze(by=equipe, point=point)
    accept(by=equipe, question=question)
    with pytest.raises(Refus):
        freeze(by=ccas, point=point)
    before = synthesis_of(point, TODAY)
    freeze(by=equipe, point=point)
    found = PointDEtape.objects.select_related("espace").get()
    question.fiche.nouvelles.all().delete()
    question.delete()
    assert frozen(found) == before
    assert synthesis_of(found, TODAY) != before
    assert EntreeDeTrace.objects.get(champ="synthèse").apres == f"figée, empreinte {found.synthese_sha256}"
    with pytest.raises(PointRefuse, match="déjà figée"):
        freeze(by=equipe, point=found)


def test_one_word_changed_in_the_database_is_seen(point: PointDEtape, equipe: Acces) -> None:
    close_point(by=equipe, point=point)
    freeze(by=equipe, point=point)
    found = PointDEtape.objects.get()
    found.synthese["parties"][1]["tableau"]["lignes"][0][4] = "Tout va bien."
    found.save()
    with pytest.raises(SyntheseAlteree):
        frozen(PointDEtape.objects.get())


def test_the_database_holds_no_synthesis_of_an_open_point(point: PointDEtape) -> None:
    point.synthese, point.synthese_sha256, point.synthese_le = {"titre": "x"}, "a" * 64, NOW
    with pytest.raises(ValidationError, match="une fois le point d’étape clos"):
        point.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        point.save()


def test_a_fictitious_contract_says_so_on_each_sheet(
    vallon: EspaceDeContrat, point: PointDEtape, equipe: Acces
) -> None:
    vallon.fictif = point.espace.fictif = True
    document = synthesis_of(point, TODAY)
    file = docx.Document(BytesIO(word.write(document)))
    assert "fictif" in file.sections[0].header.paragraphs[0].text
    assert pdf.write(document).startswith(b"%PDF")


def test_its_word_file_opens_in_libreoffice(point: PointDEtape, tmp_path: Path) -> None:
    source = tmp_path / "synthese.docx"
    source.write_bytes(word.write(synthesis_of(point, TODAY)))
    with pypdfium2.PdfDocument(through_office(source, "pdf", tmp_path)) as read:
        told = plain(" ".join(page.get_textpage().get_text_range() for page in read))
    for words in ("Synthèse : Automne 2026", "O01-A03", "Ce que cette synthèse ne dit pas"):
        assert words in told, words


def test_values_come_back_from_json_as_they_were(point: PointDEtape, equipe: Acces) -> None:
    close_point(by=equipe, point=point)
    found = freeze(by=equipe, point=point)
    kept = PointDEtape.objects.get().synthese
    assert digest(recall(kept)) == found.synthese_sha256 == digest(synthesis_of(point, TODAY))


def test_an_indicator_tells_its_last_reading_and_since_when_the_next_is_awaited(
    vallon: EspaceDeContrat, equipe: Acces, caf: Personne
) -> None:
    suivi = indicateur(vallon, organisme=caf.referents.get().organisation, frequence="trimestrielle", unite="places")
    releve(suivi, debut=date(2026, 1, 1), fin=date(2026, 3, 31), valeur=12)
    given = {"titre": "Été", "actions": False, "indicateurs": True, "reponse_avant": date(2026, 10, 2)}
    point = save_point(by=equipe, espace=vallon, given=given)
    send_point(by=equipe, point=point)
    row = part(synthesis_of(point, TODAY), "Indicateurs")[0]
    assert row[1:4] == ("Indicateur I01 (places)", "12 au 31 mars 2026", "relevé attendu depuis le 30 juin 2026")


def test_it_takes_as_many_queries_whatever_was_asked(
    vallon: EspaceDeContrat, point: PointDEtape, equipe: Acces
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            synthesis_of(point, TODAY)
        return len(caught)

    synthesis_of(point, TODAY)  # brings its contract
    before, asked = count(), Destinataire.objects.get()
    for rank in range(4, 12):
        asked.questions.create(ordre=rank + 20, fiche=fiche(vallon, f"O01-A{rank:02}", pilots=("caf",)))
    assert count() == before
