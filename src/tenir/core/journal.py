"""What is written in the log of the server: never the secret of a link."""

import logging
import re

SECRET = re.compile(r"/(point|invitation)/[^/\s\"']+")


class SansJeton(logging.Filter):
    """Hide, in each line, what follows `/point/` or `/invitation/`: it opens a page to whoever holds it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, its secrets hidden."""
        said = record.getMessage()
        hidden = SECRET.sub(r"/\1/…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
