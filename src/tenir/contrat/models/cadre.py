"""What frames the contract: articles, lessons of the one before, places."""

from django.db import models

from tenir.contrat.models.element import ElementSigne


class Article(ElementSigne):
    """An article of the protocol."""

    genre = "article"
    titre = models.TextField("titre abrégé")

    class Meta(ElementSigne.Meta):
        verbose_name = "article"


class Enseignement(ElementSigne):
    """What the evaluation of the previous contract taught."""

    genre = "enseignement"
    titre = models.TextField("titre abrégé")
    sens = models.CharField("sens", max_length=10)

    class Meta(ElementSigne.Meta):
        verbose_name = "enseignement"


class Lieu(ElementSigne):
    """A place or piece of equipment that the document names."""

    genre = "lieu"
    nom = models.TextField("nom imprimé")
    nature = models.TextField("nature", blank=True)
    repere = models.TextField("repère sur la carte", blank=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "lieu"
