"""Who reads each field of tariffs: anyone the prices that apply; the team and the body that runs a service the rest."""

from tenir.habilitations.niveaux import Levels, Niveau, SelonLaLigne

SERVICE = ("libelle", "organisme", "unite", "action", "cout", "cout_source")
"""What is written of a service."""
SCENARIO = ("titre", "annee", "repartition")
"""What is written of a scenario, its tranches apart."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "ServiceTarife": dict.fromkeys(("numero", "libelle", "organisme", "unite", "action"), Niveau.PUBLIC),
    "GrilleTarifaire": dict.fromkeys(("numero", "service", "applicable_le", "decidee_le", "decision"), _SELON),
    "Tranche": dict.fromkeys(("grille", "famille", "categorie", "seuil", "prix"), _SELON),
}
"""Who reads each field of the models of the room. What is not here is for the team, and who runs the service."""
