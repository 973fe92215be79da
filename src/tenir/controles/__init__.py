"""The rules run on each contract of the site: what they find, what is admitted, and why."""
