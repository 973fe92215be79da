"""The screens of the team: contacts, invitations, roles, rights, traces."""
