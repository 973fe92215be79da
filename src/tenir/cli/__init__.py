"""The `tenir` command."""

from tenir.cli.francais import install

install()
