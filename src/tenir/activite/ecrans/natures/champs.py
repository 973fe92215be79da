"""The small forms of a kind: one number that it counts, one indicator that it feeds."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tenir.activite.codes import code_of
from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.natures.enums import MODALITES, Cumulation, Unite, Ventilation
from tenir.natures.modeles import Alimentation, Etat, Mesure

AUTRE = "autre"
COMPTES = (
    (Unite.PASSAGES.value, "des passages : chaque venue compte"),
    (Unite.PERSONNES.value, "des personnes différentes : deux venues comptent une fois"),
    (AUTRE, "autre chose que des gens"),
)
MARGES = (
    (Ventilation.SEXE.value, "par sexe"),
    (Ventilation.AGE.value, "par âge"),
    (Ventilation.QUARTIER.value, "selon que l’on habite le quartier"),
)
ENSEMBLE = (
    ("", "comme d’habitude pour ce que l’on compte"),
    (Cumulation.SOMME.value, "s’ajoutent"),
    (Cumulation.DERNIER.value, "la dernière connue compte"),
    (Cumulation.MAX.value, "la plus grande compte"),
    (Cumulation.JAMAIS.value, "se lisent une par une"),
)
CALCULS = (
    ("", "Rien"),
    ("compte", "le nombre d’entrées"),
    ("somme", "le total d’un nombre"),
    ("dernier", "la dernière valeur connue"),
    ("max", "la plus grande valeur"),
    ("objets", "ce qui dure, dans un état"),
    ("distincts", "combien de différents"),
    ("part", "une part, en %"),
    ("actions", "les actions en cours ou réalisées"),
    ("preconisations", "les préconisations du conseil citoyen"),
    ("conseil", "les membres du conseil citoyen"),
)
DISTINGUES = (
    ("", "Sans objet"),
    ("organismes", "organismes"),
    ("lieux", "lieux"),
    ("objets", "lignes du registre"),
    ("recues", "préconisations reçues"),
    ("repondues", "préconisations répondues"),
    ("suivies", "préconisations suivies"),
    ("a-temps", "part des préconisations répondues à temps"),
    ("membres", "membres du conseil, en mandat"),
    ("habitants", "membres du collège des habitants"),
)
FINI = "(fini)"
"""At the end of a state, where they are typed: what is in it is closed."""
SEP = "|"
"""Between a measure and one of its parts, in what a choice says."""


class MesureForm(Formulaire):
    """One number that a kind asks for; nothing, as long as it is not named."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    libelle = forms.CharField(label="Ce que l’on compte", max_length=80, required=False)
    question = forms.CharField(
        label="La question posée",
        max_length=160,
        required=False,
        help_text=typo("« Combien de personnes sont montées ? » Vide : ce que l’on compte."),
    )
    compte = forms.ChoiceField(label="On compte", choices=COMPTES, required=False)
    mot = forms.CharField(
        label="Si c’est autre chose, dans quel mot ?",
        max_length=80,
        required=False,
        help_text=typo("Au pluriel : « dépliants », « heures ». Vide : comme ce que l’on compte."),
    )
    parts = forms.MultipleChoiceField(
        label="Pour des gens, demander aussi",
        choices=MARGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    least = NombreField(label="D’ordinaire, de", required=False)
    most = NombreField(label="à", required=False, help_text="Au-delà, on relit avant de compter. Rien n’est refusé.")
    choix = Texte(
        label="Compter plutôt par choix",
        required=False,
        help_text=typo(
            "Un choix par ligne, un nombre chacun, sans total. Ce qui précède « : » est son code : gardez-le pour "
            "changer ses mots."
        ),
    )
    cumul = forms.ChoiceField(label="Plusieurs valeurs", choices=ENSEMBLE, required=False)
    decimales = forms.BooleanField(label="Peut avoir des décimales (heures, euros)", required=False)

    @property
    def named(self) -> bool:
        """Whether a number is asked in it."""
        return bool(self.is_bound and (self._typed("libelle") or self._typed("question")))

    @property
    def regle(self) -> bool:
        """Whether it says more than what one sees at once."""
        return any(self[name].value() for name in ("choix", "cumul", "decimales"))

    @property
    def champs(self) -> tuple[str, ...]:
        """The fields that one sees at once, in their order."""
        return ("libelle", "question", "compte", "mot", "parts", "least", "most")

    def modalites(self) -> dict[str, str]:
        """The parts asked beside its total, or in its place, as they are typed."""
        chosen = choices_in(str(self["choix"].value() or ""))
        margins = [Ventilation(one) for one in self["parts"].value() or () if one in set(Ventilation)]
        said = {f"{part}:{code}": words for part in margins for code, words in MODALITES[part].items()}
        return said | {f"choix:{code}": words for code, words in chosen.items()}

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "").strip()

    def clean(self) -> dict[str, Any]:
        """Say what the small form alone can see, in words that have no file behind them."""
        given: dict[str, Any] = super().clean() or {}
        for name, sentence in _faults(given) if self.named else ():
            if not self.errors.keys() & {name, *BORNES.get(name, ())}:
                self.add_error(name, ValidationError(typo(sentence)))
        return given


BORNES = {"most": ("least",)}
"""Two fields that make one: a fault of the first is enough."""


def _faults(given: dict[str, Any]) -> Sequence[tuple[str, str]]:
    least, most = given.get("least"), given.get("most")
    people, by_choice = given.get("compte") != AUTRE, bool(given.get("choix"))
    found = {
        ("libelle", "Dites en quelques mots ce que l’on compte."): not given.get("libelle"),
        ("most", "Donnez les deux bornes, ou aucune."): (least is None) != (most is None),
        ("parts", "Seuls des gens se répartissent ainsi : décochez, ou comptez des passages."): not people
        and given.get("parts"),
        ("mot", "Ce mot ne sert que pour autre chose que des gens : videz-le, ou choisissez « autre chose »."): people
        and given.get("mot"),
        ("most", "Compté par choix, il n’a pas de total : videz les deux bornes, ou les choix."): by_choice
        and most is not None,
        ("parts", "Compté par choix, il n’a pas de total à répartir : décochez, ou videz les choix."): by_choice
        and given.get("parts"),
        ("decimales", "Des gens se comptent en nombres entiers."): people and given.get("decimales"),
    }
    return [fault for fault, there in found.items() if there]


def choices_in(text: str) -> dict[str, str]:
    """The choices of a text, one a line, « code : mots » or the words alone, of which the code is made."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, words = _coded(line, found)
        found[code] = words
    return found


def states_in(text: str) -> list[dict[str, Any]]:
    """The states of a text, one a line, as choices are; « (fini) » at its end says that nothing more is expected."""
    found: dict[str, dict[str, Any]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, words = _coded(line.removesuffix(FINI).rstrip(), found)
        if code in found:
            raise ValidationError(typo(f"« {code} » est écrit deux fois : donnez à chaque état le sien."))
        found[code] = {"code": code, "libelle": words, **({"clos": True} if line.endswith(FINI) else {})}
    return list(found.values())


def states_text(etats: Iterable[Etat]) -> str:
    """States as they are typed."""
    return "\n".join(f"{one.code} : {one.libelle}{f' {FINI}' if one.clos else ''}" for one in etats)


def _coded(line: str, served: Container[str]) -> tuple[str, str]:
    """The code of a line and its words: the code is what stands before « : », or is made of the words."""
    code, sep, words = line.partition(" : ")
    code, words = (code.strip(), words.strip()) if sep else ("", line)
    return code or code_of(words, served) or words, words


def initial_of(mesure: Mesure) -> dict[str, Any]:
    """What the small form of a measure opens on."""
    people = mesure.of_people
    least, most = mesure.vraisemblable or (None, None)
    return {
        "code": mesure.code,
        "libelle": mesure.libelle,
        "question": mesure.question,
        "compte": mesure.unite if people else AUTRE,
        "mot": "" if people else mesure.unite,
        "parts": [one.value for one in mesure.parts],
        "least": least,
        "most": most,
        "choix": "\n".join(f"{code} : {words}" for code, words in mesure.choix.items()),
        "cumul": mesure.cumul.value if mesure.cumul else "",
        "decimales": mesure.decimales,
    }


PRECISIONS = ("sur", "etat", "de", "quartier")
"""What is asked of a feed beside the number, folded."""


class AlimentationForm(Formulaire):
    """One indicator that a kind feeds."""

    indicateur = forms.ChoiceField(label="Indicateur", required=False)
    calcul = forms.ChoiceField(label="Par", choices=CALCULS, required=False)
    mesure = forms.ChoiceField(label="De quel nombre", required=False)
    sur = forms.ChoiceField(label="Rapporté à quel nombre", required=False, help_text="Pour une part.")
    etat = forms.ChoiceField(label="Dans quel état", required=False)
    de = forms.ChoiceField(label="Différents quoi", choices=DISTINGUES, required=False)
    quartier = forms.BooleanField(label="Seulement ce qui s’est tenu dans le quartier", required=False)

    def __init__(
        self,
        data: Any,
        *,
        prefix: str,
        indicateurs: Sequence[Any],
        mesures: Sequence[Any],
        etats: Sequence[Any] = (),
        initial: Any = None,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.fields["indicateur"].choices = [("", "Aucun"), *indicateurs]  # type: ignore[attr-defined]
        for name, offered in (("mesure", mesures), ("sur", mesures), ("etat", etats)):
            self.fields[name].choices = [("", "Sans objet"), *offered]  # type: ignore[attr-defined]
        if not etats:
            del self.fields["etat"]

    @property
    def precise(self) -> bool:
        """Whether it says more than most do."""
        return any(self[name].value() or self[name].errors for name in PRECISIONS if name in self.fields)

    @property
    def named(self) -> bool:
        """Whether an indicator is chosen."""
        return bool(self.cleaned_data.get("indicateur"))

    def clean(self) -> dict[str, Any]:
        """Say what the small form alone can see."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("indicateur") and not given.get("calcul") and "calcul" not in self.errors:
            self.add_error("calcul", "Dites ce qui le nourrit.")
        if given.get("calcul") and not given.get("indicateur") and "indicateur" not in self.errors:
            self.add_error("indicateur", "Dites quel indicateur.")
        return given


def fed_initial(fed: Alimentation, ranks: dict[str, str]) -> dict[str, Any]:
    """What the small form of a feed opens on; `ranks`: what each measure is known by in the form."""

    def number(code: str | None, part: str | None) -> str:
        return f"{ranks.get(code, code)}{SEP}{part or ''}" if code else ""

    return {
        "indicateur": fed.indicateur,
        "calcul": fed.calcul,
        "mesure": number(fed.mesure, fed.modalite),
        "sur": number(fed.sur.mesure, fed.sur.modalite) if fed.sur else "",
        "etat": fed.etat or "",
        "de": fed.de or "",
        "quartier": fed.quartier,
    }
