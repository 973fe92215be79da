"""From the four questions to the file of a kind, and from what is wrong in that file back to the question."""

from decimal import Decimal
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from tenir.activite.codes import code_of, codes_that_served, measures_that_served
from tenir.activite.ecrans.natures.champs import AUTRE, SEP, AlimentationForm, MesureForm, choices_in
from tenir.activite.ecrans.natures.formulaire import AUCUNE, DU_REGISTRE, GARDES, RANG, Questions
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire
from tenir.fichier.fautes import Faute
from tenir.fichier.mots import plain
from tenir.natures.modeles import Nature
from tenir.natures.validation import validate

PLACES = {
    "nature": "libelle",
    "unite": "mot",
    "vraisemblable": "most",
    "modalite": "mesure",
}
"""The field of the form for what the file calls otherwise."""
REMEDES = {
    "vraisemblable": "Écrivez le moins attendu, puis le plus ; des nombres entiers, sauf pour ce qui a des décimales.",
    "cumul": "Laissez « comme d’habitude », ou comptez des passages.",
    "choix": "Un choix par ligne, chacun avec ses propres mots.",
    "calcul": "Choisissez un autre calcul, ou un autre nombre.",
    "mesure": "Choisissez un autre nombre, ou l’une de ses parts.",
    "modalite": "Choisissez une part de ce nombre.",
    "forme": "",
    "periode": "Choisissez un rythme pour un décompte ou un état, aucun pour une séance.",
    "decimales": "Reprenez ce qu’il disait, ou prenez une autre ligne.",
    "principale": "Choisissez un nombre qui a un total.",
    "etats": "Un état par ligne ; un état qui a servi reste, ses mots peuvent changer.",
    "echeance": "Videz-la, ou faites un registre.",
    "nom": "Videz-le, ou faites un registre.",
    "prevenir": "Dites ce qui arrive à l’échéance, ou videz ce nombre.",
}
"""What to do about a fault, where the file says it in words of a file."""


def compose(questions: Questions) -> Nature | None:
    """The kind that questions say, once it is checked; none when something is wrong, shown beside its question."""
    data = data_of(questions)
    if not data["nature"]:
        questions.form.add_error("libelle", typo("Donnez-lui un nom fait de lettres."))
        return None
    if same := _same_name(questions, data["libelle"]):
        said = f"« {same} » existe déjà : donnez un autre nom, ou changez celle-là."
        questions.form.add_error("libelle", typo(said))
        return None
    found = validate(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), questions.of.files.values())
    named = any(faute.chemin == "libelle" for faute in found.fautes)
    for faute in found.fautes:
        if not (named and faute.chemin == "nature"):  # the code is made of the name: one fault, not two
            place(questions, faute)
    return None if found.fautes else found.natures[0]


def _same_name(questions: Questions, libelle: str) -> str:
    """The name of another kind that reads the same."""
    others = (one for one in questions.of.files.values() if one.nature != questions.code)
    return next((one.libelle for one in others if plain(one.libelle) == plain(libelle)), "")


def data_of(questions: Questions) -> dict[str, Any]:
    """The file of the kind as plain data, what is not said left out."""
    given, codes = questions.form.cleaned_data, measure_codes(questions)
    said = {
        "nature": questions.code or new_code(questions, given["libelle"]),
        "est": "" if given["est"] == AUCUNE else given["est"],
        "libelle": given["libelle"],
        "pluriel": given["pluriel"],
        "page": given["page"],
        "forme": given["forme"],
        "sujet": given["sujet"],
        "periode": given["periode"],
        "themes": [one for one in (part.strip() for part in given["themes"].split(",")) if one],
        "actions": [one for form in questions.actions if (one := form.cleaned_data["action"])],
        "mesures": [_measure(form, codes[form.prefix or ""]) for form in questions.utiles],
        "principale": _pointed(given["principale"], codes),
        "alimente": [_fed(form, codes) for form in questions.nourris],
        "visible": given["visible"],
        "generique": given["generique"],
    }
    said |= {name: given[name] for name in DU_REGISTRE}
    return {name: value for name, value in said.items() if value or name == "nature"} | kept(questions)


def kept(questions: Questions) -> dict[str, Any]:
    """What the file says that no question asks: it stays as it is."""
    if questions.nature is None:
        return {}
    return questions.nature.model_dump(mode="json", include=set(GARDES), exclude_defaults=True)


def new_code(questions: Questions, libelle: str) -> str:
    """The code of a kind being made, from its name, of which no kind ever was."""
    of = questions.of
    return code_of(libelle, codes_that_served(of.espace, of.files.values()))


def measure_codes(questions: Questions) -> dict[str, str]:
    """The code of each number asked, by the prefix of its line: it never changes; a new one is made of its words."""
    served = {one.code for one in questions.reprises} | {form.cleaned_data["code"] for form in questions.utiles}
    if questions.code:
        served |= measures_that_served(questions.of.espace, questions.code)
    found = {}
    for form in questions.utiles:
        code = form.cleaned_data["code"] or code_of(form.cleaned_data["libelle"], served) or "nombre"
        found[form.prefix or ""] = code
        served.add(code)
    return found


def _measure(form: MesureForm, code: str) -> dict[str, Any]:
    given = form.cleaned_data
    people = given["compte"] != AUTRE
    bounds = [given["least"], given["most"]]
    said = {
        "code": code,
        "libelle": given["libelle"],
        "question": given["question"],
        "unite": given["compte"] if people else given["mot"] or given["libelle"].lower(),
        "cumul": given["cumul"],
        "parts": given["parts"],
        "choix": choices_in(given["choix"]),
        "decimales": given["decimales"],
        "vraisemblable": [_plain(one) for one in bounds] if None not in bounds else None,
    }
    return {name: value for name, value in said.items() if value}


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _fed(form: AlimentationForm, codes: dict[str, str]) -> dict[str, Any]:
    given = form.cleaned_data
    mesure, modalite = _number(given["mesure"], codes)
    said = {
        "indicateur": given["indicateur"],
        "calcul": given["calcul"],
        "mesure": mesure,
        "modalite": modalite,
        "etat": given.get("etat", ""),
        "de": given["de"],
        "sur": _over(given["sur"], codes),
        "quartier": given["quartier"],
    }
    return {name: value for name, value in said.items() if value}


def _over(said: str, codes: dict[str, str]) -> dict[str, str]:
    """What a share is taken of."""
    mesure, modalite = _number(said, codes)
    return {name: value for name, value in (("mesure", mesure), ("modalite", modalite)) if value}


def _number(said: str, codes: dict[str, str]) -> tuple[str, str]:
    """The code of a measure, and one of its parts, as a choice names them."""
    mesure, _, modalite = said.partition(SEP)
    return _pointed(mesure, codes), modalite


def _pointed(key: str, codes: dict[str, str]) -> str:
    """The code of the number that a choice points to; one that is asked no more is named as it was chosen."""
    return codes.get(f"m{key.removeprefix(RANG)}", key) if key.startswith(RANG) else key


def place(questions: Questions, faute: Faute) -> None:
    """Put a fault of the file beside the question it comes from; at the head when it comes from none."""
    parts = faute.chemin.split(" › ")
    field = "choix" if "choix" in parts else parts[-1] if not parts[-1].isdecimal() else ""
    remede = REMEDES.get(field, faute.remede)
    said = typo(f"{faute.message[:1].upper()}{faute.message[1:]} {remede}".strip())
    form, name = _beside(questions, parts)
    form.add_error(name if name in form.fields else None, ValidationError(said))


def _beside(questions: Questions, parts: list[str]) -> tuple[Formulaire, str]:
    field = PLACES.get(parts[-1], parts[-1])
    lines: dict[str, list[Any]] = {"mesures": list(questions.utiles), "alimente": list(questions.nourris)}
    lines["actions"] = [one for one in questions.actions if one.cleaned_data.get("action")]
    if parts[0] not in lines or len(parts) < 2:
        return questions.form, PLACES.get(parts[0], parts[0])
    form = lines[parts[0]][int(parts[1]) - 1]
    if parts[0] == "actions":
        return form, "action"
    if field == "code":
        return form, "libelle"
    return form, "choix" if "choix" in parts else field if len(parts) > 2 else "cumul"
