"""Who reads each field: anyone, what is offered; those of the contract, how many. Small numbers are masked by pages."""

from tenir.habilitations.niveaux import Levels, Niveau

WRITTEN = ("libelle", "explication", "service", "conditions", "jusqu_au")
"""The fields of a local aid that the team writes."""

LECTURE: dict[str, Levels] = {
    "AideLocale": dict.fromkeys(WRITTEN, Niveau.PUBLIC),
    "ReglageDeDroit": dict.fromkeys(("droit", "ecarte", "relu_le"), Niveau.PARTENAIRES),
    "CompteDeDroit": dict.fromkeys(("organisme", "mois", "droit", "suite", "nombre"), Niveau.PARTENAIRES),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
