"""One key a form: sent twice, it writes once, and the second answer leads where the first did.

`{% envoi %}` puts the key in every form; `UneFoisMiddleware` keeps it in the transaction of what the form writes. The
digest holds all that is sent, so that a page taken back and filled otherwise is another sending.
`docs/adr/0032-ce-qui-a-ete-lu.md` says why.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tenir.core import horloge
from tenir.core.models import Envoi

CHAMP = "envoi"
"""The hidden field of the key."""
KEPT = timedelta(days=2)
"""How long a sending is remembered: a page left open overnight, sent again in the morning, still writes once."""
JETON = "csrfmiddlewaretoken"
ALREADY = "C’était déjà enregistré : rien n’est écrit deux fois."


def new_key() -> str:
    """A key for one form of one page."""
    return secrets.token_urlsafe(16)


class UneFoisMiddleware:
    """Lets a form that carries a key write once. What leads nowhere else (refused, to confirm) may be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or lead where the same one led."""
        if request.method != "POST" or not request.POST.get(CHAMP):
            return self.get_response(request)
        with transaction.atomic():
            return self._once(request)

    def _once(self, request: HttpRequest) -> HttpResponse:
        envoi, new = Envoi.objects.get_or_create(empreinte=digest_of(request), defaults={"le": horloge.now()})
        if not new:
            messages.info(request, ALREADY)
            return HttpResponseRedirect(envoi.suite)
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif isinstance(response, HttpResponseRedirect):
            envoi.suite = response.url
            envoi.save(update_fields=["suite"])
        else:
            envoi.delete()
        return response


def digest_of(request: HttpRequest) -> str:
    """What is sent, by whom and where, in one digest: nothing of it can be read back."""
    found = hashlib.sha256()
    for part in _parts(request):
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def clean(now: datetime) -> int:
    """Forget the sendings of before; return how many."""
    return Envoi.objects.filter(le__lt=now - KEPT).delete()[0]


def _parts(request: HttpRequest) -> Iterator[bytes]:
    who = getattr(request, "user", None)
    yield f"{getattr(who, 'pk', None)} {request.path}".encode()
    for name, values in sorted(request.POST.lists()):
        if name != JETON:
            yield from (text.encode() for text in (name, *map(str, values)))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"{name} {file.name}".encode()
            yield from file.chunks()
            file.seek(0)
