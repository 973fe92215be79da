"""The feeds of a contract: the pages where the team gives their addresses, and what a calendar program reads."""
