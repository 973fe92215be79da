"""The messages of click in French.

Click asks gettext for each of its sentences, and ships none in French. A catalogue of gettext is a binary file that
follows the language of the machine; Tenir speaks French everywhere, so the sentences are given to click here.
"""

from types import ModuleType

import click

PHRASES = {
    "Usage:": "Usage :",
    "Options": "Options",
    "Commands": "Commandes",
    "Error: {message}": "Erreur : {message}",
    "Aborted!": "Interrompu.",
    "Try '{command} {option}' for help.": "Aide : « {command} {option} ».",
    "Show this message and exit.": "Montre cette aide.",
    "Show the version and exit.": "Montre la version.",
    "default: {default}": "par défaut : {default}",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "No such option {name!r}.": "L’option « {name} » n’existe pas.",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "Did you mean {possibility}?": "Vouliez-vous écrire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous écrire : {possibilities} ?)",
    "Option {name!r} does not take a value.": "L’option « {name} » ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L’option « {name} » demande une valeur.",
    "Got unexpected extra argument ({args})": "Argument en trop ({args}).",
    "Got unexpected extra arguments ({args})": "Arguments en trop ({args}).",
    "Could not open file {filename!r}: {message}": "Le fichier « {filename} » ne s’ouvre pas : {message}",
    "file": "fichier",
    "File": "Fichier",
    "directory": "dossier",
    "Directory": "Dossier",
    "path": "chemin",
    "Path": "Chemin",
    "{name} {filename!r} does not exist.": "{name} « {filename} » introuvable.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » illisible : voyez ses droits.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » protégé contre l’écriture.",
}


def in_french(sentence: str) -> str:
    """The French of a sentence of click, itself when it is none of those that Tenir can show."""
    return PHRASES.get(sentence, sentence)


def in_french_number(singular: str, plural: str, count: int) -> str:
    """The French of a sentence that has a plural: French starts it at two."""
    return in_french(plural if count > 1 else singular)


def install() -> None:
    """Give click its French sentences; to call before any command is made."""
    for module in vars(click).values():
        if isinstance(module, ModuleType) and hasattr(module, "_"):
            module._ = in_french  # type: ignore[attr-defined]
        if isinstance(module, ModuleType) and hasattr(module, "ngettext"):
            module.ngettext = in_french_number  # type: ignore[attr-defined]
