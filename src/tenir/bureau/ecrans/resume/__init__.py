"""The summary of one's contracts, by e-mail: what is new, what waits; and the link that changes its rhythm."""
