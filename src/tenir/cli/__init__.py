"""The `tenir` command."""
