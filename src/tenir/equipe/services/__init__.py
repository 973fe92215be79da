"""The contacts of the bodies of a contract, and invitations."""
