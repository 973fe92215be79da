"""Answers at an address that holds a secret."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """Keep the secret of the address from other sites and from search engines."""
    response["Referrer-Policy"] = "same-origin"  # the secret is in the address; « no-referrer » would refuse the form
    response["X-Robots-Tag"] = "noindex"
    return response
