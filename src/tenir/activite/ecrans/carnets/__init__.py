"""The carnets of a contract, as the team opens, sends, prints and closes them."""
