"""The trace: every change, chained so that nothing can be altered, removed or cut without showing."""

import secrets
from pathlib import PurePath

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

    `empreinte_des_valeurs` is the salted digest of what may hold a person's data (before, after, why; and the field,
    from `forme` 2 on: it may be the title of a thing). Erasing these clears them and their salt and leaves the digests,
    so that the chain stays whole.
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
    forme = models.PositiveSmallIntegerField("forme", default=1)
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


class RegistreDesReleves(models.Model):
    """What the base knows of the heads that were written outside it: one row, so that fewer of them, or none, shows.

    `nombre` lines were written, the last of which has the digest `derniere`; `copies` stand on the second path too,
    `envoyes` were sent. `depuis`: how long each chain was when heads began, or began again (`reparti_le`).
    """

    seul = models.BooleanField("seul", default=True, unique=True, editable=False)
    nombre = models.PositiveIntegerField("relevés écrits", default=0)
    derniere = models.CharField("empreinte du dernier relevé", max_length=64, blank=True)
    copies = models.PositiveIntegerField("relevés copiés", default=0)
    envoyes = models.PositiveIntegerField("relevés envoyés", default=0)
    depuis = models.JSONField("longueur des chaînes au départ", default=dict)
    reparti_le = models.DateTimeField("reparti le", null=True, blank=True)

    class Meta:
        verbose_name = "registre des relevés"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.nombre} relevés"


class TacheDeFond(models.Model):
    """One task of the loop: when it runs next, when the loop last looked at it, and who holds it now.

    `bail` is the mark of the process that runs it, until `bail_jusqu_a`: killed in the middle, it holds it no longer.
    """

    nom = models.SlugField("nom", unique=True)
    prochaine_le = models.DateTimeField("prochaine exécution")
    battue_le = models.DateTimeField("vue par la boucle", null=True, blank=True)
    bail = models.CharField("bail", max_length=32, blank=True)
    bail_jusqu_a = models.DateTimeField("bail jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "tâche de fond"
        ordering = ["nom"]
        constraints = [
            models.CheckConstraint(
                name="tache_de_fond_is_held_for_a_time",
                condition=models.Q(bail="", bail_jusqu_a=None)
                | (~models.Q(bail="") & models.Q(bail_jusqu_a__isnull=False)),
                violation_error_message="Une tâche prise l’est jusqu’à une heure dite.",
            )
        ]

    def __str__(self) -> str:
        return self.nom


class Execution(models.Model):
    """One run of a task: when, how it ended, what it did in one sentence."""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", "en cours"
        REUSSIE = "reussie", "réussie"
        ECHOUEE = "echouee", "échouée"
        INTERROMPUE = "interrompue", "interrompue"

    tache = models.ForeignKey(TacheDeFond, models.CASCADE, verbose_name="tâche", related_name="executions")
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin", null=True, blank=True)
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.EN_COURS)
    bilan = models.TextField("bilan", blank=True)

    class Meta:
        verbose_name = "exécution"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="execution_state_is_known",
                condition=models.Q(etat__in=["en_cours", "reussie", "echouee", "interrompue"]),
                violation_error_message="Une exécution est en cours, réussie, échouée ou interrompue.",
            ),
            models.CheckConstraint(
                name="execution_ends_when_it_no_longer_runs",
                condition=models.Q(etat="en_cours", fin=None)
                | (~models.Q(etat="en_cours") & models.Q(fin__isnull=False)),
                violation_error_message="Une exécution a une fin, et une seule, quand elle n’est plus en cours.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tache} du {self.debut:%d/%m/%Y}"


class Machine(models.Model):
    """A machine that the loop or a restore has seen this base on; « reconnue »: it may send messages.

    `empreinte` tells it from a copy: the machine, and where its data are. Backups leave it out.
    """

    empreinte = models.CharField("empreinte", max_length=64, unique=True)
    nom = models.CharField("nom", max_length=255)
    reconnue = models.BooleanField("reconnue", default=False)

    class Meta:
        verbose_name = "machine"
        ordering = ["nom", "pk"]

    def __str__(self) -> str:
        return self.nom


class EntreeDeCache(models.Model):
    """A value kept for a while: the attempts of sign-in, counted by all processes together.

    The table is that of Django's cache in the database; it is a model so that `migrate` makes it.
    """

    cache_key = models.CharField("clé", max_length=255, primary_key=True)
    value = models.TextField("valeur")
    expires = models.DateTimeField("expire le", db_index=True)

    class Meta:
        verbose_name = "entrée de cache"

    def __str__(self) -> str:
        return self.cache_key


class Envoi(models.Model):
    """A form that was sent, and where it led: the same one sent again leads there and writes nothing."""

    empreinte = models.CharField("empreinte", max_length=64, unique=True)
    suite = models.TextField("page du résultat", blank=True)
    le = models.DateTimeField("le", db_index=True)

    class Meta:
        verbose_name = "envoi"
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return self.empreinte


class Courriel(models.Model):
    """One message to send: the queue is this table. What it says is written at the moment of sending, from its `cible`.

    `cle` makes it unique: asking twice for the same message sends it once. « Incertain »: the machine stopped while
    sending it, and nobody knows whether it left: a person decides, the machine never sends it again. « Retenu »:
    refused for now, too long. `prevu_le` is when it was first to leave, `pas_avant` when it is tried next, `essais` how
    often it was; `erreur` says why it has not left, and stays when it is called off.
    """

    class Etat(models.TextChoices):
        A_ENVOYER = "a-envoyer", "à envoyer"
        EN_ENVOI = "en-envoi", "en cours d’envoi"
        ENVOYE = "envoye", "envoyé"
        INCERTAIN = "incertain", "envoi incertain"
        REFUSE = "refuse", "adresse refusée"
        RETENU = "retenu", "pas parti"
        REVENU = "revenu", "revenu"
        ANNULE = "annule", "annulé"

    cle = models.CharField("clé", max_length=150, unique=True)
    genre = models.CharField("genre", max_length=50)
    cible = models.CharField("cible", max_length=100)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.A_ENVOYER)
    prevu_le = models.DateTimeField("prévu le")
    pas_avant = models.DateTimeField("pas avant")
    essais = models.PositiveSmallIntegerField("essais", default=0)
    adresse = models.EmailField("adresse", blank=True)
    pris_le = models.DateTimeField("pris le", null=True, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    erreur = models.TextField("erreur", blank=True)

    class Meta:
        verbose_name = "courriel"
        ordering = ["pas_avant", "pk"]
        indexes = [
            models.Index(fields=["pas_avant"], name="courriel_to_send", condition=models.Q(etat="a-envoyer")),
            models.Index(fields=["genre", "cible"], name="courriel_of_a_thing"),
        ]
        constraints = [
            models.CheckConstraint(
                name="courriel_state_is_known",
                condition=models.Q(
                    etat__in=["a-envoyer", "en-envoi", "envoye", "incertain", "refuse", "retenu", "revenu", "annule"]
                ),
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="courriel_sent_has_its_moment",
                condition=~models.Q(etat__in=["envoye", "revenu"]) | models.Q(envoye_le__isnull=False),
                violation_error_message="Un courriel envoyé l’est à un moment dit.",
            ),
        ]

    def __str__(self) -> str:
        return self.cle


def place(travail: "Travail", name: str) -> str:
    """Where a file of a work is kept: under a name that says nothing."""
    return f"{FOLDER}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


FOLDER = "travaux"
"""Under the documents: what works read and make, for a time. Backups leave it out."""


class Travail(models.Model):
    """Something long that someone asked for: what, for whom, how far it is, how it ended. It is kept for a time only.

    `acteur` is her number, as in the trace; `chaine` is the trace it is told in, which says of which contract it is.
    `marque` is where it stands: what one step leaves to the next. `bail` is the mark of the loop that does it, until
    `bail_jusqu_a`. `cle`: while one of a key is not over, no other is. `essais` counts the times it was taken since
    its last step: a step that kills its process does so a few times, not for ever.
    """

    class Etat(models.TextChoices):
        EN_ATTENTE = "en-attente", "en attente"
        EN_COURS = "en-cours", "en cours"
        FINI = "fini", "fini"
        ECHOUE = "echoue", "échoué"
        ANNULE = "annule", "annulé"

    OUVERTS = (Etat.EN_ATTENTE, Etat.EN_COURS)

    genre = models.SlugField("genre")
    titre = models.CharField("titre", max_length=200)
    cle = models.CharField("clé", max_length=150, blank=True)
    argument = models.JSONField("argument", default=dict, blank=True)
    depose = models.FileField("fichier déposé", upload_to=place, max_length=200, blank=True)
    acteur = models.PositiveIntegerField("numéro de l’acteur")
    pour = models.TextField("pour l’organisme", blank=True)
    chaine = models.CharField("chaîne de trace", max_length=150)
    retour = models.CharField("page de retour", max_length=300)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.EN_ATTENTE)
    demande_le = models.DateTimeField("demandé le")
    fin = models.DateTimeField("fin", null=True, blank=True)
    fait = models.PositiveBigIntegerField("fait", default=0)
    total = models.PositiveBigIntegerField("total", null=True, blank=True)
    phrase = models.TextField("où il en est", blank=True)
    marque = models.JSONField("marque", default=dict, blank=True)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    bail = models.CharField("bail", max_length=32, blank=True)
    bail_jusqu_a = models.DateTimeField("bail jusqu’à", null=True, blank=True)
    arret_le = models.DateTimeField("arrêt demandé le", null=True, blank=True)
    suite = models.CharField("page du résultat", max_length=300, blank=True)
    fichier = models.FileField("fichier produit", upload_to=place, max_length=200, blank=True)
    nom_du_fichier = models.CharField("nom du fichier produit", max_length=120, blank=True)
    erreur = models.TextField("erreur", blank=True)

    class Meta:
        verbose_name = "travail"
        ordering = ["-demande_le", "-pk"]
        indexes = [
            models.Index(
                fields=["demande_le"], name="travail_to_do", condition=models.Q(etat__in=["en-attente", "en-cours"])
            ),
            models.Index(fields=["chaine", "acteur"], name="travail_of_someone"),
        ]
        constraints = [
            models.CheckConstraint(
                name="travail_state_is_known",
                condition=models.Q(etat__in=["en-attente", "en-cours", "fini", "echoue", "annule"]),
                violation_error_code="etat",
                violation_error_message="Un travail est en attente, en cours, fini, échoué ou annulé.",
            ),
            models.CheckConstraint(
                name="travail_ends_when_it_is_over",
                condition=models.Q(etat__in=["en-attente", "en-cours"], fin=None)
                | (~models.Q(etat__in=["en-attente", "en-cours"]) & models.Q(fin__isnull=False)),
                violation_error_code="fin",
                violation_error_message="Un travail a une fin, et une seule, quand il n’est plus à faire.",
            ),
            models.CheckConstraint(
                name="travail_is_held_for_a_time",
                condition=models.Q(bail="", bail_jusqu_a=None)
                | (~models.Q(bail="") & models.Q(bail_jusqu_a__isnull=False, etat="en-cours")),
                violation_error_code="bail",
                violation_error_message="Un travail pris est en cours, et l’est jusqu’à une heure dite.",
            ),
            models.CheckConstraint(
                name="travail_does_no_more_than_all",
                condition=models.Q(total=None) | models.Q(fait__lte=models.F("total")),
                violation_error_code="fait",
                violation_error_message="Un travail n’avance pas plus loin que son total.",
            ),
            models.CheckConstraint(
                name="travail_failed_says_why",
                condition=models.Q(etat="echoue") & ~models.Q(erreur="")
                | ~models.Q(etat="echoue") & models.Q(erreur=""),
                violation_error_code="erreur",
                violation_error_message="Un travail échoué dit pourquoi, et lui seul.",
            ),
            models.CheckConstraint(
                name="travail_leads_somewhere_once_done",
                condition=models.Q(suite="", fichier="") | models.Q(etat="fini"),
                violation_error_code="suite",
                violation_error_message="Seul un travail fini a un résultat.",
            ),
            models.CheckConstraint(
                name="travail_file_has_its_name",
                condition=models.Q(fichier="", nom_du_fichier="")
                | (~models.Q(fichier="") & ~models.Q(nom_du_fichier="")),
                violation_error_code="nom_du_fichier",
                violation_error_message="Un fichier produit a le nom sous lequel on le garde.",
            ),
            models.UniqueConstraint(
                fields=["cle"],
                name="travail_key_is_open_once",
                condition=~models.Q(cle="") & models.Q(etat__in=["en-attente", "en-cours"]),
                violation_error_code="cle",
                violation_error_message="Ce travail est déjà demandé.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def ouvert(self) -> bool:
        """Whether it is still to be done, or under way."""
        return self.etat in self.OUVERTS
