"""A kind in four questions: what it is like, what it is called, what it counts, what it feeds.

What is sent is put back into the file that anyone could have written (`composition`), and checked as one; each fault is
shown beside its question. Opened and sent again untouched, it gives the same file, byte for byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from tenir.activite.ecrans.natures.champs import (
    FINI,
    SEP,
    AlimentationForm,
    MesureForm,
    fed_initial,
    initial_of,
    states_in,
    states_text,
)
from tenir.activite.ecrans.natures.commun import NaturesDuContrat
from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.core.typographie import cut, typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.natures.enums import Forme, Lecteurs, Periode
from tenir.natures.modeles import Mesure, Nature, NatureEntiere
from tenir.natures.phrases import asks

NOMBRES, INDICATEURS, ACTIONS = 5, 3, 3
"""How many lines are offered; a kind that has more keeps them."""
RANG = "#"
"""What a number of the form itself is known by, before its rank; those of the kind it is, by their code."""
AUCUNE = "-"
"""What says that it is no other kind."""
D_OFFICE = ("", "Comme la nature dont elle part")
DU_REGISTRE = ("nom", "etats", "echeance", "prevenir")
"""What is asked of a kind whose things last."""
GARDES = ("champs", "grille", "seuil", "annuaire", "garde")
"""What is said in a file alone: no question asks it, and a kind that is changed keeps it."""
SEANCE = "une séance"


@dataclass(frozen=True, slots=True)
class Modele:
    """A kind that another may be, as a card: its code, its name, what it asks, its measures."""

    code: str
    libelle: str
    phrase: str
    choisi: bool


class NatureForm(Formulaire):
    """The kind itself, without its numbers nor what it feeds (`Questions`)."""

    est = forms.ChoiceField(label="Elle ressemble à", required=False, widget=forms.RadioSelect)
    forme = forms.ChoiceField(
        label="Que dit une entrée ?",
        choices=[
            D_OFFICE,
            (Forme.SEANCE.value, "ce qui s’est tenu un jour (séance)"),
            (Forme.DECOMPTE.value, "ce que l’on a compté pendant une période (décompte)"),
            (Forme.ETAT.value, "ce qui est là un jour (état)"),
            (Forme.OBJET.value, "ce que devient une chose qui dure (registre)"),
        ],
        required=False,
    )
    periode = forms.ChoiceField(
        label="À quel rythme ?",
        choices=[D_OFFICE, *((one.value, f"par {one.value}" if one != Periode.ANNEE else "par an") for one in Periode)],
        required=False,
        help_text="Pour un décompte, un état, ou un registre à confirmer.",
    )
    libelle = forms.CharField(label="Son nom", max_length=80, help_text=typo("Au singulier : « Café-logement »."))
    pluriel = forms.CharField(
        label="Au pluriel", max_length=80, required=False, help_text=typo("« cafés-logement ». Vide : le même mot.")
    )
    page = Texte(
        label="À quoi elle sert, en une ou deux phrases",
        required=False,
        rows=2,
        help_text="Lue par qui va inscrire une entrée. Vide : celle de la nature dont elle part.",
    )
    themes = forms.CharField(
        label="Ses thèmes", max_length=300, required=False, help_text="Séparés par des virgules : logement, santé."
    )
    sujet = forms.CharField(
        label="Une entrée parle de",
        max_length=80,
        required=False,
        help_text=typo(
            "« une séance », « un lieu » : jamais d’une personne ni d’un foyer. Vide : comme celle dont elle part."
        ),
    )
    nom = forms.CharField(
        label="Comment demande-t-on ce qui la nomme ?",
        max_length=160,
        required=False,
        help_text=typo("« Quelle convention ? », « Quel lieu ? » : jamais un nom de personne."),
    )
    etats = Texte(
        label="Ses états",
        required=False,
        rows=5,
        help_text=typo(
            f"Un par ligne, le premier à l’entrée ; « {FINI} » en fin de ligne : plus rien n’est attendu. Ce qui "
            "précède « : » est son code : gardez-le pour changer ses mots."
        ),
    )
    echeance = forms.CharField(
        label="Ce qui arrive à son échéance",
        max_length=80,
        required=False,
        help_text=typo("« Fin de la convention ». Vide : comme celle dont elle part, ou aucune échéance."),
    )
    prevenir = forms.IntegerField(
        label="Prévenir combien de jours avant", min_value=0, max_value=730, required=False, help_text="Vide : 60."
    )
    principale = forms.ChoiceField(label="Le seul nombre obligatoire", required=False)
    visible = forms.ChoiceField(
        label="Qui lit ses entrées ?",
        choices=[
            D_OFFICE,
            (Lecteurs.PARTENAIRES.value, "les partenaires et l’équipe"),
            (Lecteurs.EQUIPE.value, "l’équipe seule"),
        ],
        required=False,
    )
    generique = forms.BooleanField(label="Elle sert seulement de modèle : on n’y inscrit rien", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, of: NaturesDuContrat, code: str, data: Any, initial: dict[str, Any], modele: str) -> None:
        super().__init__(data, initial=initial)
        offered = [one for one in of.whole.values() if _may_be(of, one, code, modele)]
        self.modeles = [
            Modele(one.nature, one.libelle, typo(asks(one)), choisi=one.nature == modele) for one in offered
        ]
        names = [(one.code, one.libelle) for one in self.modeles]
        self.fields["est"].choices = [*names, (AUCUNE, "Rien de tout cela")]  # type: ignore[attr-defined]

    def cards(self) -> Iterator[tuple[Any, Modele | None]]:
        """Each choice of the first question, with what that kind asks."""
        yield from zip(self["est"], [*self.modeles, None], strict=True)

    def clean_page(self) -> str:
        """One paragraph, whatever ended its lines."""
        return " ".join(str(self.cleaned_data["page"]).split())

    def clean_etats(self) -> list[dict[str, Any]]:
        """The states, as a file says them."""
        return states_in(str(self.cleaned_data["etats"]))

    def clean_prevenir(self) -> str:
        """A number of days as it is written, for none is not nought."""
        days = self.cleaned_data["prevenir"]
        return "" if days is None else str(days)

    def clean(self) -> dict[str, Any]:
        """Say what a register that is no other kind lacks, beside the question."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("forme") == Forme.OBJET and given.get("est") == AUCUNE:
            for name, sentence in MANQUES.items():
                if not given.get(name) and name not in self.errors and not given.get("generique"):
                    self.add_error(name, sentence)
            if given.get("sujet") == SEANCE:
                self.add_error(
                    "sujet", typo("Un registre ne parle pas de séances : dites « une convention », « un lieu »…")
                )
        return given


MANQUES = {
    "nom": "Dites comment on demande ce qui la nomme.",
    "etats": "Donnez au moins un état.",
}
"""What a register cannot do without."""


def _may_be(of: NaturesDuContrat, one: NatureEntiere, code: str, modele: str) -> bool:
    """Whether a kind may be this one: neither itself, nor one that comes of it, nor a withdrawn one, unless it is."""
    return code not in one.lignee and (one.nature == modele or not of.withdrawn(one.nature))


class Questions:
    """The four questions of a kind: what is typed in them, or what the kind says.

    `code`: that of the kind, none for one being made; `modele`: the kind that it is, none when it is no other.
    """

    def __init__(
        self,
        of: NaturesDuContrat,
        *,
        data: Any = None,
        nature: Nature | None = None,
        modele: str = "",
        version: int = 0,
    ) -> None:
        self.of, self.nature, self.data = of, nature, data
        self.code = nature.nature if nature else ""
        self.modele = str(data.get("est", "")) if data is not None else (nature.est or "") if nature else modele
        self.modele = self.modele if self.modele in of.whole else ""
        self.form = NatureForm(of, self.code, data, self._initial(version), self.modele)
        self.mesures = list(self._measures())
        self.alimente = list(self._feeds())
        self.actions = list(self._actions())
        self._offer_main()

    @property
    def reprises(self) -> tuple[Mesure, ...]:
        """The measures that it has from the kind it is."""
        return self.of.whole[self.modele].mesures if self.modele else ()

    @property
    def parente(self) -> NatureEntiere | None:
        """The kind that it is, whole."""
        return self.of.whole[self.modele] if self.modele else None

    @property
    def utiles(self) -> list[MesureForm]:
        """The lines in which a number is asked."""
        return [one for one in self.mesures if one.named]

    @property
    def nourris(self) -> list[AlimentationForm]:
        """The lines in which an indicator is chosen."""
        return [one for one in self.alimente if one.named]

    def is_valid(self) -> bool:
        """Whether each line can be read; what the lines say together is for the file."""
        return not [form for _, form in self.forms() if not form.is_valid()]

    def forms(self) -> list[tuple[str, Formulaire]]:
        """Every form of the page, with what its fields are called after."""
        return [
            ("", self.form),
            *((f"Nombre {rank}, ", one) for rank, one in enumerate(self.mesures, 1)),
            *((f"Indicateur {rank}, ", one) for rank, one in enumerate(self.alimente, 1)),
            *(("", one) for one in self.actions),
        ]

    @property
    def phrase_parente(self) -> str:
        """What the kind that it is asks."""
        return typo(asks(self.parente)) if self.parente else ""

    @property
    def de_tenir(self) -> bool:
        """Whether it is still as Tenir gives it."""
        return self.code in self.of.tenir and self.code not in self.of.own

    @property
    def montre_forme(self) -> bool:
        """Whether its form is to be said: one that is no other kind says its own."""
        return not self.modele or bool(self.form["forme"].value())

    @property
    def montre_rythme(self) -> bool:
        """Whether its rhythm may be said: a session has none."""
        seance = self.parente is not None and self.parente.forme is Forme.SEANCE
        return not seance or bool(self.form["periode"].value())

    @property
    def montre_registre(self) -> bool:
        """Whether what lasts may be told: in a register, or in what may become one."""
        known = self.parente is not None and not self.parente.lasts
        return not known or any(self.form[name].value() for name in DU_REGISTRE)

    @property
    def est_registre(self) -> bool:
        """Whether it is one as it stands."""
        return self.form["forme"].value() == Forme.OBJET or bool(self.parente and self.parente.lasts)

    @property
    def fautes_du_registre(self) -> bool:
        """Whether something is to be mended in what lasts."""
        return bool(self.form.errors.keys() & set(DU_REGISTRE))

    @property
    def decrits(self) -> list[str]:
        """What describes its things, which no question asks."""
        whole = [*(self.parente.champs if self.parente else ()), *(self.nature.champs if self.nature else ())]
        return list({one.code: one.libelle for one in whole}.values())

    @property
    def montre_fautes(self) -> bool:
        """Whether something is to be mended."""
        return any(form.errors for _, form in self.forms())

    def forget_faults(self) -> None:
        """Show what was typed as it is, without a word on it."""
        for _, form in self.forms():
            form.errors.clear()

    def fautes(self) -> Iterator[tuple[str, str, str]]:
        """Every fault: the field it is beside, its name, the sentence."""
        for title, form in self.forms():
            for name, sentences in form.errors.items():
                beside = form[name] if name in form.fields else None
                for sentence in sentences:
                    yield beside.auto_id if beside else "", f"{title}{beside.label}" if beside else "", str(sentence)

    def _initial(self, version: int) -> dict[str, Any]:
        nature = self.nature
        if nature is None:
            forme = "" if self.modele else Forme.SEANCE.value
            return {
                "est": self.modele or AUCUNE,
                "forme": forme,
                "version": 0,
                "sujet": "" if self.modele else SEANCE,
            }
        return {
            "est": nature.est or AUCUNE,
            "forme": nature.forme or "",
            "periode": nature.periode or "",
            "libelle": nature.libelle,
            "pluriel": nature.pluriel,
            "page": nature.page,
            "themes": ", ".join(nature.themes),
            "sujet": nature.sujet,
            "nom": nature.nom,
            "etats": states_text(nature.etats),
            "echeance": nature.echeance,
            "prevenir": nature.prevenir,
            "principale": self._rank_of(nature.principale) if nature.principale else "",
            "visible": nature.visible or "",
            "generique": nature.generique,
            "version": version,
        }

    def _own(self) -> tuple[Mesure, ...]:
        return self.nature.mesures if self.nature else ()

    def _rank_of(self, code: str) -> str:
        """What a measure is known by in the form."""
        own = [one.code for one in self._own()]
        return f"{RANG}{own.index(code) + 1}" if code in own else code

    def _measures(self) -> Iterator[MesureForm]:
        own = self._own()
        for rank in range(1, max(NOMBRES, len(own)) + 1):
            given = initial_of(own[rank - 1]) if rank <= len(own) else None
            yield MesureForm(self.data, prefix=f"m{rank}", initial=given)

    def _feeds(self) -> Iterator[AlimentationForm]:
        rows = Indicateur.objects.of(self.of.espace).filter(repete=None).values_list("code", "libelle")
        offered = [(code, _short(f"{code} {libelle}")) for code, libelle in rows]
        fed = self.nature.alimente if self.nature else ()
        ranks = {one.code: self._rank_of(one.code) for one in self._own()}
        numbers = self._numbers(parts=True)
        for rank in range(1, max(INDICATEURS, len(fed)) + 1):
            given = fed_initial(fed[rank - 1], ranks) if rank <= len(fed) else {}
            known = [*offered, *_held(given.get("indicateur", ""), offered)]
            yield AlimentationForm(
                self.data,
                prefix=f"a{rank}",
                indicateurs=known,
                mesures=numbers,
                etats=self._states(),
                initial=given,
            )

    def _states(self) -> list[tuple[str, str]]:
        """The states that it has, its own or those of the kind it is."""
        own = self.nature.etats if self.nature else ()
        held = own or (self.parente.etats if self.parente else ())
        return [(one.code, one.libelle) for one in held]

    def _actions(self) -> Iterator["ActionForm"]:
        rows = ActionPrevue.objects.of(self.of.espace).values_list("code", "titre")
        offered = [(code, _short(f"{code} {titre}")) for code, titre in rows]
        held = self.nature.actions if self.nature else ()
        for rank in range(1, max(ACTIONS, len(held)) + 1):
            code = held[rank - 1] if rank <= len(held) else ""
            known = [*offered, *_held(code, offered)]
            yield ActionForm(self.data, prefix=f"o{rank}", initial={"action": code}, actions=known)

    def _offer_main(self) -> None:
        above = self.of.whole[self.modele] if self.modele else None
        main = above.mesure(above.principale) if above and above.principale else None
        kept = f"Comme {above.libelle} : {main.libelle}" if above and main else "Aucun"
        self.form.fields["principale"].choices = [("", typo(kept)), *self._numbers(parts=False)]  # type: ignore[attr-defined]

    def _numbers(self, *, parts: bool) -> list[tuple[str, str]]:
        """Every number that one may point to: those of the form by rank, those that it has from another by code."""
        mine = {form["code"].value() for form in self.mesures}
        found = [pair for rank, form in enumerate(self.mesures, 1) for pair in _mine(rank, form, parts=parts)]
        for one in self.reprises:
            if one.code not in mine:
                found += _offered(one.code, one.libelle, one.modalites, parts=parts)
        return found


class ActionForm(Formulaire):
    """One planned action to which an entry goes unless said otherwise."""

    action = forms.ChoiceField(label="Action", required=False)

    def __init__(self, data: Any, *, prefix: str, initial: Any, actions: list[tuple[str, str]]) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.fields["action"].choices = [("", "Aucune"), *actions]  # type: ignore[attr-defined]


def _mine(rank: int, form: MesureForm, *, parts: bool) -> list[tuple[str, str]]:
    """A number of the form, named by what is typed in it."""
    named = str(form["libelle"].value() or "").strip()
    label = f"Nombre {rank} ci-dessus{f' : {named}' if named else ''}"
    return _offered(f"{RANG}{rank}", typo(label), form.modalites() if named else {}, parts=parts)


def _offered(key: str, label: str, modalites: dict[str, str], *, parts: bool) -> list[tuple[str, str]]:
    if not parts:
        return [(key, label)]
    return [(f"{key}{SEP}", label), *((f"{key}{SEP}{code}", f"{label}, {said}") for code, said in modalites.items())]


def _held(code: str, offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is said already and that the contract offers no more: it is shown, to be removed."""
    return [(code, f"{code} n’est plus dans le contrat")] if code and code not in dict(offered) else []


def _short(text: str, most: int = 90) -> str:
    return cut(text, most)
