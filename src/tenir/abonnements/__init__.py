"""Subscriptions by e-mail to what happens in a contract: asked, confirmed, ended by whoever has the address."""
