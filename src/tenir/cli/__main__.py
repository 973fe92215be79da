"""`python -m tenir.cli`."""

from tenir.cli.main import main

main()
