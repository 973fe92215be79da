"""Who is in a contract: contacts, invitations, roles, rights, traces."""
