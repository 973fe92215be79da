"""Files that reach the site: none is read past what any form accepts, whoever sends it."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, UnreadablePostError

OCTETS = 25 * 1024 * 1024
"""The most that a request with files may weigh: the largest form takes 20 MB."""

LET_THROUGH = 8 * OCTETS
"""The most of a refused request that is read and dropped, so that whoever sent it reads the page that says why."""
CHUNK = 1024 * 1024


class Borne(FileUploadHandler):
    """Refuse a request by the weight it announces, before anything of it is kept; what it holds goes to the next."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django names it so
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what is too heavy.

        Raises:
            RequestDataTooBig: the page says so.
        """
        if content_length > OCTETS:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""


def drain(request: HttpRequest) -> None:
    """Read what is left of a refused request and drop it: a connection cut while it sends shows no page."""
    left = LET_THROUGH
    try:
        while left > 0 and (read := request.read(CHUNK)):
            left -= len(read)
    except UnreadablePostError:  # it went away
        return
