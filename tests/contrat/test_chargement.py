"""Loading a contract file: the only way a signed contract enters or changes."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.contrat.chargement import ChargementRefuse, Motif, NatureDeVersion, export_contract, load_contract
from tenir.contrat.models import (
    ActionPrevue,
    Chargement,
    CodeRetire,
    DocumentSigne,
    EntreeDeRecherche,
    Orientation,
    VersionDuContrat,
)
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tests.fabriques import BREF, BROUILLON, NOM, SHIPPED, avenant, bref, charger, correction, document, edited

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]

SLUG = "hameau-2024-2030"
A01 = """          - code: O01-A01
            titre: Ouvrir un lieu d’accueil
            source: 4-6
            pilotes:
              - {nom: La CAF, organisme: caf-songe-et-brume}
"""
A02 = "          - {code: O01-A02, titre: Fermer tard}\n"
WITH_A02 = edited(BREF, (A01, A01 + A02))
TITRE = ("titre: Ouvrir un lieu d’accueil", "titre: Ouvrir un accueil")
CORRECTED = edited(BREF, TITRE)


def retired(text: str, row: str) -> str:
    return edited(text, ("parties:\n", f"codes_retires:\n  - {{{row}}}\nparties:\n"))


MOVED = retired(edited(BREF, ("code: O01-A01", "code: O01-A02")), "code: O01-A01, remplace_par: O01-A02")


def espace() -> EspaceDeContrat:
    return EspaceDeContrat.objects.get(slug=SLUG)


def versions() -> list[VersionDuContrat]:
    return list(VersionDuContrat.objects.of(espace()))


# ── What a load does ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_first_load_creates_every_item_and_one_version() -> None:
    bilan = charger()
    assert (sorted(bilan.crees), bilan.modifies, bilan.retires) == (sorted(bref().items), [], [])
    (version,) = versions()
    assert (version.numero, version.nature, version.canonique) == (1, NatureDeVersion.INITIALE, BREF)
    assert version.en_vigueur_le == date(2024, 5, 2)
    assert espace().etat == EspaceDeContrat.Etat.SIGNE


def test_a_contract_without_signature_is_a_draft_in_force_from_its_first_year() -> None:
    charger(BROUILLON)
    assert espace().etat == EspaceDeContrat.Etat.BROUILLON
    assert versions()[0].en_vigueur_le == date(2024, 1, 1)


def test_loading_twice_changes_nothing_and_keeps_both_loads() -> None:
    charger()
    rows = list(ActionPrevue.objects.values())
    bilan = charger()
    assert (bilan.crees, bilan.modifies, bilan.retires, bilan.nouvelle_version) == ([], [], [], False)
    assert list(ActionPrevue.objects.values()) == rows
    assert len(versions()) == 1
    assert Chargement.objects.count() == 2


def test_a_file_that_is_not_canonical_is_the_same_contract() -> None:
    charger()
    assert not charger("# remarque\n" + BREF.replace("\n", "\r\n")).nouvelle_version


def test_each_load_is_kept_with_its_file_its_command_its_reason_and_its_summary() -> None:
    charger()
    load_contract(CORRECTED, commande="tenir charger x.yaml --correction", motif=correction("Mot sauté."))
    kept = Chargement.objects.first()
    assert kept.commande == "tenir charger x.yaml --correction"
    assert kept.sha256 == hashlib.sha256(CORRECTED.encode()).hexdigest()
    assert kept.motif == "Mot sauté."
    assert kept.version == versions()[0]
    assert kept.resume == {
        "crees": 0,
        "modifies": 1,
        "retires": 0,
        "codes_modifies": ["O01-A01"],
        "codes_retires": [],
        "nouvelle_version": True,
        "document_joint": False,
    }
    assert abs((timezone.now() - kept.le).total_seconds()) < 60


def test_a_load_leaves_a_trace() -> None:
    charger()
    before = EntreeDeTrace.objects.count()
    charger(CORRECTED, motif=correction())
    assert EntreeDeTrace.objects.count() > before


def test_the_summary_reads_as_a_sentence() -> None:
    assert charger().phrase() == "Contrat de ville du Hameau : 11 créés, 0 modifié, 0 retiré."
    changed = charger(CORRECTED, document=document(), motif=correction())
    assert changed.phrase() == "Contrat de ville du Hameau : 0 créé, 1 modifié, 0 retiré. Document signé joint."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("code: O01-D02", "code: O01-D01"), "le code O01-D01 sert déjà"),
        (("orientations: [O01]", "orientations: [O09]"), "O09 n’existe pas"),
        (("source: 4-6", "source: 4-99"), "la ligne 99 n’existe pas"),
    ],
)
def test_an_incoherent_file_is_refused_and_nothing_is_written(change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(ChargementRefuse, match=sentence):
        charger(edited(BREF, change))
    assert not EspaceDeContrat.objects.exists()
    assert not Chargement.objects.exists()


# ── A draft, then a signed contract ───────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_replaced_freely_and_keeps_one_version() -> None:
    charger(BROUILLON)
    bilan = charger(edited(BROUILLON, TITRE, ("code: S01-E01", "code: S01-E02")))
    assert (bilan.modifies, bilan.crees, bilan.retires) == (["O01-A01"], ["S01-E02"], ["S01-E01"])
    (version,) = versions()
    assert "Ouvrir un accueil" in version.canonique


def test_a_draft_becomes_signed_by_its_file() -> None:
    charger(BROUILLON)
    charger(BREF)
    assert espace().etat == EspaceDeContrat.Etat.SIGNE
    (version,) = versions()
    assert (version.nature, version.en_vigueur_le) == (NatureDeVersion.INITIALE, date(2024, 5, 2))


def test_a_code_that_only_a_draft_used_may_serve_once_signed() -> None:
    charger(edited(BROUILLON, (A01, A01 + A02)))
    charger(BREF)
    bilan = charger(edited(BREF, (A01, A01 + A02.replace("Fermer", "Ouvrir"))), motif=avenant())
    assert bilan.crees == ["O01-A02"]


def test_a_signed_contract_without_a_reason_shows_the_differences_and_changes_nothing() -> None:
    charger()
    with pytest.raises(ChargementRefuse, match="Ce contrat est signé : rien n’a changé") as refused:
        charger(CORRECTED)
    assert [change.phrase() for change in refused.value.changements] == [
        "O01-A01 (action prévue), titre : « Ouvrir un lieu d’accueil » devient « Ouvrir un accueil »."
    ]
    assert ActionPrevue.objects.get().titre == "Ouvrir un lieu d’accueil"
    assert (len(versions()), Chargement.objects.count()) == (1, 1)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_an_empty_reason_is_no_reason(reason: str) -> None:
    charger()
    with pytest.raises(ChargementRefuse, match="et pourquoi"):
        charger(CORRECTED, motif=Motif(NatureDeVersion.CORRECTION, reason))


def test_a_published_contract_changes_as_a_signed_one() -> None:
    charger()
    EspaceDeContrat.objects.update(etat=EspaceDeContrat.Etat.PUBLIE)
    with pytest.raises(ChargementRefuse):
        charger(CORRECTED)
    charger(CORRECTED, motif=correction())
    assert espace().etat == EspaceDeContrat.Etat.PUBLIE


def test_a_correction_is_in_force_since_what_it_corrects() -> None:
    charger()
    charger(CORRECTED, motif=correction("  Mot sauté.\n"))
    version = versions()[0]
    assert (version.numero, version.nature, version.motif) == (2, NatureDeVersion.CORRECTION, "Mot sauté.")
    assert version.en_vigueur_le == date(2024, 5, 2)
    assert VersionDuContrat.objects.en_vigueur(espace(), date(2024, 5, 2)) == version


def test_an_avenant_is_in_force_from_its_day() -> None:
    charger()
    charger(WITH_A02, motif=avenant(date(2026, 1, 1)))
    days = [date(2024, 5, 1), date(2024, 5, 2), date(2025, 12, 31), date(2026, 1, 1), date(2030, 1, 1)]
    in_force = [VersionDuContrat.objects.en_vigueur(espace(), day) for day in days]
    assert [version and version.numero for version in in_force] == [None, 1, 1, 2, 2]


def test_an_avenant_without_a_day_is_in_force_today() -> None:
    charger()
    charger(WITH_A02, motif=avenant())
    assert versions()[0].en_vigueur_le == timezone.localdate()


def test_an_avenant_is_not_in_force_before_what_it_changes() -> None:
    charger()
    with pytest.raises(ChargementRefuse, match="avant le texte qu’il modifie"):
        charger(WITH_A02, motif=avenant(date(2024, 5, 1)))


# ── Stable codes ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_may_not_vanish() -> None:
    charger(WITH_A02)
    with pytest.raises(ChargementRefuse, match="O01-A02 : disparu du fichier sans être inscrit"):
        charger(BREF, motif=avenant())


def test_a_code_told_as_withdrawn_leaves_its_row() -> None:
    charger(WITH_A02)
    row = ActionPrevue.objects.get(code="O01-A02")
    charger(retired(BREF, "code: O01-A02, motif: Abandonnée"), motif=avenant())
    withdrawn = ActionPrevue.objects.get(code="O01-A02")
    assert (withdrawn.pk, withdrawn.retire, withdrawn.titre) == (row.pk, True, "Fermer tard")
    assert list(ActionPrevue.objects.of(espace()).values_list("code", flat=True)) == ["O01-A01"]


def test_a_withdrawn_code_does_not_name_something_else() -> None:
    charger(WITH_A02)
    gone = retired(BREF, "code: O01-A02")
    charger(gone, motif=avenant())
    with pytest.raises(ChargementRefuse, match="O01-A02 : un code retiré ne ressert pas"):
        charger(edited(BREF, (A01, A01 + A02.replace("Fermer", "Ouvrir"))), motif=avenant())


def test_a_withdrawn_code_may_come_back_as_itself() -> None:
    charger(WITH_A02)
    charger(retired(BREF, "code: O01-A02"), motif=avenant())
    charger(WITH_A02, motif=correction())
    assert ActionPrevue.objects.get(code="O01-A02").retire is False


def test_a_withdrawn_code_stays_told() -> None:
    charger(WITH_A02)
    charger(retired(BREF, "code: O01-A02"), motif=avenant())
    with pytest.raises(ChargementRefuse, match="O01-A02 : disparu"):
        charger(BREF, motif=correction())


def test_a_moved_code_leads_to_its_new_place() -> None:
    charger()
    charger(MOVED, motif=correction())
    moved = CodeRetire.objects.get(espace=espace())
    assert (moved.code, moved.remplace_par) == ("O01-A01", "O01-A02")
    assert set(ActionPrevue.objects.values_list("code", "retire")) == {("O01-A01", True), ("O01-A02", False)}


# ── The document ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_words_of_the_document_show_once_it_is_attached() -> None:
    bilan = charger(document=document())
    assert bilan.document_joint
    assert ActionPrevue.objects.get().mots == "Ouvrir un lieu d’accueil pour les parents du socio-économique"


def test_the_document_may_come_later_without_a_reason() -> None:
    charger()
    assert ActionPrevue.objects.get().mots == ""
    bilan = charger(document=document())
    assert (bilan.document_joint, bilan.nouvelle_version) == (True, False)
    assert ActionPrevue.objects.get().mots


def test_attaching_the_same_document_again_changes_nothing() -> None:
    charger(document=document())
    before = DocumentSigne.objects.values().get()
    assert charger(document=document()).document_joint is False
    assert DocumentSigne.objects.values().get() == before


def test_the_document_stays_across_loads() -> None:
    charger(document=document())
    charger(CORRECTED, motif=correction())
    assert DocumentSigne.objects.count() == 1
    assert ActionPrevue.objects.get().mots.startswith("Ouvrir")


def test_another_document_is_refused_with_a_sentence() -> None:
    with pytest.raises(
        ChargementRefuse, match="Ce n’est pas le document attendu : le fichier contrat attend l’empreinte"
    ):
        charger(document=document("autre\n"))
    assert not EspaceDeContrat.objects.exists()


def test_a_document_that_the_file_does_not_expect_is_refused() -> None:
    start, end = BREF.index("document:\n"), BREF.index("axes:\n")
    with pytest.raises(ChargementRefuse, match="n’attend aucun document"):
        charger(BREF[:start] + BREF[end:], document=document())


def test_a_file_that_expects_another_document_lets_the_old_one_go() -> None:
    charger(document=document())
    other = edited(BREF, (f"sha256: {document().sha256}", f"sha256: {'0' * 64}"))
    charger(other, motif=correction())
    assert not DocumentSigne.objects.exists()
    assert ActionPrevue.objects.get().mots == ""


def test_a_typed_text_shows_until_the_document_comes() -> None:
    typed = edited(
        BROUILLON, ("            source: 4-6\n", "            source: 4-6\n            texte: Mots tapés.\n")
    )
    charger(typed)
    assert ActionPrevue.objects.get().mots == "Mots tapés."
    charger(typed, document=document())
    assert ActionPrevue.objects.get().mots.startswith("Ouvrir un lieu")
    assert "Mots tapés" not in export_contract(SLUG)
    assert charger(typed).nouvelle_version is False


def test_the_document_of_a_signed_contract_replaces_typed_texts_without_a_reason() -> None:
    typed = edited(BREF, ("            source: 4-6\n", "            source: 4-6\n            texte: Mots tapés.\n"))
    charger(typed)
    charger(typed, document=document())
    (version,) = versions()
    assert version.canonique == BREF
    assert version.sha256 == hashlib.sha256(BREF.encode()).hexdigest()


def test_a_name_masked_by_a_correction_is_masked_everywhere_at_once() -> None:
    unmasked = edited(BREF, ("  noms_masques: 2[21-34]\n", ""))
    charger(unmasked, document=document())
    assert NOM in "\n".join(DocumentSigne.objects.get().normalise().lignes)
    charger(BREF, motif=correction("Un nom à masquer."))
    assert NOM not in "\n".join(DocumentSigne.objects.get().normalise().lignes)
    assert not EntreeDeRecherche.objects.filter(mots__contains="exemplaire").exists()


# ── The way out ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_contract_comes_out_byte_for_byte(path: Path) -> None:
    charger(path.read_text("utf-8"))
    assert export_contract(path.stem).encode() == path.read_bytes()


def test_a_contract_comes_out_as_it_was_on_a_day() -> None:
    charger()
    charger(WITH_A02, motif=avenant(date(2026, 1, 1)))
    assert export_contract(SLUG, date(2025, 6, 1)) == BREF
    assert export_contract(SLUG, date(2026, 1, 1)) == export_contract(SLUG) != BREF


def test_what_was_not_in_force_does_not_come_out() -> None:
    charger()
    with pytest.raises(ChargementRefuse, match="n’était pas en vigueur à cette date"):
        export_contract(SLUG, date(2024, 5, 1))


def test_an_unknown_contract_does_not_come_out() -> None:
    with pytest.raises(ChargementRefuse, match="Aucun contrat n’a l’adresse « inconnu »"):
        export_contract("inconnu")


def test_two_contracts_do_not_touch_each_other() -> None:
    charger(document=document())
    before = {
        model: list(model.objects.order_by("pk").values()) for model in (Orientation, ActionPrevue, DocumentSigne)
    }
    index = sorted(EntreeDeRecherche.objects.values_list("mots", flat=True))
    other = edited(
        BREF,
        ("slug: hameau-2024-2030", "slug: autre"),
        TITRE,
        ("nom: Le Bas\n      population: {valeur: 1234, origine: INSEE}", "nom: Le Bas"),
    )
    charger(other)
    charger(edited(other, ("titre: Aider les parents", "titre: Aider")), motif=correction())
    for model, rows in before.items():
        assert list(model.objects.filter(espace__slug=SLUG).order_by("pk").values()) == rows
    assert sorted(EntreeDeRecherche.objects.filter(espace__slug=SLUG).values_list("mots", flat=True)) == index
    assert espace().territoires.get(nature="qpv").population == 1234


PROJET = """  - code: B
    titre: Se déplacer
    titre_imprime: Se déplacer
    projets:
      - code: O02
        titre: Le Bas
        titre_imprime: Le Bas
        actions:
          - {code: O02-A01, titre: Refaire la place}
        quartiers: [Le Bas]
"""
AVEC_PROJET = edited(BREF, ("  - code: B\n    titre: Se déplacer\n    titre_imprime: Se déplacer\n", PROJET))


def test_the_project_of_a_quarter_holds_its_actions_and_says_its_quarter(client: Client) -> None:
    charger(AVEC_PROJET, document=document())
    rows = {o.code: (o.axe.code, o.quartiers) for o in Orientation.objects.filter(retire=False)}
    assert rows == {"O01": ("A", ""), "O02": ("B", "Le Bas")}
    assert ActionPrevue.objects.get(code="O02-A01").orientation.code == "O02"
    EspaceDeContrat.objects.update(etat="publie")
    page = client.get(reverse("orientation", args=[SLUG, "O02"])).content.decode()
    assert "Projet de quartier : Le Bas" in page.replace("&nbsp;", " ")
    assert "Projet de quartier" not in client.get(reverse("orientation", args=[SLUG, "O01"])).content.decode()
