"""What the contract file holds beside what was signed: the anomalies that are admitted."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from tenir.fichier.objet import Objet, Texte, TexteLong


class Derogation(Objet):
    """An anomaly that is admitted: by whom, why, until when. No part of what was signed."""

    regle: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}[0-9]{3}$")] = Field(
        description="Code de la règle, par exemple CHF001."
    )
    element: Annotated[Texte, Field(max_length=40)] | None = Field(
        default=None, description="Code de l’élément ; absent : l’anomalie porte sur tout le contrat."
    )
    motif: TexteLong = Field(description="Pourquoi l’anomalie est admise.")
    auteur: Annotated[Texte, Field(max_length=200)] = Field(
        description="Qui l’a décidé : une fonction ou un organisme, plutôt qu’un nom."
    )
    fin: date = Field(description="Dernier jour où elle vaut.")
