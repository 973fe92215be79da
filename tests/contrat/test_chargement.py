"""The loader is the only way in: what it keeps, what it refuses, what it never loses."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tenir.contrat.chargement import (
    Bilan,
    ChargementRefuse,
    Motif,
    NatureDeVersion,
    export_contract,
    load_contract,
    rebuild_projection,
)
from tenir.contrat.models import (
    ActionPrevue,
    Chargement,
    CodeRetire,
    DocumentSigne,
    EntreeDeRecherche,
    LigneDeCredits,
    OrganismeCite,
    VersionDuContrat,
)
from tenir.contrat.projection import TABLES
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import breaks
from tenir.fichier import canonique
from tenir.fichier.document import read_document
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import PassageRefuse, publish, unpublish

pytestmark = pytest.mark.django_db

FICTIF = Path(__file__).parents[2] / "contrats/fictif/virelande-fictif-2024-2030.yaml"
SIGNED = """\
format: tenir/contrat/1
slug: essai-fictif
fictif: true
identite:
  titre: Essai (fictif)
  periode: {debut: 2024, fin: 2030}
  signature: {date: '2024-03-01'}
axes:
  - code: A
    titre: Travailler
    titre_imprime: Travailler ici
    orientations:
      - code: O01
        titre: Réunir
        titre_imprime: Réunir les acteurs
        actions:
          - code: O01-A01
            titre: Ouvrir un lieu
          - code: O01-A02
            titre: Tenir une permanence
        credits:
          - code: O01-F01
            nature: droit commun
            financeur: Région
"""
DRAFT = SIGNED.replace("  signature: {date: '2024-03-01'}\n", "")
RENAMED = SIGNED.replace("Ouvrir un lieu", "Ouvrir deux lieux")
WITHOUT_A02 = SIGNED.replace("          - code: O01-A02\n            titre: Tenir une permanence\n", "")
COQUILLE = Motif(NatureDeVersion.CORRECTION, "coquille de transcription")
AVENANT = Motif(NatureDeVersion.AVENANT, "avenant n° 1", date(2025, 6, 1))


def load(text: str = SIGNED, motif: Motif | None = None) -> Bilan:
    return load_contract(text, commande="tenir charger essai.yaml", motif=motif)


def rows() -> dict[str, tuple[int, str, bool]]:
    return {
        row.code: (row.pk, row.nom_court, row.retire)
        for table in TABLES
        for row in table.model._default_manager.order_by("code")
    }


def test_a_first_load_creates_every_item_and_the_first_version() -> None:
    bilan = load()
    assert len(bilan.crees) == 5
    version = VersionDuContrat.objects.get()
    assert (version.numero, version.nature, version.en_vigueur_le) == (1, "initiale", date(2024, 3, 1))


def test_loading_again_changes_nothing_but_is_told() -> None:
    load()
    before = rows()
    bilan = load()
    assert (bilan.crees, bilan.modifies, bilan.retires) == ([], [], [])
    assert (VersionDuContrat.objects.count(), Chargement.objects.count(), rows()) == (1, 2, before)


def test_each_load_keeps_when_by_what_which_file_why_and_what_it_did() -> None:
    load()
    load(RENAMED, COQUILLE)
    kept = Chargement.objects.order_by("-pk")[0]
    assert kept.commande == "tenir charger essai.yaml"
    assert kept.motif == "coquille de transcription"
    assert len(kept.sha256) == 64
    assert kept.resume["codes_modifies"] == ["O01-A01"]
    assert kept.version.numero == 2


def test_a_signed_contract_without_a_reason_shows_its_differences_and_changes_nothing() -> None:
    load()
    before = rows()
    with pytest.raises(ChargementRefuse, match="--correction") as refused:
        load(RENAMED)
    assert [change.code for change in refused.value.changements] == ["O01-A01"]
    assert (rows(), VersionDuContrat.objects.count(), Chargement.objects.count()) == (before, 1, 1)


@pytest.mark.parametrize("blank", ["", "   "])
def test_a_correction_says_why(blank: str) -> None:
    load()
    with pytest.raises(ChargementRefuse, match="--motif"):
        load(RENAMED, Motif(NatureDeVersion.CORRECTION, blank))


def test_a_correction_is_in_force_since_what_it_corrects() -> None:
    load()
    load(RENAMED, COQUILLE)
    assert "Ouvrir deux lieux" in export_contract("essai-fictif", date(2024, 3, 1))


def test_an_avenant_leaves_the_contract_of_before_as_it_was() -> None:
    load()
    load(RENAMED, AVENANT)
    assert export_contract("essai-fictif", date(2025, 5, 31)) == canonique.dump(canonique.load(SIGNED))
    assert export_contract("essai-fictif", date(2025, 6, 1)) == canonique.dump(canonique.load(RENAMED))


def test_an_avenant_is_not_loaded_ahead_of_its_day() -> None:
    load()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ChargementRefuse, match="chargez-le ce jour-là"):
        load(RENAMED, Motif(NatureDeVersion.AVENANT, "avenant n° 1", tomorrow))


def test_a_contract_has_no_text_before_it_was_signed() -> None:
    load()
    with pytest.raises(ChargementRefuse, match="en vigueur"):
        export_contract("essai-fictif", date(2023, 12, 31))


def test_a_signed_code_does_not_vanish_in_silence() -> None:
    load()
    with pytest.raises(ChargementRefuse, match="O01-A02 : disparu"):
        load(WITHOUT_A02, AVENANT)


def test_a_withdrawn_item_keeps_its_row_and_leads_to_what_replaced_it() -> None:
    load()
    kept = ActionPrevue.objects.get(code="O01-A02").pk
    load(WITHOUT_A02 + "codes_retires:\n  - {code: O01-A02, remplace_par: O01-A01, motif: fusion}\n", AVENANT)
    withdrawn = ActionPrevue.objects.get(code="O01-A02")
    assert (withdrawn.pk, withdrawn.retire) == (kept, True)
    assert CodeRetire.objects.get().remplace_par == "O01-A01"
    assert not EntreeDeRecherche.objects.filter(code="O01-A02").exists()


def test_a_withdrawn_code_never_serves_something_else() -> None:
    load()
    retired = "codes_retires:\n  - {code: O01-A02}\n"
    load(WITHOUT_A02 + retired, AVENANT)
    with pytest.raises(ChargementRefuse, match="ne ressert pas"):
        load(SIGNED.replace("Tenir une permanence", "Planter des arbres"), COQUILLE)


def test_a_draft_is_replaced_freely_then_signed() -> None:
    load(DRAFT)
    assert EspaceDeContrat.objects.get().etat == "brouillon"
    load(DRAFT.replace("Ouvrir un lieu", "Autre chose"))
    assert VersionDuContrat.objects.count() == 1
    load(SIGNED)
    assert EspaceDeContrat.objects.get().etat == "signe"


def test_a_draft_is_not_published_and_a_publication_is_traced() -> None:
    load(DRAFT)
    with pytest.raises(PassageRefuse, match="brouillon"):
        publish("essai-fictif", commande="tests")
    load(SIGNED)
    publish("essai-fictif", commande="tests")
    publish("essai-fictif", commande="tests")
    unpublish("essai-fictif", motif="à revoir", commande="tests")
    passages = EntreeDeTrace.objects.filter(champ="état").values_list("avant", "apres", "motif")
    assert list(passages) == [("signé", "publié", ""), ("publié", "signé", "à revoir")]


def test_a_contract_leaves_the_public_with_a_reason_only() -> None:
    load()
    publish("essai-fictif", commande="tests")
    with pytest.raises(PassageRefuse, match="pourquoi"):
        unpublish("essai-fictif", motif=" ", commande="tests")


def test_a_correction_leaves_its_trace_field_by_field() -> None:
    load()
    load(RENAMED, COQUILLE)
    entry = EntreeDeTrace.objects.get(objet="O01-A01")
    assert (entry.champ, entry.avant, entry.apres, entry.motif) == (
        "titre",
        "Ouvrir un lieu",
        "Ouvrir deux lieux",
        "coquille de transcription",
    )
    assert list(breaks()) == []


def test_two_contracts_do_not_touch() -> None:
    load()
    before = rows()
    other = SIGNED.replace("essai-fictif", "autre-fictif").replace("Ouvrir un lieu", "Ailleurs")
    load(other)
    load(other.replace("Ailleurs", "Encore ailleurs"), COQUILLE)
    mine = ActionPrevue.objects.get(espace__slug="essai-fictif", code="O01-A01")
    assert (mine.pk, mine.titre) == before["O01-A01"][:2]


def test_an_incoherent_file_is_refused_whole() -> None:
    with pytest.raises(ChargementRefuse, match="sert déjà"):
        load(SIGNED.replace("O01-A02", "O01-A01"))
    assert EspaceDeContrat.objects.count() == 0


def test_an_empty_line_stays_empty() -> None:
    load()
    assert LigneDeCredits.objects.get().vide


class TestTheFictitiousContract:
    """With its document, whole."""

    @pytest.fixture
    def text(self) -> str:
        return FICTIF.read_text()

    @pytest.fixture
    def document(self):
        return read_document(FICTIF.with_suffix(".txt").read_bytes())

    def test_it_leaves_as_it_came_byte_for_byte(self, text, document) -> None:
        bilan = load_contract(text, commande="tests", document=document)
        assert export_contract(bilan.espace.slug) == text

    def test_its_projection_made_anew_has_the_same_rows(self, text, document) -> None:
        espace = load_contract(text, commande="tests", document=document).espace
        before, cited = rows(), OrganismeCite.objects.count()
        words = dict(ActionPrevue.objects.values_list("code", "mots"))
        ActionPrevue.objects.update(titre="", mots="", retire=True)
        OrganismeCite.objects.all().delete()
        rebuild_projection(espace)
        assert (rows(), OrganismeCite.objects.count()) == (before, cited)
        assert dict(ActionPrevue.objects.values_list("code", "mots")) == words

    def test_its_words_come_with_the_document_and_stay(self, text, document) -> None:
        load_contract(text, commande="tests")
        assert set(ActionPrevue.objects.values_list("mots", flat=True)) == {""}
        assert load_contract(text, commande="tests", document=document).document_joint
        assert "" not in set(ActionPrevue.objects.values_list("mots", flat=True))
        assert not load_contract(text, commande="tests", document=document).document_joint
        assert DocumentSigne.objects.count() == 1

    def test_another_document_is_refused_with_a_sentence(self, text) -> None:
        with pytest.raises(ChargementRefuse, match="pas le document attendu"):
            load_contract(text, commande="tests", document=read_document(b"un autre texte\n"))

    def test_no_masked_name_is_kept_where_it_could_be_read(self, text, document) -> None:
        load_contract(text, commande="tests", document=document)
        lines = document.lignes_brutes
        for plage in canonique.load(text).spans_of_names:
            name = lines[plage.debut - 1][plage.colonne_debut - 1 : plage.colonne_fin]
            for table in TABLES:
                assert not table.model._default_manager.filter(mots__icontains=name).exists()
            assert not EntreeDeRecherche.objects.filter(extrait__icontains=name).exists()
            assert not EntreeDeRecherche.objects.filter(mots__icontains=name.lower()).exists()
