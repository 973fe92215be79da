"""The order of the alphabet, the same on every database: « É » after « D » and before « F », capitals aside."""

from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import F, Func, TextField

from tenir.fichier.mots import plain

SIGNS = str.maketrans({sign: plain(sign) for sign in map(chr, range(0xC0, 0x180)) if len(plain(sign)) == 1})
"""The accented letters of Latin languages, each with the one it is sorted as."""
LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
SQLITE = "tenir_alphabet"


class Alphabetique(Func):
    """A text as it is sorted: `order_by(alphabetical("nom"))`. Beside it, what it sorts stays as it is written."""

    function = SQLITE
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Its own functions, and the order of bytes: no collation of the machine changes it."""
        found = "lower(translate(%(expressions)s, '{}', '{}'))".format(
            "".join(map(chr, SIGNS)), "".join(str(letter) for letter in SIGNS.values())
        )
        for ligature, letters in LIGATURES:
            found = f"replace({found}, '{ligature}', '{letters}')"
        return self.as_sql(compiler, connection, template=f'{found} COLLATE "C"', **more)


def alphabetical(path: str) -> Any:
    """A text field, possibly of what a row points to, in the order of the alphabet; « -nom » backwards; none last."""
    field, down = path.removeprefix("-"), path.startswith("-")
    sorted_as = Alphabetique(F(field))
    return sorted_as.desc(nulls_last=True) if down else sorted_as.asc(nulls_last=True)


def know_the_alphabet(connection: Any, **more: Any) -> None:
    """Give SQLite the function that sorts."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE, 1, _sorted_as, deterministic=True)


def _sorted_as(text: str | None) -> str | None:
    return None if text is None else plain(text)


def install() -> None:
    """Every connection to come knows the alphabet."""
    connection_created.connect(know_the_alphabet, dispatch_uid=SQLITE)
