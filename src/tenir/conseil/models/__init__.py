"""The models of the room: calls, candidates and mandates."""

from tenir.conseil.models.appels import AppelACandidatures, Candidature
from tenir.conseil.models.mandats import Mandat

__all__ = ["AppelACandidatures", "Candidature", "Mandat"]
