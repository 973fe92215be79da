"""Who reads a fact of the life of a contract."""

from enum import IntEnum


class Niveau(IntEnum):
    """Who reads a field of the life of a contract: anyone, those who have a role in it, its team and who carries it."""

    PUBLIC = 0
    PARTENAIRES = 1
    EQUIPE = 2
