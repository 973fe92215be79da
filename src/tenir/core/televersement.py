"""Files that reach the site: none is read past what any form accepts, whoever sends it."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

OCTETS = 25 * 1024 * 1024
"""The most that a request with files may weigh: the largest form takes 20 MB."""


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
