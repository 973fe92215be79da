"""The desk: what each finds there in the morning, and that a line goes when its matter is settled."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.bureau.models import DernierPassage
from tenir.bureau.services.passages import note_read
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.composants import Item
from tenir.core.piece import Piece
from tenir.ecran.blocs import Annonce, Lignes, Section, sections_of, sentence
from tenir.engagements.services.engagement import tell_engagement
from tenir.fiches.echeances import coming
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.jalons import update_jalon
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, acces_of
from tenir.habilitations.roles import Role
from tests.personnes import body, member, referent
from tests.pieces import only
from tests.vie import engagement, fiche, frozen_point, jalon, orientation

As = Callable[[str], Client]
TODAY = horloge.today()
LONG_AGO, YESTERDAY, SOON = TODAY - timedelta(days=400), TODAY - timedelta(days=1), TODAY + timedelta(days=9)


def desk(client: Client, espace: EspaceDeContrat, query: str = "") -> str:
    answer = client.get(reverse("aujourdhui", args=[espace.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def section(html: str, name: str) -> str:
    """The text of a section; empty when the page has none."""
    found = re.search(rf'<section class="du-jour" aria-labelledby="{name}">(.*?)</section>', html, re.S)
    return found[1] if found else ""


def lede(html: str) -> str:
    return re.search(r'<p class="chapeau">(.*?)</p>', html)[1]


def codes(html: str) -> list[str]:
    return re.findall(r'<li><span class="code">([^<]*)</span>', html)


@pytest.fixture
def basile(people: dict[str, Personne]) -> Acces:
    """What the person of the team may do."""
    return acces_of(people["equipe"])


# What there is to do


def test_what_is_overdue_shows_the_oldest_first_once_an_action(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01", pilots=("ccas",)), YESTERDAY)
    older = fiche(vallon, "O01-A02", pilots=("ccas",), fin_prevue=LONG_AGO)
    jalon(older, YESTERDAY)
    jalon(fiche(vallon, "O01-A03", pilots=("ccas",)), TODAY)
    html = section(desk(as_("equipe"), vallon), "retard")
    assert codes(html) == ["O01-A02", "O01-A01"]
    assert "la fin de l’action, et 1 autre échéance" in html
    assert "· CCAS" in html  # nobody is known there: the body is named
    assert reverse("fiche", args=[vallon.slug, "O01-A02"]) in html


def test_what_is_awaited_within_thirty_days_shows_the_nearest_first(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01"), TODAY + timedelta(days=30))
    fiche(vallon, "O01-A02", debut_prevu=TODAY)
    jalon(fiche(vallon, "O01-A03"), TODAY + timedelta(days=31))
    jalon(fiche(vallon, "O01-A04", statut="suspendue"), SOON)
    assert codes(section(desk(as_("equipe"), vallon), "bientot")) == ["O01-A02", "O01-A01"]


def test_help_asked_waits_for_the_team(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, aide_demandee="Un local")
    assert "Aide demandée : Un local" in section(desk(as_("equipe"), vallon), "attend")


def test_a_next_step_that_has_passed_waits_for_who_is_in_charge(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    step = {"prochaine_etape": "Réunir", "prochaine_etape_le": YESTERDAY}
    fiche(vallon, "O01-A01", personne_en_charge=people["equipe"], **step)
    fiche(vallon, "O01-A02", personne_en_charge=people["partenaire"], **step)
    fiche(vallon, "O01-A03", **step)
    assert codes(section(desk(as_("equipe"), vallon), "attend")) == ["O01-A01", "O01-A03"]


def test_an_action_that_no_known_body_carries_is_to_designate(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, "O01-A01", pilots=("?Mission ville",))
    fiche(vallon, "O01-A02", pilots=("ccas",))
    html = section(desk(as_("equipe"), vallon), "designer")
    assert codes(html) == ["O01-A01"]
    assert "Le contrat dit : « Mission ville »" in html


def test_a_gap_already_told_as_lateness_is_not_told_twice(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01", statut="realisee", pilots=("ccas",)), SOON)
    jalon(fiche(vallon, "O01-A02", statut="a-lancer", pilots=("ccas",)), YESTERDAY)
    html = desk(as_("equipe"), vallon)
    assert codes(section(html, "ecart")) == ["O01-A01"]
    assert codes(section(html, "retard")) == ["O01-A02"]


def test_silence_shows_the_longest_first(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, "O01-A01", pilots=("ccas",), ouverte_le=LONG_AGO)
    fiche(vallon, "O01-A02", pilots=("ccas",), ouverte_le=LONG_AGO - timedelta(days=9))
    fiche(vallon, "O01-A03", ouverte_le=YESTERDAY)
    assert codes(section(desk(as_("equipe"), vallon), "silence")) == ["O01-A02", "O01-A01"]


def test_a_signatory_without_a_contact_leads_to_adding_one(as_: As, vallon: EspaceDeContrat) -> None:
    caf, ccas = body("caf"), body("ccas")
    Signataire.objects.create(espace=vallon, ordre=1, code="S01", nom="CAF", organisation=caf)
    Signataire.objects.create(espace=vallon, ordre=2, code="S02", nom="CCAS", organisation=ccas)
    referent(member("Ida Contact", Role.PARTENAIRE, vallon), vallon, of="ccas")
    html = section(desk(as_("equipe"), vallon), "contacts")
    assert f"{reverse('contact-nouveau', args=[vallon.slug])}?organisme={caf.pk}" in html
    assert f"organisme={ccas.pk}" not in html


def test_an_action_has_one_line_that_says_all(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01", aide_demandee="Un local", ouverte_le=LONG_AGO), YESTERDAY)
    html = desk(as_("equipe"), vallon)
    assert html.count('<span class="code">O01-A01</span>') == 1
    line = section(html, "retard")
    assert "Aide demandée : Un local" in line
    assert "sans nouvelles depuis le" in line
    assert "à désigner" in line


def test_a_section_counts_what_its_list_counts_though_a_line_is_shown_once(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01", ouverte_le=LONG_AGO), YESTERDAY)
    fiche(vallon, "O01-A02", pilots=("ccas",), ouverte_le=LONG_AGO)
    fiche(vallon, "O01-A03", ouverte_le=YESTERDAY)
    client = as_("equipe")
    html = desk(client, vallon)
    assert lede(html) == "Une action est en retard, deux attendent un porteur et deux sont sans nouvelles."
    shown = {name: int_in(section(html, name)) for name in ("retard", "designer", "silence")}
    table = reverse("fiches", args=[vallon.slug])
    held = {name: client.get(table, {name: "oui"}).content.decode() for name in shown}
    assert shown == {name: int(re.findall(r'<p class="compte">(\d+)', page)[0]) for name, page in held.items()}


def int_in(block: str) -> int:
    """All that the heading of a section counts: its lines, and those told above it."""
    heading = re.findall(r'<span class="compte">(.*?)</span></h2>', block, re.DOTALL)[0]
    return sum(map(int, re.findall(r"\d+", heading)))


# Settled, and gone


def test_a_line_is_gone_when_its_matter_is_settled(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    late = jalon(fiche(vallon, "O01-A01", pilots=("ccas",)), YESTERDAY)
    fiche(vallon, "O01-A02", pilots=("ccas",), aide_demandee="Un local")
    unknown = fiche(vallon, "O01-A03")
    before = desk(as_("equipe"), vallon)
    assert lede(before) == "Une action est en retard, une demande vous attend et une action attend un porteur."
    update_jalon(by=basile, jalon=late, changes={"atteint_le": TODAY})
    update_fiche(by=basile, fiche=unknown, version=1, changes={"organisme_en_charge": body("ccas")})
    asking = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=basile, fiche=asking, version=1, changes={"aide_demandee": ""})
    after = desk(as_("equipe"), vallon)
    assert [section(after, name) for name in ("retard", "attend", "designer")] == ["", "", ""]


def test_giving_news_ends_the_silence(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    quiet = fiche(vallon, pilots=("ccas",), ouverte_le=LONG_AGO)
    assert section(desk(as_("equipe"), vallon), "silence")
    give_news(by=basile, fiche=quiet, texte="Le local est trouvé.")
    html = desk(as_("equipe"), vallon)
    assert section(html, "silence") == ""
    assert lede(html) == "Rien ne vous attend aujourd’hui."


# Who sees what


def test_a_partner_finds_only_what_its_body_carries(as_: As, vallon: EspaceDeContrat) -> None:
    for code, pilots in (("O01-A01", ("ccas",)), ("O01-A02", ("caf",)), ("O01-A03", ("?Mission ville",))):
        jalon(fiche(vallon, code, pilots=pilots, aide_demandee="Un local"), YESTERDAY)
    html = desk(as_("partenaire"), vallon)
    assert set(codes(html)) == {"O01-A01"}
    assert section(html, "attend") == "", "help is asked of the team"


def test_giving_news_is_the_main_action_of_a_partner(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, "O01-A01", pilots=("ccas",), derniere_nouvelle_le=YESTERDAY)
    fiche(vallon, "O01-A02", pilots=("ccas",))
    fiche(vallon, "O01-A03", pilots=("ccas",), ouverte_le=LONG_AGO, statut="abandonnee", motif="faute de lieu")
    html = desk(as_("partenaire"), vallon)
    url = reverse("fiche-nouvelle", args=[vallon.slug, "O01-A02"])
    assert f'<a class="bouton" href="{url}">Donner des nouvelles</a>' in html
    assert codes(section(html, "porte")) == ["O01-A02", "O01-A01", "O01-A03"]


def test_a_partner_that_carries_nothing_is_told_so(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, pilots=("caf",), fin_prevue=LONG_AGO)
    assert lede(desk(as_("partenaire"), vallon)) == "Votre organisme ne porte aucune action ici : rien ne vous attend."


def test_who_only_reads_finds_figures_and_what_is_new(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    found = fiche(vallon, pilots=("ccas",), fin_prevue=LONG_AGO, statut="en-cours")
    give_news(by=basile, fiche=found, texte="Le local est trouvé.")
    html = desk(as_("lecture"), vallon)
    assert lede(html) == "Une nouveauté à lire."
    assert section(html, "retard") == ""
    assert re.search(r"<dt>en retard</dt>\s*<dd><a\s[^>]*retard=oui[^>]*>1</a>", html)


def test_nothing_to_do_is_said_plainly(as_: As, vallon: EspaceDeContrat) -> None:
    html = desk(as_("equipe"), vallon)
    assert lede(html) == "Rien ne vous attend aujourd’hui."
    assert "Ni retard, ni échéance proche, ni nouveauté." in html


def test_lines_that_are_only_counted_are_not_written() -> None:
    written: list[int] = []

    def make(rank: int) -> Item:
        written.append(rank)
        return Item("", f"Ligne {rank}")

    lines = Lignes(range(100), make)
    assert len(lines) == 100
    assert [one.title for one in lines[:2]] == ["Ligne 0", "Ligne 1"]
    assert lines[99].title == "Ligne 99"
    assert written == [0, 1, 99]
    assert [one.title for one in lines] == [f"Ligne {rank}" for rank in range(100)]


# What is new


def test_news_and_changes_of_status_by_others_are_new(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    found = fiche(vallon, pilots=("ccas",))
    give_news(by=basile, fiche=found, texte="Le local est trouvé.")
    update_fiche(by=basile, fiche=found, version=1, changes={"statut": "en-cours"})
    update_fiche(by=basile, fiche=found, version=2, changes={"public_vise": "Les familles"})
    html = section(desk(as_("partenaire"), vallon), "nouveau")
    assert "Le local est trouvé · Basile Pivot" in html
    assert "Statut : rien n’est annoncé → en cours · Basile Pivot" in html
    assert "Les familles" not in html
    assert section(desk(as_("equipe"), vallon), "nouveau") == "", "what one said oneself is not new"


def test_a_partner_has_no_news_of_what_others_carry(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    give_news(by=basile, fiche=fiche(vallon, pilots=("caf",)), texte="Le local est trouvé.")
    assert section(desk(as_("partenaire"), vallon), "nouveau") == ""
    assert section(desk(as_("lecture"), vallon), "nouveau") != ""


def test_news_of_a_promise_are_new_to_its_signatory_and_to_those_who_read(
    as_: As, vallon: EspaceDeContrat, basile: Acces
) -> None:
    tell_engagement(by=basile, suivi=engagement(vallon, of="ccas"), texte="Le lieu est ouvert.")
    tell_engagement(by=basile, suivi=engagement(vallon, "S02-E01", of="caf"), texte="Rien encore.")
    html = section(desk(as_("partenaire"), vallon), "nouveau")
    assert "Le lieu est ouvert" in html
    assert reverse("suivi-engagement", args=[vallon.slug, "S01-E01"]) in html
    assert "Rien encore" not in html
    assert "Rien encore" in section(desk(as_("lecture"), vallon), "nouveau")


def test_a_frozen_synthesis_is_new_to_all(as_: As, vallon: EspaceDeContrat) -> None:
    number = frozen_point(vallon)
    for who in ("lecture", "partenaire", "equipe"):
        html = section(desk(as_(who), vallon), "nouveau")
        assert reverse("point-synthese", args=[vallon.slug, number]) in html


def test_the_difficulties_told_in_the_trace_are_not_news(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    update_fiche(by=basile, fiche=fiche(vallon), version=1, changes={"difficultes": "Le local est humide."})
    assert "humide" not in desk(as_("lecture"), vallon)


def test_reading_a_page_writes_nothing(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    give_news(by=basile, fiche=fiche(vallon), texte="Le local est trouvé.")
    client = as_("lecture")
    with CaptureQueriesContext(connection) as seen:
        desk(client, vallon)
    assert [query["sql"] for query in seen if not query["sql"].startswith("SELECT")] == []
    assert not DernierPassage.objects.exists()


def test_i_have_read_everything(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    found = fiche(vallon)
    give_news(by=basile, fiche=found, texte="Le local est trouvé.")
    client = as_("lecture")
    shown = re.search(r'name="jusqu_a" value="([^"]+)"', desk(client, vallon))[1]
    give_news(by=basile, fiche=found, texte="Le bail est signé.")
    answer = client.post(reverse("aujourdhui", args=[vallon.slug]), {"jusqu_a": shown}, follow=True)
    assert "vous avez tout lu" in answer.content.decode()
    html = section(desk(client, vallon), "nouveau")
    assert "Le local est trouvé" not in html
    assert "Le bail est signé" in html, "it came after the page that was read"


def test_nobody_reads_ahead(vallon: EspaceDeContrat, basile: Acces) -> None:
    note_read(by=basile, espace=vallon, jusqu_a=horloge.now() + timedelta(days=9))
    assert DernierPassage.objects.get().vu_jusqu_a <= horloge.now()


def test_without_a_last_reading_what_is_new_goes_a_month_back(as_: As, vallon: EspaceDeContrat, basile: Acces) -> None:
    found = fiche(vallon)
    for days in (29, 32):
        moment = timezone.make_aware(datetime.combine(TODAY - timedelta(days=days), datetime.min.time()))
        with horloge.simulated(moment):
            give_news(by=basile, fiche=found, texte=f"Dite il y a {days} jours.")
    html = section(desk(as_("lecture"), vallon), "nouveau")
    assert "il y a 29 jours" in html
    assert "il y a 32 jours" not in html


# A few lines, then the rest


def test_a_section_shows_a_few_lines_and_leads_to_the_others(as_: As, vallon: EspaceDeContrat) -> None:
    for rank in range(1, 9):
        fiche(vallon, f"O01-A{rank:02}", pilots=("ccas",), fin_prevue=YESTERDAY)
    html = section(desk(as_("equipe"), vallon), "retard")
    assert len(codes(html)) == 5
    assert f'href="{reverse("fiches", args=[vallon.slug])}?retard=oui">Les 3 autres' in html


def test_the_others_of_a_partner_are_its_own(as_: As, vallon: EspaceDeContrat) -> None:
    for rank in range(1, 8):
        fiche(vallon, f"O01-A{rank:02}", pilots=("ccas",), fin_prevue=YESTERDAY)
    assert "?retard=oui&amp;porteur=moi" in section(desk(as_("partenaire"), vallon), "retard")


def test_a_section_that_no_list_holds_shows_whole_when_asked(as_: As, vallon: EspaceDeContrat) -> None:
    for rank in range(1, 8):
        fiche(vallon, f"O01-A{rank:02}", pilots=("ccas",), aide_demandee="Un local")
    client = as_("equipe")
    assert 'href="?section=attend#attend">Les 2 autres' in section(desk(client, vallon), "attend")
    assert len(codes(section(desk(client, vallon, "?section=attend"), "attend"))) == 7


@pytest.mark.parametrize("who", ["administration", "equipe", "partenaire", "lecture"])
def test_the_number_of_queries_does_not_grow(as_: As, vallon: EspaceDeContrat, people, who: str) -> None:
    def add(ranks: range) -> None:
        for rank in ranks:
            code = f"O{rank:02}-A01"
            orientation(vallon, f"O{rank:02}", pilots=("ccas",))
            late = fiche(vallon, code, aide_demandee="Un local", ouverte_le=LONG_AGO)
            jalon(late, YESTERDAY)
            give_news(by=acces_of(people["equipe"]), fiche=late, texte="Le local est trouvé.")

    add(range(1, 3))
    client = as_(who)
    desk(client, vallon)
    with CaptureQueriesContext(connection) as few:
        desk(client, vallon)
    add(range(3, 20))
    with CaptureQueriesContext(connection) as many:
        desk(client, vallon)
    assert len(many) == len(few) <= 45


# The way there


def test_who_has_one_contract_lands_on_its_desk(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    landed = client.get(reverse("mes-contrats"))
    assert landed["Location"] == reverse("aujourdhui", args=[vallon.slug])
    html = client.get(landed["Location"]).content.decode()
    assert f'href="{reverse("mes-contrats")}?liste=oui"' in html
    listed = " ".join(client.get(reverse("mes-contrats") + "?liste=oui").content.decode().split())
    assert f'<a href="{reverse("aujourdhui", args=[vallon.slug])}">{vallon.titre}</a>' in listed


def test_who_has_several_contracts_chooses(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    Habilitation.objects.create(personne=people["equipe"], espace=colline, role=Role.LECTURE, du=date(2026, 1, 5))
    assert as_("equipe").get(reverse("mes-contrats")).status_code == 200
    assert as_("administration").get(reverse("mes-contrats")).status_code == 200


def test_today_is_first_in_the_bar_and_last_in_that_of_a_public_page(as_: As, colline: EspaceDeContrat) -> None:
    client, url = as_("voisin"), reverse("aujourdhui", args=[colline.slug])
    bar = re.search(r'aria-label="Pages du contrat">(.*?)</nav>', desk(client, colline), re.S)[1]
    assert re.search(r'<a href="([^"]+)"', bar)[1] == url
    assert f'<a href="{url}">Aujourd’hui</a>' in client.get(reverse("quartier", args=[colline.slug])).content.decode()


# Values


def test_the_sentence_names_a_noun_once_and_counts_three_sections() -> None:
    def lines(count: int) -> list[Item]:
        return [Item("", "")] * count

    late, carrier = Annonce("action", "est en retard", "sont en retard"), Annonce("action", "attend", "attendent")
    contact = Annonce("signataire", "n’a pas de contact", "n’ont pas de contact", "m")
    counted = [("a", 3, late), ("b", 1, carrier), ("c", 1, contact), ("d", 9, late)]
    sections = [Section(name, "", lines(count), annonce) for name, count, annonce in counted]
    assert sentence(sections) == "Trois actions sont en retard, une attend et un signataire n’a pas de contact."
    assert sentence(sections[:1]) == "Trois actions sont en retard."
    assert sentence([Section("n", "", lines(2))]) == ""


def test_a_room_brings_its_section_and_an_empty_one_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, vallon: EspaceDeContrat, basile: Acces
) -> None:
    said = Section("argent", "Argent", [Item("", "Un dossier à instruire", "/dossier/")])
    only(monkeypatch, Piece("financement", blocks={1: lambda acces, espace, on: [said, Section("vide", "Vide", [])]}))
    assert sections_of(basile, vallon, TODAY) == [said]


def test_what_has_begun_is_not_awaited_to_begin(vallon: EspaceDeContrat) -> None:
    begun = FicheAction(debut_prevu=SOON, debut_reel=YESTERDAY, fin_prevue=SOON, prochaine_etape_le=TODAY)
    assert [one.quoi for one in coming(begun, [], TODAY, SOON)] == ["prochaine étape", "fin de l’action"]
