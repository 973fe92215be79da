"""Undoing a gesture for ten minutes: what it wrote is kept, and put back if nobody wrote over it.

`docs/adr/0030-annulation.md` says why it is so.
"""
