"""The pages behind the link of a carnet: no account, no script, phone first; opening one changes nothing."""
