"""Axes, orientations, and what an orientation states: parts, figures, objectives."""

from django.db import models

from tenir.contrat.models.element import ElementSigne, index_of_the_few
from tenir.fichier import enums

TEINTES = 8
"""How many colours the style sheets have for axes."""


class Axe(ElementSigne):
    """A line of the contract's strategy."""

    genre = "axe"
    titre = models.TextField("titre")
    titre_imprime = models.TextField("titre imprimé")
    titre_protocole = models.TextField("titre du protocole", blank=True)
    source_protocole = models.TextField("lignes du protocole", blank=True)
    transversal = models.BooleanField("transversal", default=False)

    class Meta(ElementSigne.Meta):
        verbose_name = "axe"

    @property
    def teinte(self) -> int:
        """The rank of the axis in its contract, from 1, which chooses its colour; they come again after the last."""
        before = Axe.objects.filter(espace_id=self.espace_id, retire=False, ordre__lt=self.ordre).count()
        return before % TEINTES + 1


class Orientation(ElementSigne):
    """A strategic orientation."""

    genre = "orientation"
    axe = models.ForeignKey(Axe, models.PROTECT, verbose_name="axe", related_name="orientations")
    titre = models.TextField("titre")
    titre_imprime = models.TextField("titre imprimé")
    titre_protocole = models.TextField("titre du protocole", blank=True)
    source_protocole = models.TextField("lignes du protocole", blank=True)
    quartiers = models.TextField("quartiers", blank=True)
    """The names of those whose project it is, parted by commas; blank for an orientation of the whole contract."""

    class Meta(ElementSigne.Meta):
        verbose_name = "orientation"


class Partie(ElementSigne):
    """A named part of the document's prose."""

    genre = "partie"
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, verbose_name="orientation", related_name="parties", null=True
    )
    signataire = models.ForeignKey(
        "contrat.Signataire", models.PROTECT, verbose_name="signataire", related_name="parties", null=True
    )
    nature = models.CharField("nature", max_length=30, choices=[(n.value, n.value) for n in enums.NatureDePartie])
    titre = models.TextField("titre", blank=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "partie"


class Donnee(ElementSigne):
    """A figure printed in the contract, faults included."""

    genre = "donnée"
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, verbose_name="orientation", related_name="donnees", null=True, db_index=False
    )
    libelle = models.TextField("libellé")
    imprime = models.TextField("valeur imprimée", blank=True)
    valeur = models.DecimalField("valeur", max_digits=18, decimal_places=6, null=True)
    valeur_max = models.DecimalField("haut de l’intervalle", max_digits=18, decimal_places=6, null=True)
    unite = models.TextField("unité", blank=True)
    periode = models.TextField("période", blank=True)
    perimetre = models.TextField("périmètre", blank=True)
    origine = models.TextField("source citée", blank=True)
    statut = models.CharField("statut", max_length=20, choices=[(s.value, s.value) for s in enums.StatutDeDonnee])
    doute = models.TextField("à vérifier", blank=True)
    partie_de = models.ForeignKey("self", models.PROTECT, verbose_name="part de", related_name="parts", null=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "donnée"
        indexes = [index_of_the_few("orientation", "donnee_orientation")]
        constraints = [
            *ElementSigne.Meta.constraints,
            models.CheckConstraint(
                name="donnee_in_doubt_says_why",
                condition=models.Q(statut="contestée") ^ models.Q(doute=""),
                violation_error_message="Une donnée contestée dit pourquoi.",
            ),
            models.CheckConstraint(
                name="donnee_without_value_is_missing",
                condition=models.Q(statut="manquante") ^ models.Q(valeur__isnull=False),
                violation_error_message="Une donnée sans valeur est « manquante ».",
            ),
        ]


class Objectif(ElementSigne):
    """An objective of an orientation."""

    genre = "objectif"
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="objectifs")
    titre = models.TextField("titre abrégé")
    forme = models.CharField("forme", max_length=10, choices=[(f.value, f.value) for f in enums.Forme])
    sous_theme = models.TextField("sous-thème", blank=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "objectif"
