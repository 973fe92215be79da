"""What the documentation says is true: examples load, generated pages are up to date, links lead somewhere."""

import json
import re
import struct
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, resolve
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import photographier
from tenir.cli.main import main
from tenir.core.typographie import accord
from tenir.fichier import canonique, modeles, schema
from tenir.fichier.comptage import count
from tenir.fichier.document import read_document
from tenir.fichier.mots import plain
from tenir.fichier.objet import Item, Objet
from tenir.fichier.validation import validate
from tenir.public.urls import urlpatterns
from tests.fabriques import SHIPPED

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def fenced(page: Path, language: str) -> str:
    """The first block of code of a page in one language."""
    found = re.search(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)
    assert found, f"{page.name} holds no {language}"
    return found.group(1)


def test_the_reference_page_is_up_to_date() -> None:
    assert (DOCS / "fichier-contrat-reference.md").read_text() == schema.reference_page(), "make docs"


def test_the_published_schema_is_up_to_date() -> None:
    assert (DOCS / "contrat.schema.json").read_text() == schema.json_schema() + "\n", "make docs"


def test_every_field_of_the_published_schema_says_what_it_means() -> None:
    made = json.loads(schema.json_schema())
    silent = [
        f"{name}.{field}"
        for name, definition in {schema.ROOT: made, **made["$defs"]}.items()
        for field, facts in definition.get("properties", {}).items()
        if not facts["description"]
    ]
    assert silent == []


def test_the_reference_gives_no_sentence_to_a_field_that_is_gone() -> None:
    made = json.loads(schema.json_schema())
    fields = {
        known
        for name, definition in {schema.ROOT: made, **made["$defs"]}.items()
        for field in definition.get("properties", {})
        for known in (field, f"{name}.{field}")
    }
    assert schema.SENS.keys() - fields == set()


@pytest.mark.parametrize("contract", SHIPPED, ids=lambda path: path.stem)
def test_the_published_schema_accepts_the_contracts_shipped(contract: Path) -> None:
    jsonschema.validate(canonique.parse(contract.read_text())[0], json.loads(schema.json_schema()))


@pytest.mark.parametrize(
    ("printed", "broken"),
    [
        ("code: O01-A01", "code: action-1"),
        ("titre: Apprendre", "titel: Apprendre"),
        ("fictif: true", "fictif: peut-être"),
    ],
)
def test_the_published_schema_refuses_a_faulty_file(printed: str, broken: str) -> None:
    example = fenced(DOCS / "fichier-contrat.md", "yaml")
    assert printed in example
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(canonique.parse(example.replace(printed, broken))[0], json.loads(schema.json_schema()))


def test_the_example_of_a_contract_file_is_valid_line_by_line() -> None:
    page = DOCS / "fichier-contrat.md"
    written = fenced(page, "yaml")
    spans = canonique.load(written).spans_of_names
    document = read_document(fenced(page, "text").encode(), spans)
    assert validate(written, document).fautes == ()
    assert "Jeanne Modèle" not in "\n".join(document.lignes)


def test_the_example_of_a_contract_file_is_canonical() -> None:
    written = fenced(DOCS / "fichier-contrat.md", "yaml")
    assert canonique.dump(canonique.load(written)) == written


def test_the_faults_shown_are_those_that_a_mistyped_field_brings() -> None:
    page = DOCS / "fichier-contrat.md"
    mistyped = fenced(page, "yaml").replace("libelle: dont", "libele: dont")
    for fault in validate(mistyped).fautes:
        assert str(fault) in page.read_text()


RECORDS = sorted((DOCS / "adr").glob("*.md"))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in RECORDS] == [f"{rank:04}" for rank in range(1, len(RECORDS) + 1)]
    assert [path.read_text().partition(" ·")[0] for path in RECORDS] == [f"# {path.name[:4]}" for path in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(record: Path) -> None:
    headings = re.findall(r"^## (.*)$", record.read_text(), re.M)
    assert headings == ["Context", "Decision", "Consequences"]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables of a page, without their headers' underlines."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    told = {canonicalize_name(row[0]): row for row in rows((DOCS / "adr/0010-dependances.md").read_text())}
    packages = {canonicalize_name(Requirement(line).name) for line in wanted}
    assert told.keys() - {"package"} == packages
    assert all(all(cell for cell in told[name]) and len(told[name]) == 4 for name in packages)


def test_the_counts_of_coutras_are_those_of_its_file() -> None:
    counted = count(canonique.load((ROOT / "contrats/coutras-2024-2030.yaml").read_text()))
    told = {row[0]: int(row[1]) for row in rows((DOCS / "adr/0008-compte-de-coutras.md").read_text())[1:]}
    assert told == {
        "axes, one of them transversal": counted.axes,
        "orientations": len(counted.orientations),
        "orientations whose title differs in the protocol": counted.titres_qui_different,
        "planned actions": counted.total("actions"),
        "of which printed under another heading": counted.actions_sous_un_autre_titre,
        "sub-actions": counted.total("sous_actions"),
        "objectives as bullets": counted.total("objectifs"),
        "objectives in prose": counted.total("objectifs_en_prose"),
        "figures under DONNÉES": counted.total("donnees"),
        "funding lines": counted.total("lignes_de_credits"),
        "of which empty": counted.total("lignes_vides"),
        "signatories": counted.signataires,
        "commitments": counted.engagements,
        "of which in prose": counted.engagements_en_prose,
        "printed indicators": counted.indicateurs_imprimes,
        "distinct indicators": counted.indicateurs_distincts,
        "bodies of governance": counted.instances,
    }


def lexicon() -> dict[str, list[str]]:
    """The words of the lexicon with their name in the code, sentence and source."""
    return {row[0]: row[1:] for row in rows((DOCS / "lexique.md").read_text())[1:]}


def test_the_lexicon_is_alphabetical() -> None:
    words = [plain(word).replace("-", " ") for word in lexicon()]
    assert words == sorted(words)
    assert len(words) == len(set(words))


def test_every_word_has_one_sentence_and_a_source() -> None:
    assert {word for word, (_, _, sense, source) in lexicon().items() if not source or not sense.endswith(".")} == set()


def test_every_word_has_one_english_word_that_no_other_has() -> None:
    english = [row[1] for row in lexicon().values()]
    assert {word for word in english if not word or english.count(word) > 1} == set()


def test_every_model_of_the_database_is_in_the_lexicon() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("tenir.")]
    nouns = {str(model._meta.verbose_name): model.__name__ for model in models}
    told = {word: row[0] for word, row in lexicon().items()}
    assert {noun for noun, name in nouns.items() if f"`{name}`" != told.get(noun)} == set()


def test_every_object_of_the_contract_file_is_in_the_lexicon() -> None:
    made = [model for model in vars(modeles).values() if isinstance(model, type) and issubclass(model, Objet)]
    named = {model.__name__ for model in made if model not in (Item, Objet)}
    in_code = {row[0].strip("`") for row in lexicon().values()}
    assert named - in_code == set()
    nouns = {model.genre for model in made if issubclass(model, Item)} - {"", "instance"}
    assert nouns - lexicon().keys() == set(), "« instance » alone stands for « instance de gouvernance »"


GUIDE = ROOT / "src" / "tenir" / "public" / "guide"
PAGES_OF_DOCS = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md"), *GUIDE.glob("*.md")])
PICTURES = sorted(photographier.IMAGES.iterdir())


@pytest.mark.parametrize("page", PAGES_OF_DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(), flags=re.M | re.S)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_every_page_of_the_guide_can_be_reached_from_the_first() -> None:
    reached, waiting = set(), [GUIDE / "index.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        links = re.findall(r"\]\(([\w-]+\.md)", page.read_text())
        waiting += [GUIDE / link for link in links if GUIDE / link not in reached]
    assert set(GUIDE.glob("*.md")) - reached == set()


def test_the_guide_shows_every_picture_that_is_taken_and_no_other() -> None:
    computer, phone = photographier.WIDTHS
    wanted = {f"{name}-{width}.png" for name in photographier.PAGES for width in photographier.WIDTHS}
    wanted |= {f"{name}-{computer}.png" for name in (*photographier.TEAM, photographier.TABLE)}
    wanted |= {f"{name}-{phone}.png" for name in (photographier.LINK, photographier.CARNET, photographier.DOSSIER)}
    pages = [page.read_text() for page in GUIDE.glob("*.md")]
    shown = {picture for page in pages for picture in re.findall(r"/public/guide/([^)]+)\)", page)}
    assert {picture.name for picture in PICTURES} == wanted, "make docs"
    assert shown == wanted


def test_the_guide_shows_every_page_of_the_public_site() -> None:
    shown = {resolve(path.partition("?")[0]).url_name for path in photographier.PAGES.values()}
    pages = {str(route.name) for route in routes(urlpatterns) if "." not in str(route.pattern)}
    assert pages - shown == {"code", "composants", "sante", "aide", "aide-page", "arret-photo-publique"}, (
        "what leads on, what is not for readers, the guide, a photograph by itself"
    )


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def test_a_picture_is_light_and_as_wide_as_its_name_says() -> None:
    for picture in PICTURES:
        content = picture.read_bytes()
        width, height = struct.unpack(">II", content[16:24])
        assert len(content) < 250_000, picture.name
        assert picture.stem.endswith(f"-{width}"), picture.name
        assert height <= photographier.TALLEST, picture.name


def test_the_only_picture_of_coutras_is_the_contract_at_a_glance() -> None:
    paths = [path for path in photographier.PAGES.values() if "coutras" in path]
    assert paths == ["/contrats/coutras-2024-2030/"]


def test_the_readme_names_every_command() -> None:
    told = set(re.findall(r"`tenir ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert set(main.commands) == told


def test_the_refusals_told_by_the_guide_are_those_of_the_code() -> None:
    code = "".join(path.read_text() for path in (ROOT / "src" / "tenir").glob("**/*.py")).replace("\u00a0", " ")
    told = [row[0] for row in rows((GUIDE / "charger-un-contrat.md").read_text())[1:]]
    words = [re.sub(r"[«»`]", "", message.replace("\u00a0", " ")).strip() for message in told]
    assert [message for message in words if message not in re.sub(r"[«»] ?| ?[«»]", "", code)] == []


def coverage() -> list[list[str]]:
    """The rows of the page that says what is served."""
    return rows((DOCS / "couverture.md").read_text())[1:]


def test_what_is_said_to_be_served_is_counted_right() -> None:
    states = Counter(row[2] for row in coverage())
    assert states.keys() <= {"servi", "en partie"}
    left = 69 - states.total()
    sentence = (
        f"{states['servi']} {accord(states['servi'], 'servi')}, {states['en partie']} en partie, {left} pas encore"
    )
    assert sentence in (DOCS / "couverture.md").read_text()
    codes = [row[0].split()[0] for row in coverage()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"SY(0[1-9]|[1-6]\d)", code) for code in codes)


@pytest.mark.parametrize("row", coverage(), ids=lambda row: row[0].split()[0])
def test_what_is_said_to_be_served_has_a_test_that_exists(row: list[str]) -> None:
    proofs = re.findall(r"`([\w/]+\.py)::(\w+)`", row[5])
    assert proofs
    for file, name in proofs:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.M), f"{file}::{name}"
