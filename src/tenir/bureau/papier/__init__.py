"""The paper of a committee: page one says what is to be decided, what changed, what is late and why; then the detail.

Everything in it is what partners read elsewhere. It names bodies, never persons, and asks nothing that the facts do
not ask.
"""
