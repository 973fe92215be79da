"""Replay docs/installation.md, word for word, on a bare Debian that boots its own systemd: `make rejeu`."""
