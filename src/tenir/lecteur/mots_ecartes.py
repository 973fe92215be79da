"""What a person is told of the words of a file that are not read: hidden, struck out."""

from collections import Counter
from collections.abc import Iterator


def phrases_des_mots_ecartes(counts: Counter[str]) -> Iterator[str]:
    """One sentence a reason."""
    for why, count in sorted(counts.items()):
        if count:
            said = f"{count} mots" if count > 1 else "1 mot"
            verb = "n’ont pas été lus" if count > 1 else "n’a pas été lu"
            yield f"{said} de texte {why} {verb} : ce qui est masqué ou barré n’est pas signé."
