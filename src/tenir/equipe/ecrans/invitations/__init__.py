"""Inviting someone to sign in with a role: what was sent, sending, revoking, and the page behind the link."""
