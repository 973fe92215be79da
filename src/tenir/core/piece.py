"""What a room brings to the site, said once: `declare(Piece("fiches", …))` when the site starts, in its `apps.py`.

A room knows those below it; what is below reads here what those above it bring, without knowing them. The order is
that of the list of rooms (`tenir/salles.py`). `docs/adr/0027-pieces.md` says why there is one declaration and no other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenir.core.courriels import Ecrire
    from tenir.core.taches import Tache
    from tenir.core.travaux.chantier import Chantier

Answer = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """One room. Each attribute is read in one place, which says what it holds."""

    nom: str
    urls: str = ""
    """The module of its addresses (`config/urls.py`)."""
    pages: Sequence[Any] = ()
    """What the navigation shows (`ecran.navigation.Page`)."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """Its working page for a public page, by the names of their addresses (`ecran.tete`)."""
    appears: Mapping[str, Answer] = field(default_factory=dict)
    """Whether what a working page shows has a public page, given the contract and what the address names, by the name
    of that address; it always has, where no room says (`ecran.tete`)."""
    aide: Mapping[str, str] = field(default_factory=dict)
    """The page of the guide that explains a page of its own, by the name of its address (`ecran.tete`)."""
    blocks: Mapping[int, Answer] = field(default_factory=dict)
    """What it brings to the desk, by rank (`ecran.blocs.sections_of`)."""
    novelties: Answer | None = None
    """What is new in it since a moment, for someone (`ecran.blocs.Nouveaute`)."""
    slots: Mapping[str, Answer] = field(default_factory=dict)
    """What it shows in the pages of other rooms, public ones included (`core.emplacements`)."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The words of its domain that the pages of lower rooms say, by name (`core.emplacements.word`)."""
    theirs: Mapping[str, Answer] = field(default_factory=dict)
    """Whose a thing is, for each right held on what is theirs (`habilitations.rights`)."""
    levels: Mapping[str, Any] = field(default_factory=dict)
    """Who reads each field of its models, by the name of the model (`habilitations.niveaux`)."""
    charges: Sequence[Any] = ()
    """The kinds of things that a person may be in charge of and hands over (`habilitations.passation.Charge`)."""
    tasks: "Sequence[Tache]" = ()
    """What the loop does for it (`core.taches`)."""
    works: "Mapping[str, Chantier]" = field(default_factory=dict)
    """The long works that someone may ask of it, by kind (`core.travaux`)."""
    messages: "Mapping[str, Ecrire]" = field(default_factory=dict)
    """How its messages that wait in the queue are written, by kind (`core.courriels`)."""
    message_names: Mapping[str, str] = field(default_factory=dict)
    """What each of them is, in French, where someone decides of it."""
    at_once: Mapping[str, str] = field(default_factory=dict)
    """The kinds of messages that it sends without the queue, each with what it is (`core.lettre.post`)."""
    known: Answer | None = None
    """What it keeps of a person, as tables that she reads and takes away (`habilitations.connu.Tableau`)."""
    traced: Answer | None = None
    """What its rows hold now, in the words of the trace, to be compared with what it last told (`core.tenue`)."""
    links: Mapping[str, Answer] = field(default_factory=dict)
    """How many links of each purpose, made with the secret of the site, are open at a moment (`core.jetons`)."""
    personal: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What it keeps of people, by the label of the model: the columns that the machine writes, out of which someone
    erased is taken; none, when `forget` removes such rows. Any other text is free (`core.oubli`)."""
    forget: Answer | None = None
    """What it empties of a person who is erased, given her marks (`habilitations.effacement`)."""
    under: Mapping[str, str] = field(default_factory=dict)
    """The module (`UNDER`) of the pages that it puts under the link of a lower room, by the root of that link
    (`core.liens.secret_link`)."""
    where: Mapping[str, Answer] = field(default_factory=dict)
    """Where a row of one of its models is read and changed, by the label of the model (`habilitations.mentions`)."""
    struck: Mapping[str, Answer] = field(default_factory=dict)
    """What follows when a name was taken off a row of one of its models (`habilitations.mentions`)."""
    undone: Mapping[str, Answer] = field(default_factory=dict)
    """What it holds while a gesture on rows of one of its models is undone, and does again after, by the label of the
    model: a context manager, given the contract and the values of these rows before and after (`ecran.annulation`)."""
    dossier: Mapping[int, Answer] = field(default_factory=dict)
    """Its parts of the file of a meeting, by rank, given the meeting and a day (`gouvernance.dossier`)."""
    a_inscrire: Mapping[int, Answer] = field(default_factory=dict)
    """What waits in it that the agenda of a meeting may take, by rank, given the meeting and a day
    (`gouvernance.services.ordre_du_jour.Offre`)."""
    subjects: Sequence[str] = ()
    """The paths from an item of an agenda to what it examines in the room: a thing with its words (`texte`), who reads
    them (`niveau`) and whether they were taken off (`is_withdrawn`)."""
    computes: Mapping[str, Answer] = field(default_factory=dict)
    """What it makes of its own things over a period, for an indicator, by the word of the kinds that ask for it
    (`activite.calculs`)."""
    after_load: Sequence[Answer] = ()
    """What it does in the transaction that loads a contract (`contrat.chargement`)."""


_declared: dict[str, Piece] = {}


def declare(piece: Piece) -> None:
    """Say what a room brings. Said again, it replaces what was said."""
    _declared[piece.nom] = piece


def pieces() -> list[Piece]:
    """Every room that brings something, in the order of the list of rooms."""
    return list(_declared.values())


def each(attribute: str) -> Iterator[Any]:
    """What every room brings under an attribute that holds several things, in the order of the rooms."""
    for piece in pieces():
        yield from getattr(piece, attribute)


def by_name(attribute: str) -> dict[str, Any]:
    """What every room brings under an attribute that names things: each name is one room's."""
    return {name: held for piece in pieces() for name, held in getattr(piece, attribute).items()}
