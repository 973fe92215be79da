"""One archive with everything, portable between SQLite and PostgreSQL: `docs/adr/0015-sauvegarde.md` says why."""
