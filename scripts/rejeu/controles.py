"""What the replay checks: each `puis` of the page, by its words."""

from collections.abc import Callable

from scripts.rejeu.seance import Echec, Seance

HOST = "tenir.exemple.fr"
SIGN_IN = "/compte/connexion/"
CONTRACT = "/contrats/coutras-2024-2030/"
SECRET = "12-marmottemarmotte"  # noqa: S105 - no link has it: it is looked for in the logs
DIRECT = f"-H 'Host: {HOST}' -H 'X-Forwarded-Proto: https' http://127.0.0.1:8000"
THROUGH = f"--insecure https://{HOST}"
WITNESS = "temoin@exemple.fr"
UNTIL_200 = """for essai in $(seq 90); do
  test "$(curl -s -o /dev/null -w '%{{http_code}}' {address})" = 200 && exit 0
  sleep 1
done
curl -s -i {address} | head -60; exit 1"""


def site_answers(seance: Seance) -> None:
    """`/sante` says 200 in a minute and a half, the sign-in page shows its form, the contract is there."""
    seance.must(UNTIL_200.format(address=f"{DIRECT}/sante"))
    _shows_sign_in(seance, DIRECT)
    seance.must(f"curl -sS --fail -o /dev/null {DIRECT}{CONTRACT}")


def served_over_https(seance: Seance) -> None:
    """The sign-in page comes through the server that holds the certificate."""
    seance.must(UNTIL_200.format(address=f"{THROUGH}/sante"))
    _shows_sign_in(seance, THROUGH)


def _shows_sign_in(seance: Seance, way: str) -> None:
    page = seance.must(f"curl -sS --fail {way}{SIGN_IN}")
    if 'name="csrfmiddlewaretoken"' not in page or "<h1" not in page:
        raise Echec(f"la page de connexion n’a pas son formulaire\n{page[:1500]}")


def logs_keep_no_secret(seance: Seance) -> None:
    """No log of the server names the secret of a link that was just asked for."""
    seance.must(f"curl -s -o /dev/null {THROUGH}/point/{SECRET}/", by="root")
    logs = "journalctl --output=cat; cat /var/log/nginx/* /var/log/caddy/* 2>/dev/null || true"
    kept = [line for line in seance.must(logs, by="root").splitlines() if SECRET in line]
    if kept:
        raise Echec(f"le secret d’un lien est dans un journal : {kept[0]}")


def waits_in_french(seance: Seance) -> None:
    """While the site is stopped, whoever comes reads a page in French."""
    seance.must("systemctl stop tenir", by="root")
    page = seance.must(f"curl -s {THROUGH}{SIGN_IN}")
    seance.must("systemctl start tenir", by="root")
    site_answers(seance)
    if 'lang="fr"' not in page:
        raise Echec(f"la page d’attente n’est pas celle du dépôt\n{page[:500]}")


def services_run(seance: Seance) -> None:
    """Both services are active, and neither wrote a trace of a fault."""
    seance.must("systemctl is-active tenir tenir-boucle && test -z \"$(systemctl list-units --failed -q 'tenir*')\"")
    said = seance.must("journalctl --output=cat -u tenir -u tenir-boucle", by="root")
    if "Traceback" in said:
        raise Echec(f"un service a échoué\n{said[said.index('Traceback') :][:2000]}")


def mail_came(seance: Seance) -> None:
    """The message of the check reached the mail server, with the name and the password of the page."""
    seance.must("ls /srv/courriels/*.eml && grep -q prenom.nom@exemple.fr /srv/courriels/*.eml", by="root")


def password_is_written(seance: Seance) -> None:
    """The password typed shows as the page's own address of the mail server writes it."""
    if "sec%26ret" not in seance.last:
        raise Echec(f"attendu sec%26ret, lu : {seance.last}")


def backed_up(seance: Seance) -> None:
    """The archive is there, and its account alone reads it."""
    _kept(seance, "avant.zip")


def backed_up_before(seance: Seance) -> None:
    """So is the one made before the update."""
    _kept(seance, "avant-mise-a-jour.zip")


def _kept(seance: Seance, name: str) -> None:
    told = seance.must(f"stat -c '%U %a' /var/backups/tenir/{name}", by="root").strip()
    if told != "tenir 600":
        raise Echec(f"{name} est à « {told} », attendu « tenir 600 »")


def witness_comes(seance: Seance) -> None:
    """Someone is added after the backup, whom a restore must not know."""
    seance.in_tenir(f"tenir creer-administrateur {WITNESS} --nom Témoin --encore")
    if _witnesses(seance) != "1":
        raise Echec("le témoin n’a pas été ajouté")


def witness_is_gone(seance: Seance) -> None:
    """What was restored is the backup: it does not know who came after."""
    if (found := _witnesses(seance)) != "0":
        raise Echec(f"après la restauration, le témoin y est encore : {found}")


def _witnesses(seance: Seance) -> str:
    ask = f"from django.contrib.auth import get_user_model as m; print(m().objects.filter(email='{WITNESS}').count())"
    return seance.in_tenir(f'python manage.py shell -v 0 -c "{ask}"', seance.elsewhere).split()[-1]


def version_is(which: int) -> Callable[[Seance], None]:
    """Check that the site says this commit of those that were published."""

    def check(seance: Seance) -> None:
        told = seance.in_tenir("tenir --version")
        if seance.versions[which][:7] not in told:
            raise Echec(f"attendu le commit {seance.versions[which][:7]}, lu : {told}")

    return check


THEN: dict[str, Callable[[Seance], None]] = {
    "le site répond": site_answers,
    "le site se sert en HTTPS": served_over_https,
    "aucun journal ne garde le secret d’un lien": logs_keep_no_secret,
    "la page d’attente est en français": waits_in_french,
    "les services tournent": services_run,
    "le message est arrivé": mail_came,
    "le mot de passe s’écrit comme dans les réglages": password_is_written,
    "la sauvegarde est faite": backed_up,
    "la sauvegarde d’avant la mise à jour est faite": backed_up_before,
    "un témoin arrive après elle": witness_comes,
    "le témoin n’y est pas": witness_is_gone,
    "la version est la nouvelle": version_is(1),
    "la version est l’ancienne": version_is(0),
}
