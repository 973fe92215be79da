"""From the draft to what is in force: bodies, signature, publication, correction, avenant; the load of the command."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Organisation
from tenir.atelier.acte import act_of, changes_of
from tenir.atelier.models import Accord, Brouillon
from tenir.atelier.services import avenant, creation, elements, lignes, organismes, signature
from tenir.atelier.services.brouillon import Etabli, annuler
from tenir.contrat.chargement import ChargementRefuse, export_contract, load_contract
from tenir.contrat.models import ActionPrevue, Chargement, CodeRetire, DocumentSigne, Signataire, VersionDuContrat
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import typo
from tenir.fichier import canonique
from tenir.fichier.validation import validate
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.atelier.brouillons import NOM, SHA
from tests.formulaires import fill, send, text
from tests.personnes import acces

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
DAY = date(2024, 5, 2)


def refused(made: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        made()
    return " ".join(caught.value.messages)


def complete(by: Acces, draft: Brouillon) -> None:
    """Settle all that the small draft leaves: a body to add, one to match, two lines, two doubts."""
    organismes.ajouter_et_designer(
        by=by, brouillon=draft, nom="Les Blouses du Vallon", valeurs={"nom": "Les Blouses", "nature": "association"}
    )
    organismes.designer(by=by, brouillon=draft, nom="Commune du Vallon", identifiant="commune-virelande")
    lignes.ranger(by=by, brouillon=draft, lignes=range(7, 9), dans="O01", nature="autre")
    elements.accepter(by=by, brouillon=draft, code="O01-A02")
    draft.refresh_from_db()


def sign(by: Acces, draft: Brouillon) -> EspaceDeContrat:
    complete(by, draft)
    signature.signer(by=by, brouillon=draft, le=DAY, lieu="Le Vallon")
    draft.refresh_from_db()
    return EspaceDeContrat.objects.get(pk=draft.espace_id)


def opened(by: Acces, espace: EspaceDeContrat, objet: str) -> Brouillon:
    return creation.ouvrir(by=by, espace=espace, objet=objet, titre="Avenant n° 1" if objet == "avenant" else "")


# Bodies


def test_a_name_that_nobody_knows_is_added_and_meant_wherever_it_is_printed(by: Acces, draft: Brouillon) -> None:
    first = organismes.names(Etabli.of(draft).arbre)[0]
    assert (first.nom, first.connu) == ("Commune du Vallon", False)
    organismes.ajouter_et_designer(
        by=by, brouillon=draft, nom="Les Blouses du Vallon", valeurs={"nom": "Les Blouses", "nature": "association"}
    )
    draft.refresh_from_db()
    (pilot,) = draft.lire().orientations[0].actions[0].pilotes
    body = Organisation.objects.get(nom="Les Blouses")
    assert (pilot.organisme, body.identifiant) == ("ajout-les-blouses", "ajout-les-blouses")
    assert OrganismeRetenu.objects.filter(espace=draft.espace, organisation=body).exists()


def test_a_name_matched_to_a_signatory_settles_its_doubt(by: Acces, draft: Brouillon) -> None:
    organismes.designer(by=by, brouillon=draft, nom="Commune du Vallon", identifiant="commune-virelande")
    draft.refresh_from_db()
    assert draft.lire().signataires[0].organisme == "commune-virelande"
    assert draft.doutes["S01"]["etat"] == "corrigé"


def test_a_body_that_nobody_knows_is_not_meant(by: Acces, draft: Brouillon) -> None:
    said = refused(
        lambda: organismes.designer(by=by, brouillon=draft, nom="Commune du Vallon", identifiant="nulle-part")
    )
    assert "Choisissez un organisme de la liste" in said


def test_a_contract_file_that_names_a_body_added_elsewhere_is_refused(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    text = export_contract(espace.slug)
    assert "ajout-les-blouses" in text
    assert not validate(text).fautes
    other = text.replace("ajout-les-blouses", "ajout-ailleurs").replace(f"slug: {espace.slug}", "slug: autre")
    with pytest.raises(ChargementRefuse, match="ne connaît pas cet organisme"):
        load_contract(other, commande="tests")


# Signing and publishing


def test_what_is_missing_is_what_the_command_would_tell_and_the_doubts(by: Acces, draft: Brouillon) -> None:
    told = [(one.code, one.phrase.replace("\xa0", " ")) for one in signature.lacks(Etabli.of(draft))]
    assert told == [
        ("O01-A02", "Est-ce une action, ou un rappel ?"),
        ("S01", "Cet organisme n’est pas connu : ajoutez-le."),
        ("", "2 lignes du document n’ont pas de place."),
    ]  # the body that is not known is told once: by the doubt about it
    assert "Il manque encore quelque chose" in refused(lambda: signature.signer(by=by, brouillon=draft, le=DAY))


def test_a_body_that_no_doubt_asks_about_is_told_by_its_printed_name(by: Acces, draft: Brouillon) -> None:
    draft.doutes = {}
    draft.save()
    told = [one.phrase for one in signature.lacks(Etabli.of(draft)) if one.inconnu]
    assert len(told) == 1
    assert "n’est pas un organisme connu" in told[0]
    assert draft.contrat["signataires"][0]["nom"] in told[0]
    assert draft.contrat["signataires"][0]["organisme"] not in told[0]


def test_a_complete_text_is_signed_by_the_load_of_the_command(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    version = VersionDuContrat.objects.get(espace=espace)
    assert (espace.etat, draft.etat, version.en_vigueur_le) == ("signe", "verse", DAY)
    assert DocumentSigne.objects.get(espace=espace).sha256 == SHA
    assert Chargement.objects.get(espace=espace).commande == "atelier"
    action = ActionPrevue.objects.get(espace=espace, code="O01-A01")
    assert action.mots.startswith("Ouvrir un centre de santé")
    assert Signataire.objects.get(espace=espace).organisation.identifiant == "commune-virelande"
    entry = EntreeDeTrace.objects.filter(chaine__nom=f"contrat/{espace.slug}", champ="version").get()
    assert entry.acteur == by.personne.pk


def test_what_is_signed_says_the_same_as_the_same_file_loaded_by_the_command(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    kept = VersionDuContrat.objects.get(espace=espace).canonique
    assert kept == canonique.dump(signature.signed(draft.lire(), DAY, "Le Vallon"))
    bilan = load_contract(kept, commande="tenir charger")
    assert not bilan.nouvelle_version


def test_the_signed_document_masks_who_it_names(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    shown = DocumentSigne.objects.get(espace=espace).normalise().lignes
    assert NOM not in "\n".join(shown)


def test_a_text_is_not_signed_for_a_day_to_come_nor_when_it_changed_since(by: Acces, draft: Brouillon) -> None:
    complete(by, draft)
    tomorrow = horloge.real_today() + timedelta(days=1)
    assert "pas encore venu" in refused(lambda: signature.signer(by=by, brouillon=draft, le=tomorrow))
    read = signature.shown(Etabli.of(draft))
    elements.corriger(by=by, brouillon=draft, code="O01-A01", valeurs={"titre": "Entre-temps"})
    with pytest.raises(Perime):
        signature.signer(by=by, brouillon=draft, le=DAY, lu=read)


def test_publishing_is_for_what_is_signed_and_by_whoever_may(by: Acces, draft: Brouillon) -> None:
    assert "est un brouillon" in refused(lambda: signature.publier(by=by, espace=draft.espace))
    espace = sign(by, draft)
    reader = acces("Dan Liseur", Role.LECTURE, espace)
    with pytest.raises(Refus):
        signature.publier(by=reader, espace=espace)
    assert signature.publier(by=by, espace=espace).etat == "publie"


def test_a_text_loaded_meanwhile_is_not_written_over(by: Acces, draft: Brouillon) -> None:
    complete(by, draft)
    text = canonique.dump(signature.signed(draft.lire(), DAY, ""))
    load_contract(text, commande="tenir charger")
    assert "Un autre texte a été chargé" in refused(lambda: signature.signer(by=by, brouillon=draft, le=DAY))


def test_a_draft_loaded_by_the_command_is_opened_reviewed_and_signed_here(by: Acces, draft: Brouillon) -> None:
    espace = draft.espace
    complete(by, draft)
    document = draft.document(draft.lire())
    load_contract(canonique.dump(draft.lire()), commande="tenir charger", document=document)
    draft.delete()
    made = opened(by, espace, "contrat")
    assert (made.objet, made.base) == ("contrat", None)
    elements.corriger(by=by, brouillon=made, code="O01-A01", valeurs={"titre": "Relu ici"})
    signature.signer(by=by, brouillon=made, le=DAY)
    espace.refresh_from_db()
    assert espace.etat == "signe"
    assert ActionPrevue.objects.get(espace=espace, code="O01-A01").titre == "Relu ici"


# After the signature


def test_one_text_at_a_time_is_in_preparation(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    opened(by, espace, "correction")
    assert "déjà en préparation" in refused(lambda: opened(by, espace, "avenant"))


def test_a_correction_says_why_and_holds_since_the_day_of_what_it_corrects(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "correction")
    assert "Rien n’est changé" in refused(lambda: signature.verser(by=by, brouillon=made, motif="Faute"))
    elements.corriger(by=by, brouillon=made, code="O02-A01", valeurs={"titre": "Forum annuel"})
    assert "mal" in refused(lambda: signature.verser(by=by, brouillon=made, motif=" "))
    signature.verser(by=by, brouillon=made, motif="Le titre était trop long")
    version = VersionDuContrat.objects.of(espace)[0]
    assert (version.nature, version.motif, version.en_vigueur_le) == ("correction", "Le titre était trop long", DAY)


def test_a_code_that_leaves_is_told_and_leads_where_its_item_went(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "correction")
    elements.deplacer(by=by, brouillon=made, code="O01-A02", dans="O02", apres=None)
    made.refresh_from_db()
    (told,) = made.lire().codes_retires
    assert (told.code, told.remplace_par) == ("O01-A02", "O02-A02")
    signature.verser(by=by, brouillon=made, motif="Rangée dans la mauvaise orientation")
    assert CodeRetire.objects.get(espace=espace).remplace_par == "O02-A02"


def test_a_code_withdrawn_then_put_back_is_told_no_more(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "avenant")
    gone = elements.retirer(by=by, brouillon=made, code="O01-A02")
    assert gone is not None
    annuler(by=by, geste=gone)
    made.refresh_from_db()
    assert made.lire().codes_retires == ()


def amended(by: Acces, draft: Brouillon, day: date) -> tuple[EspaceDeContrat, Brouillon]:
    """An avenant that withdraws an action and says all that an act must say."""
    espace = sign(by, draft)
    made = opened(by, espace, "avenant")
    elements.retirer(by=by, brouillon=made, code="O01-A02")
    acte = {"titre": "Avenant n° 1", "decision": "la délibération n° 12", "motif": "", "signe_le": DAY}
    avenant.ecrire_l_acte(by=by, brouillon=made, valeurs={**acte, "en_vigueur_le": day})
    made.refresh_from_db()
    return espace, made


def test_what_an_avenant_withdraws_leaves_its_lines_in_a_part_and_undoing_it_gives_them_back(
    by: Acces, draft: Brouillon
) -> None:
    _, made = amended(by, draft, date(2025, 1, 1))
    part = next(one for one in made.lire().orientations[0].parties if one.nature == "autre")
    assert any(plage.debut <= 6 <= plage.fin for plage in part.source)
    assert [one.phrase for one in signature.lacks(Etabli.of(made))] == []
    assert [one.code for one in changes_of(made, made.lire())] == ["O01-A02"]
    annuler(by=by, geste=made.gestes.order_by("-pk")[0])
    made.refresh_from_db()
    assert "O01-A02" in {one.code for one in made.lire().orientations[0].actions}


def test_what_a_correction_withdraws_leaves_lines_that_are_asked_about(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "correction")
    elements.retirer(by=by, brouillon=made, code="O01-A02")
    made.refresh_from_db()
    assert ["place" in one.phrase for one in signature.lacks(Etabli.of(made))] == [True]


def test_an_avenant_whose_day_has_come_is_in_force_once_signed(by: Acces, draft: Brouillon) -> None:
    espace, made = amended(by, draft, date(2025, 1, 1))
    signature.signer_avenant(by=by, brouillon=made)
    version = VersionDuContrat.objects.of(espace)[0]
    assert (version.nature, version.en_vigueur_le) == ("avenant", date(2025, 1, 1))
    assert version.motif == "Avenant n° 1. La délibération n° 12."
    assert ActionPrevue.objects.get(espace=espace, code="O01-A02").retire


def test_an_avenant_of_a_day_to_come_is_in_force_that_day_and_not_before(by: Acces, draft: Brouillon) -> None:
    day = horloge.real_today() + timedelta(days=20)
    espace, made = amended(by, draft, day)
    signature.signer_avenant(by=by, brouillon=made)
    assert signature.put_due_in_force(timezone.now()) == "Avenants mis en vigueur : 0."
    assert VersionDuContrat.objects.of(espace).count() == 1
    Brouillon.objects.update(en_vigueur_le=horloge.real_today())
    assert signature.put_due_in_force(timezone.now()) == "Avenants mis en vigueur : 1."
    assert signature.put_due_in_force(timezone.now()) == "Avenants mis en vigueur : 0."
    assert VersionDuContrat.objects.of(espace)[0].nature == "avenant"


def test_an_avenant_that_a_signatory_refuses_or_that_lacks_its_day_is_not_signed(by: Acces, draft: Brouillon) -> None:
    _, made = amended(by, draft, date(2025, 1, 1))
    said = {"etat": Accord.Etat.REFUSE, "le": DAY, "decision": ""}
    avenant.dire_l_accord(by=by, brouillon=made, signataire="S01", valeurs=said)
    assert "S01" in refused(lambda: signature.signer_avenant(by=by, brouillon=made))
    avenant.dire_l_accord(by=by, brouillon=made, signataire="S01", valeurs={**said, "etat": Accord.Etat.SIGNE})
    Brouillon.objects.update(en_vigueur_le=None)
    assert "le jour où il entre en vigueur" in refused(lambda: signature.signer_avenant(by=by, brouillon=made))


def test_the_page_says_before_the_press_all_that_signing_an_avenant_refuses(
    by: Acces, draft: Brouillon, client: Client
) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "avenant")
    client.force_login(by.personne.utilisateur)
    html = text(client.get(reverse("atelier-signer", args=[espace.slug])))
    told = refused(lambda: signature.signer_avenant(by=by, brouillon=made)).replace("\xa0", " ")
    asked = [one.phrase.replace("\xa0", " ") for one in signature.lacks(Etabli.of(made))]
    assert len(asked) == 2  # its text and its act
    assert [one for one in asked if one not in html.replace("\xa0", " ") or one not in told] == []
    assert "Aucun des" in html


def test_an_answer_of_a_signatory_has_its_day(by: Acces, draft: Brouillon) -> None:
    _, made = amended(by, draft, date(2025, 1, 1))
    with pytest.raises(ValidationError, match="quel jour"):
        avenant.dire_l_accord(
            by=by, brouillon=made, signataire="S01", valeurs={"etat": "signe", "le": None, "decision": ""}
        )


def test_the_act_says_its_articles_what_changes_and_who_signs(by: Acces, draft: Brouillon) -> None:
    _, made = amended(by, draft, date(2025, 1, 1))
    elements.corriger(by=by, brouillon=made, code="O01-A01", valeurs={"titre": "Maison de santé"})
    elements.deplacer(by=by, brouillon=made, code="O01-A01", dans="O02", apres=None)
    made.refresh_from_db()
    said = act_of(made, made.lire())
    titles = [one.titre for one in said.parties]
    assert titles == [
        "Article 1. Objet",
        "Article 2. Ce qui est retiré",
        "Article 3. Ce qui change de place",
        "Article 4. Entrée en vigueur",
        "Signatures",
    ]
    rows: Any = said.parties[2].tableau
    assert rows.lignes == (("O01-A01", "O02-A02", typo("Maison de santé (auparavant : Centre de santé)")),)
    assert "fictif" in said.avertissement


def test_the_act_leaves_as_word_and_pdf(by: Acces, draft: Brouillon, client: Client) -> None:
    espace, _ = amended(by, draft, date(2025, 1, 1))
    client.force_login(by.personne.utilisateur)
    word = client.get(reverse("atelier-acte-fichier", args=[espace.slug, "docx"]))
    assert "Article 2" in ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    assert client.get(reverse("atelier-acte-fichier", args=[espace.slug, "pdf"])).content.startswith(b"%PDF")
    assert client.get(reverse("atelier-acte-fichier", args=[espace.slug, "exe"])).status_code == 404


def test_a_text_given_up_changes_nothing_and_lets_another_begin(by: Acces, draft: Brouillon) -> None:
    espace = sign(by, draft)
    made = opened(by, espace, "avenant")
    elements.retirer(by=by, brouillon=made, code="O01-A02")
    signature.abandonner(by=by, brouillon=made)
    assert VersionDuContrat.objects.of(espace).count() == 1
    assert opened(by, espace, "correction").objet == "correction"


def test_the_text_of_a_contract_that_nobody_signed_is_not_given_up(by: Acces, draft: Brouillon) -> None:
    assert "ne s’abandonne pas" in refused(lambda: signature.abandonner(by=by, brouillon=draft))


def test_a_withdrawn_code_keeps_a_page_that_says_what_became_of_it(by: Acces, draft: Brouillon, client: Client) -> None:
    espace, made = amended(by, draft, date(2025, 1, 1))
    signature.publier(by=by, espace=espace)
    signature.signer_avenant(by=by, brouillon=made)
    page = client.get(reverse("action", args=[espace.slug, "O01-A02"]))
    assert page.status_code == 410
    assert "O01-A02 Bus de dépistage Cet élément a été retiré du contrat" in text(page)
    assert client.get(reverse("action", args=[espace.slug, "O09-A09"])).status_code == 404


@pytest.mark.parametrize(
    "page", ["fiche", "suivi-engagement", "suivi-engagements-etat", "suivi-indicateur", "instance-suivie"]
)
def test_the_working_page_of_a_withdrawn_code_says_it_too(
    by: Acces, draft: Brouillon, client: Client, page: str
) -> None:
    espace, made = amended(by, draft, date(2025, 1, 1))
    signature.signer_avenant(by=by, brouillon=made)
    client.force_login(by.personne.utilisateur)
    CodeRetire.objects.create(espace=espace, code="S01-E09", motif="Redite")
    CodeRetire.objects.create(espace=espace, code="O01-A08", remplace_par="O01-A01")
    gone = client.get(reverse(page, args=[espace.slug, "S01-E09"]))
    assert (gone.status_code, "no-store" in gone.headers["Cache-Control"]) == (410, True)
    assert "Retiré du contrat : rien n’a pris sa place. Pourquoi : Redite" in text(gone).replace("\xa0", " ")
    moved = client.get(reverse(page, args=[espace.slug, "O01-A08"]))
    assert moved.headers["Location"] == reverse(page, args=[espace.slug, "O01-A01"])
    assert client.get(reverse(page, args=[espace.slug, "O09-A09"])).status_code == 404


# On the pages


def test_of_two_people_on_one_item_the_second_sees_what_the_first_wrote(
    by: Acces, draft: Brouillon, client: Client
) -> None:
    url = reverse("atelier-element", args=[draft.espace.slug, "O01-A01"])
    client.force_login(by.personne.utilisateur)
    page = client.get(url)
    elements.corriger(by=by, brouillon=draft, code="O01-A01", valeurs={"titre": "Le sien"})
    answer = send(client, url, page, titre="Le mien")
    assert answer.status_code == 409
    told = text(answer)
    assert "Centre de santé" in told
    assert "Le sien" in told
    assert "Le mien" in told


def test_of_two_people_the_one_who_corrects_what_the_other_withdrew_is_told(
    by: Acces, draft: Brouillon, client: Client
) -> None:
    url = reverse("atelier-element", args=[draft.espace.slug, "O01-A01"])
    client.force_login(by.personne.utilisateur)
    page = client.get(url)
    elements.retirer(by=by, brouillon=draft, code="O01-A01")
    answer = send(client, url, page, titre="Le mien")
    assert answer.status_code == 409
    assert "retiré, ou déplacé" in text(answer)
    assert 'value="Le mien"' in answer.content.decode()


def test_what_the_text_in_force_lacked_already_keeps_nothing_from_being_corrected(by: Acces, draft: Brouillon) -> None:
    espace = draft.espace
    text_ = canonique.dump(signature.signed(draft.lire(), DAY, "")).replace("commune-fictive", "etat")
    load_contract(text_, commande="tests", document=draft.document(draft.lire()))
    draft.delete()
    made = opened(by, EspaceDeContrat.objects.get(pk=espace.pk), "correction")
    elements.corriger(by=by, brouillon=made, code="O02-A01", valeurs={"titre": "Forum"})
    made.refresh_from_db()
    assert signature.lacks(Etabli.of(made)) == []
    elements.retirer(by=by, brouillon=made, code="O01-A01")
    made.refresh_from_db()
    assert [one.phrase for one in signature.lacks(Etabli.of(made))] == [typo("1 ligne du document n’a pas de place.")]


def test_a_line_placed_leads_to_the_next_one_without_a_place(by: Acces, draft: Brouillon, client: Client) -> None:
    client.force_login(by.personne.utilisateur)
    url = reverse("atelier-ligne", args=[draft.espace.slug, 7])
    answer = fill(client, url, quoi="action", dans="O01", nom="Comprise", au="7")
    assert answer["Location"] == f"{reverse('atelier-ligne', args=[draft.espace.slug, 8])}#panneau"


def test_an_item_that_moved_is_found_under_its_former_code(by: Acces, draft: Brouillon, client: Client) -> None:
    elements.deplacer(by=by, brouillon=draft, code="O01-A02", dans="O02", apres=None)
    client.force_login(by.personne.utilisateur)
    answer = client.get(reverse("atelier-element", args=[draft.espace.slug, "O01-A02"]))
    assert answer["Location"] == reverse("atelier-element", args=[draft.espace.slug, "O02-A02"])


def test_the_pages_cost_the_same_whatever_the_text_holds(by: Acces, draft: Brouillon, client: Client) -> None:
    client.force_login(by.personne.utilisateur)
    names = (
        "atelier",
        "atelier-elements",
        "atelier-organismes",
        "atelier-a-trancher",
        "atelier-gestes",
        "atelier-signer",
    )
    urls = [reverse(name, args=[draft.espace.slug]) for name in names]

    def cost() -> list[int]:
        counts = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as caught:
                client.get(url)
            counts.append(len(caught))
        return counts

    elements.corriger(by=by, brouillon=draft, code="O01-A01", valeurs={"titre": "Un"})
    before = cost()
    for rank in range(6):
        elements.ajouter(by=by, brouillon=draft, genre="action", dans="O02", valeurs={"titre": f"Action {rank}"})
    assert cost() == before


def test_the_desk_tells_the_text_in_preparation_to_the_team_alone(by: Acces, draft: Brouillon, client: Client) -> None:
    url = reverse("aujourdhui", args=[draft.espace.slug])
    client.force_login(by.personne.utilisateur)
    assert "Texte en préparation" in text(client.get(url))
    reader = acces("Dan Liseur", Role.LECTURE, draft.espace)
    client.force_login(reader.personne.utilisateur)
    assert "Texte en préparation" not in text(client.get(url))
