"""`make rejeu`: install Tenir on a bare server as docs/installation.md says, and tell what came of each block.

Runs on a Debian or Ubuntu machine, as root. Nothing of the page is skipped unsaid: what was stood in for, and what was
not replayed, is listed with its reason. A block that fails says what the server said, and the next ones are tried all
the same; code 1 then, and 2 where no bare server can be made.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts.rejeu import gestes, page
from scripts.rejeu.controles import THEN
from scripts.rejeu.page import Bloc
from scripts.rejeu.seance import Echec, Seance
from scripts.rejeu.serveur import Absent, bare_server

NEW_SERVER = {
    "PostgreSQL": "TENIR_BASE=postgres://tenir@%2Frun%2Fpostgresql/tenir_neuf TENIR_VAR=/var/lib/tenir/neuf",
    "SQLite": "TENIR_VAR=/var/lib/tenir/neuf",
}


def main() -> int:
    """Replay the page; 1 when it does not do what it says, 2 when nothing can be tried here."""
    asked = _asked()
    try:
        with bare_server(asked.dossier, keep=asked.garder) as server:
            found = page.blocks(page.PAGE.read_text())
            seance = Seance(server, asked.base, *page.terminal(found))
            replay(seance, found)
    except Absent as reason:
        print(reason, file=sys.stderr)
        return 2
    tell(seance, found)
    return 1 if seance.failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.rejeu", description="Rejoue docs/installation.md.")
    parser.add_argument("--base", choices=page.CHOICES, default="PostgreSQL")
    parser.add_argument("--dossier", type=Path, default=Path(tempfile.gettempdir()) / "tenir-rejeu")
    parser.add_argument("--garder", action="store_true", help="garde les fichiers du serveur à la fin")
    return parser.parse_args()


def replay(seance: Seance, found: list[Bloc]) -> None:
    """Play every block that this choice of base reads, in the order of the page."""
    gestes.publish(seance)
    first = [bloc for bloc in found if bloc.said("d’abord")] if gestes.trust(seance) else []
    for bloc in [*first, *(b for b in found if b.plays(seance.base) and not b.said("d’abord"))]:
        began = time.monotonic()
        print(f"{bloc.place} : {bloc.text.splitlines()[0][:70]}", flush=True)
        try:
            play(seance, bloc)
            print(f"  ✓ {time.monotonic() - began:.0f} s", flush=True)
        except Echec as reason:
            print(f"  ✗ {reason}", flush=True)
            seance.failed.append(bloc.place)


def play(seance: Seance, bloc: Bloc) -> None:
    """Do what is wanted first, the block, then check each effect it must have."""
    seance.elsewhere = ""
    for wanted in bloc.said("avant"):
        gestes.BEFORE[wanted](seance)
    done_of(bloc)(seance, bloc)
    for effect in bloc.said("puis"):
        THEN[effect](seance)
        print(f"  · {effect}", flush=True)


def done_of(bloc: Bloc) -> Callable[[Seance, Bloc], None]:
    """Say how a block is played: by the verb it carries, typed when it carries none."""
    return next((player for verb, player in PLAYERS.items() if bloc.said(verb)), typed)


def written(seance: Seance, bloc: Bloc) -> None:
    """Write a file of the page, whole."""
    seance.server.write(bloc.said("fichier")[0], gestes.replaced(seance, bloc.text))


def typed(seance: Seance, bloc: Bloc) -> None:
    """Type the lines of a block, each in its terminal."""
    for in_tenir, lines in bloc.terminals():
        script = gestes.replaced(seance, lines)
        answer = "".join(f"{said}\n" for said in bloc.said("répondre"))
        seance.last = seance.in_tenir(script, seance.elsewhere) if in_tenir else seance.must(script, typed=answer)


def elsewhere(seance: Seance, bloc: Bloc) -> None:
    """Type a block on a new server: a base and a folder of their own, prepared as the page says."""
    if seance.base == "PostgreSQL":
        seance.must("sudo -u postgres createdb --owner tenir --encoding UTF8 --template template0 tenir_neuf")
    seance.elsewhere = f"export {NEW_SERVER[seance.base]}"
    seance.in_tenir("python manage.py migrate", seance.elsewhere)
    seance.stand_in("le serveur neuf où l’on restaure : une base et un dossier de plus sur le même")
    typed(seance, bloc)


def cron(seance: Seance, bloc: Bloc) -> None:
    """Run the command of a line of cron once, as cron does: its account, `sh`, nothing around it."""
    account, _, command = bloc.text.strip().split(maxsplit=5)[5].partition(" ")
    seance.server.write("/srv/cron.sh", command + "\n")
    seance.must(f"sudo -u {account} env -i PATH=/usr/bin:/bin HOME=/var/lib/tenir sh /srv/cron.sh")
    seance.stand_in("cron : sa commande est jouée une fois, par son compte, sans l’attendre")


def nothing(seance: Seance, bloc: Bloc) -> None:
    """The block that opens the terminal of Tenir: every line typed there begins with it."""
    seance.in_tenir("true")


PLAYERS: dict[str, Callable[[Seance, Bloc], None]] = {
    "fichier": written,
    "mandataire": gestes.put_in_nginx,
    "terminal": nothing,
    "ailleurs": elsewhere,
    "cron": cron,
}


def tell(seance: Seance, found: list[Bloc]) -> None:
    """Say what was played, what was stood in for, what was not played and why."""
    played = [bloc for bloc in found if bloc.plays(seance.base)]
    print(f"\nRejoué, avec {seance.base} : {len(played)} blocs sur {len(found)}.")
    for told in [*gestes.ALWAYS, *seance.stood_in]:
        print(f"Remplacé : {told}.")
    for place in seance.failed:
        print(f"Échoué : {place}.")
    for bloc in found:
        if reason := bloc.unplayed(seance.base):
            print(f"Non rejoué : {bloc.place} : {reason}.")


if __name__ == "__main__":
    sys.exit(main())
