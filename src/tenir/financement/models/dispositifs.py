"""The schemes that the contract names: who may apply, when, where, last checked when and by whom."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Dispositif
from tenir.core import horloge
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models.demandes import DemandeAuFinanceur
from tenir.habilitations.models import EspaceDeContrat, of_contract

STALE = timedelta(days=365)
"""How long what is known of a scheme is believed."""


def text(name: str, help_text: str = "") -> "models.TextField[str, str]":
    """A few lines about a scheme."""
    return models.TextField(name, blank=True, max_length=600, help_text=help_text)


class FicheDeDispositifQuerySet(models.QuerySet["FicheDeDispositif"]):
    """What is known of schemes, as pages ask for it."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those that the contract in force names, in the order of their names."""
        named = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False).order_by().values("cle")
        rows = of_contract(self, espace).filter(cle__in=named)
        return rows.select_related("espace", "verifie_par").order_by("cle")

    def of_funder(self, espace: EspaceDeContrat, financeur: Organisation) -> Self:
        """Those that the lines of a funder name."""
        lines = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False, ligne__organisation=financeur)
        return self.of(espace).filter(cle__in=lines.order_by().values("cle"))

    def closing(self, first: date, last: date) -> Self:
        """Those that close between two days."""
        return self.filter(ferme_le__range=(first, last), disparu_le=None)


class FicheDeDispositif(models.Model):
    """What is known of a scheme beyond its printed name. `cle`: that of its mentions, the same whatever the spelling.

    `verifie_par`: the funder that confirmed it; nobody when the team checked. `disparu_le`: it exists no more.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="dispositifs")
    cle = models.TextField("clé", editable=False)
    nom = models.TextField("dispositif", editable=False)
    pour_qui = text("qui peut le demander", "Associations, communes, bailleurs… et à quelles conditions.")
    pour_quoi = text("ce qu’il finance", "En mots simples : c’est ce que cherche un porteur de projet.")
    quand = text("quand le demander", "« Toute l’année », « appel à projets en janvier »…")
    ferme_le = models.DateField("dernier jour pour le demander", null=True, blank=True)
    ou = text("où le demander", "Adresse du site, service à appeler ; jamais le nom d’une personne.")
    disparu_le = models.DateField("n’existe plus depuis le", null=True, blank=True)
    verifie_le = models.DateField("vérifié le", null=True, blank=True)
    verifie_par = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="vérifié par", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)
    suivie_depuis = models.DateField("suivi depuis le")

    objects = FicheDeDispositifQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche de dispositif"
        verbose_name_plural = "fiches de dispositif"
        ordering = ["espace", "cle"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "cle"],
                name="fiche_de_dispositif_is_one_a_scheme",
                violation_error_message="Ce dispositif a déjà sa fiche.",
            ),
            models.CheckConstraint(
                name="fiche_de_dispositif_checked_by_a_funder_has_its_day",
                condition=Q(verifie_par=None) | Q(verifie_le__isnull=False),
                violation_error_code="verifie_le",
                violation_error_message="Dites quel jour il a été vérifié.",
            ),
        ]

    def __str__(self) -> str:
        return f"dispositif « {self.nom} »"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return f"DI{self.pk}"

    @property
    def est_vide(self) -> bool:
        """Whether nothing is known of it but its name."""
        return not (self.pour_qui or self.quand or self.ou or self.ferme_le or self.disparu_le)

    def est_a_verifier(self, on: date) -> bool:
        """Whether nobody checked it for a year."""
        return self.disparu_le is None and (self.verifie_le is None or self.verifie_le + STALE < on)


class ReponseSurDispositif(models.Model):
    """What a funder answers of one of its schemes: still right, gone, or other words; the team reads those first."""

    demande = models.ForeignKey(
        DemandeAuFinanceur, models.CASCADE, verbose_name="demande", related_name="reponses_sur_dispositifs"
    )
    fiche = models.ForeignKey(FicheDeDispositif, models.CASCADE, verbose_name="dispositif", related_name="reponses")
    disparu = models.BooleanField("n’existe plus", default=False)
    pour_qui = text("qui peut le demander")
    quand = text("quand le demander")
    ferme_le = models.DateField("dernier jour pour le demander", null=True, blank=True)
    ou = text("où le demander")
    dite_le = models.DateTimeField("dite le", default=horloge.now)
    etat = models.CharField("suite", max_length=10, choices=EtatDeReponse, default=EtatDeReponse.A_LIRE)
    suite = models.CharField("pourquoi elle est écartée", max_length=500, blank=True)

    class Meta:
        verbose_name = "réponse sur dispositif"
        verbose_name_plural = "réponses sur dispositifs"
        ordering = ["demande", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "fiche"],
                condition=Q(etat=EtatDeReponse.A_LIRE),
                name="reponse_sur_dispositif_waits_once",
                violation_error_message="Une réponse attend déjà d’être lue pour ce dispositif.",
            ),
            models.CheckConstraint(
                name="reponse_sur_dispositif_set_aside_says_why",
                condition=~Q(etat=EtatDeReponse.ECARTEE) | ~Q(suite=""),
                violation_error_code="suite",
                violation_error_message="Dites pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"réponse sur {self.fiche}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its scheme."""
        return self.fiche.espace
