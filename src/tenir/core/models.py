"""The trace: every change, chained so that nothing can be altered, removed or cut without showing."""

from django.db import models


class ChaineDeTrace(models.Model):
    """One chain of entries, for one contract or for the platform; `tete` is the digest of its last entry."""

    nom = models.CharField("nom", max_length=150, unique=True)
    longueur = models.PositiveIntegerField("longueur", default=0)
    tete = models.CharField("empreinte de tête", max_length=64, blank=True)

    class Meta:
        verbose_name = "chaîne de trace"
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class EntreeDeTrace(models.Model):
    """One change: who (a number, never a name), for which body, when, what, before and after, why.

    `empreinte_des_valeurs` is the salted digest of what may hold a person's data (before, after, why). Erasing these
    clears them and their salt and leaves the digests, so that the chain stays whole.
    """

    chaine = models.ForeignKey(ChaineDeTrace, models.PROTECT, verbose_name="chaîne", related_name="entrees")
    rang = models.PositiveIntegerField("rang")
    le = models.DateTimeField("le")
    acteur = models.PositiveIntegerField("numéro de l’acteur", null=True)
    commande = models.TextField("commande", blank=True)
    pour = models.TextField("pour l’organisme", blank=True)
    genre = models.TextField("genre d’objet")
    objet = models.TextField("objet")
    champ = models.TextField("champ", blank=True)
    avant = models.TextField("avant", blank=True)
    apres = models.TextField("après", blank=True)
    motif = models.TextField("motif", blank=True)
    efface = models.BooleanField("effacé", default=False)
    sel = models.CharField("sel", max_length=32, blank=True)
    empreinte_des_valeurs = models.CharField("empreinte des valeurs", max_length=64)
    precedente = models.CharField("empreinte précédente", max_length=64, blank=True)
    empreinte = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "entrée de trace"
        ordering = ["chaine", "rang"]
        indexes = [
            models.Index(fields=["chaine", "genre", "objet"], name="trace_of_an_object"),
            models.Index(fields=["acteur"], name="trace_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["chaine", "rang"],
                name="entree_de_trace_rank_is_unique",
                violation_error_message="Deux entrées ne peuvent pas avoir le même rang.",
            ),
            models.CheckConstraint(
                name="entree_de_trace_erased_holds_nothing",
                condition=models.Q(efface=False) | models.Q(avant="", apres="", motif="", sel=""),
                violation_error_message="Une entrée effacée ne garde aucune valeur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chaine} n° {self.rang}"
