"""The money of a contract: who announced, asked, voted and paid what; the table of its funders."""
