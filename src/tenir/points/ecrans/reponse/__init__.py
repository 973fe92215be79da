"""The page behind the link of a point d'étape: no account, phone first; opening it changes nothing."""
