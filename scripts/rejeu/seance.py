"""One replay as it goes: its server, its terminals, what it stood in for."""

from dataclasses import dataclass, field

from scripts.rejeu.serveur import ADMIN, Serveur


class Echec(Exception):
    """What the page promised and did not come, with what the server said."""


@dataclass
class Seance:
    """A server being installed, with the base that was chosen and how its terminal of Tenir opens.

    `last` is what the last lines typed said; `elsewhere` what makes of this one another server, for one block.
    """

    server: Serveur
    base: str
    opens: str
    prepares: str
    versions: list[str] = field(default_factory=list)
    stood_in: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    last: str = ""
    elsewhere: str = ""
    admin: str = ADMIN

    def must(self, script: str, *, by: str = ADMIN, typed: str = "") -> str:
        """Run a script that has to succeed; its words."""
        done = self.server.run(f"cd\n{script}", by=by, typed=typed)
        if done.code:
            raise Echec(f"code {done.code}\n{done.said[-3000:]}")
        return done.said

    def in_tenir(self, lines: str, first: str = "") -> str:
        """Type lines in the terminal of Tenir, opened as the page says."""
        return self.must(f"{self.opens} -e <<'FIN'\n{self.prepares}\n{first}\n{lines}\nFIN")

    def stand_in(self, told: str) -> None:
        """Remember that something was not as the page says."""
        if told not in self.stood_in:
            self.stood_in.append(told)
