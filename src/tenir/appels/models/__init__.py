"""The models of the room: calls for projects, what each funder brings to one, the documents given with it."""

from tenir.appels.models.appels import AppelAProjets, EnveloppeDAppel, PieceDAppel

__all__ = ["AppelAProjets", "EnveloppeDAppel", "PieceDAppel"]
