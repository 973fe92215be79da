"""Tenir runs a French contrat de ville from its signature to its evaluation."""
